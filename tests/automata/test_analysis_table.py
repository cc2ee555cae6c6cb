"""An analysis in words: answers first, and what reached a budget is no answer."""

from __future__ import annotations

from monoscan.automata import get_language
from monoscan.automata.analysis import analyze


def test_it_prints_what_holds_and_what_does_not() -> None:
    found = analyze(get_language("dyck-1-2").build())
    lines = repr(found).splitlines()
    assert lines[0] == "minimal automaton: 4 states, 2 letters"
    said = {line.partition(":")[0]: line.partition(": ")[2].split(", ") for line in lines[3:]}
    assert set(said) == {"yes", "no"}
    assert {name for name, witness in found.properties.items() if witness} == set(said["yes"])
    assert [*said["yes"], *said["no"]].sort() == list(found.properties).sort()
    assert found._repr_html_().count("<tr") == 1 + len(found.properties)


def test_what_reached_a_budget_is_unknown() -> None:
    lines = repr(analyze(get_language("s5").build(), budget=50)).splitlines()
    assert lines[1].startswith("syntactic monoid: unknown (budget reached: more than 50 elements")
    assert any(line.startswith("unknown: ") for line in lines)
