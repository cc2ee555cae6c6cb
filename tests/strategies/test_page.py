"""The page on property-based tests: its blocks run, print what it shows, and its test can fail."""

import contextlib
import io
import re
from pathlib import Path

import pytest
from hypothesis import given

from monoscan import strategies

PAGE = (Path(__file__).parents[2] / "docs" / "testing.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def ran() -> tuple[dict[str, object], str]:
    """The names that the blocks define, and what they print."""
    names: dict[str, object] = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        for block in re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL):
            exec(block, names)
    return names, printed.getvalue()


def test_the_test_of_the_page_passes(ran) -> None:
    ran[0]["test_one_hot_recognises_every_language"]()


def test_the_blocks_print_what_is_shown(ran) -> None:
    (shown,) = re.findall(r"```text\n(.*?)```", PAGE, flags=re.DOTALL)
    assert ran[1] == shown


def test_the_test_of_the_page_finds_the_mistake(ran) -> None:
    is_right, transposed = ran[0]["is_right"], ran[0]["transposed"]

    @given(strategies.languages("group"))
    def check(automaton) -> None:
        assert is_right(transposed, automaton)

    with pytest.raises(AssertionError):
        check()


def test_every_function_is_in_the_table() -> None:
    functions = {name for name in strategies.__all__ if name.islower()}
    in_layers = {"layers", "thresholds", "networks_of_values", "directions", "real_cyclotomics"}
    assert {n for n in functions if not re.search(rf"`.*\b{n}\(", PAGE)} == in_layers
