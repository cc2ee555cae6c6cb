"""Registries find, list and refuse every kind of thing in the same words."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monoscan.registry import Family, ParameterOutOfRange, Registry, UnknownId, compact, nearest

COLOURS = """
from scratch_colours_home import COLOURS
COLOURS.add({id!r}, {entry!r})
"""


@pytest.fixture
def colours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry[int]:
    """A registry with a package of two files, each of which adds one colour."""
    package = tmp_path / "scratch_colours"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "light_blue.py").write_text(COLOURS.format(id="light-blue", entry=7))
    (package / "reds.py").write_text(COLOURS.format(id="dark-red", entry=3))
    (tmp_path / "scratch_colours_home.py").write_text(
        "from monoscan.registry import Registry\n"
        "COLOURS = Registry('colour', 'colours', 'scratch_colours')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    names = [name for name in sys.modules if name.startswith("scratch_colours")]
    for name in names:
        monkeypatch.delitem(sys.modules, name)
    registry = importlib.import_module("scratch_colours_home").COLOURS
    assert isinstance(registry, Registry)
    return registry


def test_only_the_file_named_like_the_id_is_imported(colours: Registry[int]) -> None:
    assert colours.get("light-blue") == 7
    assert "scratch_colours.reds" not in sys.modules
    assert colours.get("dark-red") == 3
    assert "scratch_colours.reds" in sys.modules


def test_all_imports_every_file_and_sorts_by_id(colours: Registry[int]) -> None:
    assert colours.ids() == ("dark-red", "light-blue")
    assert colours.all() == tuple(colours) == (3, 7)
    assert len(colours) == 2


def test_spelling_is_free_and_what_is_missing_is_refused(colours: Registry[int]) -> None:
    assert colours.get("Light Blue") == colours.get("LIGHT_BLUE") == 7
    assert "light blue" in colours
    assert "blue" not in colours
    assert colours.find("blue") is None
    with pytest.raises(UnknownId) as refused:
        colours.get("light-bleu")
    assert str(refused.value) == (
        "there is no colour 'light-bleu'; nearest: light-blue (all of them: monoscan list colours)"
    )
    assert refused.value.nearest == ("light-blue",)


def test_a_long_name_is_cut_in_the_message(colours: Registry[int]) -> None:
    with pytest.raises(UnknownId) as refused:
        colours.get("x" * 100_000)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("again", "words"),
    [
        ("light-blue", "two colours have the id 'light-blue'; rename one of them"),
        ("Light Blue", "the ids 'light-blue' and 'Light Blue', which are read alike; rename"),
    ],
)
def test_an_id_that_is_taken_is_refused(colours: Registry[int], again: str, words: str) -> None:
    colours.get("light-blue")
    with pytest.raises(ValueError, match=words):
        colours.add(again, 8)
    assert colours.get("light-blue") == 7


def test_a_file_that_cannot_be_imported_is_no_missing_id(
    colours: Registry[int], tmp_path: Path
) -> None:
    (tmp_path / "scratch_colours" / "broken.py").write_text("import no_module_of_this_name\n")
    for _ in range(2):
        with pytest.raises(ModuleNotFoundError, match="no_module_of_this_name"):
            colours.ids()


def test_an_order_comes_before_the_ids() -> None:
    registry = Registry[int]("number", "numbers", order=lambda number: -number)
    for id_, entry in (("one", 1), ("a", 1), ("two", 2)):
        registry.add(id_, entry)
    assert registry.ids() == ("two", "a", "one")


def counters() -> Registry[str]:
    registry = Registry[str]("counter", "counters")
    registry.add("clock", "clock")
    registry.add_family(
        Family("count-mod-M", {"M": (2, 9)}, lambda m: f"mod {m}", listed=((2,), (3,)))
    )
    return registry


def test_members_of_a_family_are_found_and_listed() -> None:
    registry = counters()
    assert registry.get("count mod 7") == "mod 7"
    assert registry.ids() == ("clock", "count-mod-2", "count-mod-3")
    assert [family.pattern for family in registry.families()] == ["count-mod-M"]
    assert registry.family("count-mod-M").ranges == {"M": (2, 9)}


@pytest.mark.parametrize("name", ["count-mod-1", "Count Mod 10"])
def test_a_parameter_out_of_range_is_said(name: str) -> None:
    registry = counters()
    with pytest.raises(ParameterOutOfRange, match=r"M is \d+ in count-mod-M; it must be from 2 to"):
        registry.get(name)
    with pytest.raises(ParameterOutOfRange):
        registry.find(name)
    assert name not in registry


@pytest.mark.parametrize("name", ["count-mod-07", "count-mod-", "count-mod-x", "count-mod-2-"])
def test_what_only_looks_like_a_member_is_unknown(name: str) -> None:
    with pytest.raises(UnknownId, match="there is no counter"):
        counters().get(name)


def test_a_family_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="parameters of the family 'count-mod-M' are M; ranges"):
        Family("count-mod-M", {"N": (2, 9)}, str)
    with pytest.raises(ValueError, match="parameters of the family 'count' are none"):
        Family("count", {}, str)
    with pytest.raises(ValueError, match="expected 1 numbers a member"):
        Family("count-mod-M", {"M": (2, 9)}, str, listed=((1, 2),))
    registry = counters()
    with pytest.raises(ValueError, match="there is a family 'count-mod-M' of counters already"):
        registry.add_family(Family("count-mod-M", {"M": (2, 9)}, str))
    with pytest.raises(UnknownId, match="nearest: count-mod-M"):
        registry.family("count-mod-N")


@given(
    pattern=st.sampled_from(["aN", "dyck-K-D", "random-N-K-SEED", "sN-swaps", "x2-N"]),
    data=st.data(),
    spell=st.sampled_from([str.upper, str.title, lambda id_: id_.replace("-", "_"), str]),
)
def test_the_parameters_are_read_back_from_every_spelling(
    pattern: str, data: st.DataObject, spell: Callable[[str], str]
) -> None:
    ranges = dict.fromkeys(re.findall("[A-Z]+", pattern), (0, 10**9))
    family = Family(pattern, ranges, lambda *values: values)
    values = tuple(data.draw(st.integers(0, 10**9)) for _ in ranges)
    assert family.values_in(spell(family.id_of(values))) == values


@given(st.text(max_size=30))
def test_no_text_is_mistaken_for_an_id(name: str) -> None:
    registry = counters()
    found = registry.find(name) if compact(name)[:8] != "countmod" else None
    assert found == ("clock" if compact(name) == "clock" else None)
    assert set(nearest(name, registry.ids())) <= set(registry.ids())
