"""`monoscan.automata` offers what users need, and imports most of it only when it is used."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import monoscan.automata
from monoscan.automata import algebra, analysis, cascade, sources, zoo

LATE = {"analysis", "cascade", "sources"}


def loaded_after(statement: str) -> set[str]:
    """The parts of `monoscan.automata` that a fresh interpreter has imported."""
    program = f"import json, sys\n{statement}\nprint(json.dumps(list(sys.modules)))"
    answer = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    prefix = "monoscan.automata."
    names = json.loads(answer.stdout)
    return {name.removeprefix(prefix).split(".")[0] for name in names if name.startswith(prefix)}


def test_sources_and_cascades_are_not_imported_at_the_start():
    assert not loaded_after("import monoscan.automata") & LATE


def test_they_are_imported_when_they_are_used():
    loaded = loaded_after("from monoscan.automata import holonomy_cascade")
    assert "cascade" in loaded
    assert "sources" not in loaded
    loaded = loaded_after("from monoscan.automata import from_words")
    assert "sources" in loaded
    assert "cascade" not in loaded


@pytest.mark.parametrize("name", monoscan.automata.__all__)
def test_every_public_name_exists(name):
    assert getattr(monoscan.automata, name) is not None
    assert name in dir(monoscan.automata)


def test_nothing_that_users_need_is_left_out():
    operations = [
        name
        for name, value in vars(algebra).items()
        if getattr(value, "__module__", "") == algebra.__name__ and name[0] not in "_"
    ]
    needed = {
        *(name for name in operations if name != "paired"),
        *sources.__all__,
        *("Cascade", "holonomy_cascade", "verify_cascade"),
        *("Analysis", "analyze"),
        *(set(zoo.__all__) - {"describe", "language", "language_family"}),
    }
    assert needed - set(monoscan.automata.__all__) == set()


def test_late_names_are_the_very_objects():
    assert monoscan.automata.analyze is analysis.analyze
    assert monoscan.automata.holonomy_cascade is cascade.holonomy_cascade
    assert monoscan.automata.from_words is sources.from_words


def test_a_misspelt_name_is_an_error():
    with pytest.raises(AttributeError, match="has no attribute 'from_wrods'"):
        _ = monoscan.automata.from_wrods
    with pytest.raises(ImportError, match="cannot import name 'holonomy'"):
        exec("from monoscan.automata import holonomy")
