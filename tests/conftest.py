"""How hypothesis runs here: no deadlines, and in CI the same examples every time."""

import os

from hypothesis import settings

# A deadline would turn a busy machine into a failure. Each failing example prints a line that
# replays it.
settings.register_profile("monoscan", deadline=None, print_blob=True)
settings.register_profile(
    "monoscan-ci", deadline=None, print_blob=True, derandomize=True, database=None
)
settings.load_profile("monoscan-ci" if os.environ.get("CI") else "monoscan")
