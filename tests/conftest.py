"""How hypothesis runs here: no deadlines, and in CI the same examples every time."""

import os

from hypothesis import settings

# A deadline would turn a busy machine into a failure. Each failing example prints a line that
# replays it. `make test-all` draws as many examples as hypothesis does by itself.
_EXAMPLES = 100 if os.environ.get("MONOSCAN_ALL_EXAMPLES") else 25
settings.register_profile("monoscan", deadline=None, print_blob=True, max_examples=_EXAMPLES)
settings.register_profile(
    "monoscan-ci",
    deadline=None,
    print_blob=True,
    max_examples=_EXAMPLES,
    derandomize=True,
    database=None,
)
settings.load_profile("monoscan-ci" if os.environ.get("CI") else "monoscan")
