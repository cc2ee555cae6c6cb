"""An analysis in words, and as a table."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import BudgetExceeded
from monoscan.tables import Column, Table

if TYPE_CHECKING:
    from monoscan.automata.analysis import Analysis

_SHOWN = 40


def analysis_lines(found: Analysis) -> list[str]:
    """The monoid, the cascade, and which properties hold."""
    answers = {name: w if w is None else bool(w) for name, w in found.properties.items()}
    lists = [
        (title, ", ".join(name for name, answer in answers.items() if answer is said))
        for title, said in (("yes", True), ("no", False), ("unknown", None))
    ]
    return [*size_lines(found), *(f"{title}: {names}" for title, names in lists if names)]


def analysis_table(found: Analysis) -> Table:
    """Each property with its answer and witness; the monoid and the cascade stand above."""
    rows = []
    for name, witness in found.properties.items():
        answer = "unknown" if witness is None else "yes" if witness else "no"
        limit = found.limits.get(name)
        shown = reached(limit) if limit else _shown(witness, found.minimal)
        rows.append((answer, name, shown))
    return Table(
        (Column("holds"), Column("property"), Column("witness", wraps=True)),
        tuple(rows),
        introduction=tuple(size_lines(found)),
    )


def size_lines(found: Analysis) -> list[str]:
    """The minimal automaton, the monoid and the cascade in a line each."""
    monoid, cascade = found.monoid, found.cascade
    minimal = found.minimal
    states = _counted(minimal.n_states, "state", "states")
    size = f"minimal automaton: {states}, {_counted(len(minimal.alphabet), 'letter', 'letters')}"
    if monoid is None:
        algebra = f"syntactic monoid: unknown ({reached(found.limits['monoid'])})"
    else:
        groups = ", ".join(monoid.groups) or "none"
        algebra = (
            f"syntactic monoid: {_counted(monoid.elements, 'element', 'elements')}, "
            f"{monoid.idempotents} of them idempotent, "
            f"{_counted(monoid.d_classes, 'D-class', 'D-classes')}; groups: {groups}"
        )
    if cascade is None:
        levels = f"cascade: unknown ({reached(found.limits['cascade'])})"
    else:
        parts = [
            f"group of order {level.group_order}"
            if level.kind == "group"
            else f"reset on {level.n_states} states"
            for level in cascade.levels
        ]
        levels = f"cascade: {', '.join(parts) or 'no level'} (checked independently)"
    return [size, algebra, levels]


def reached(error: BudgetExceeded) -> str:
    """Which budget was reached, and what raises it."""
    remedy = "a fixed limit" if error.fixed else "--budget raises it"
    return f"budget reached: more than {error.limit} {error.what}; {remedy}"


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _shown(witness: Any, minimal: Automaton) -> str:
    """The witness in one line: its words, numbers and states, which may have names."""
    parts = []
    for name, value in _items(witness):
        if name == "states" and minimal.state_names:
            value = tuple(minimal.state_name(state) for state in value)
        parts.append(f"{name} {_text(value)}")
    return ", ".join(parts)


def _items(witness: Any) -> list[tuple[str, Any]]:
    items: list[tuple[str, Any]] = []
    for field in fields(witness):
        value = getattr(witness, field.name)
        items += _items(value) if is_dataclass(value) else [(field.name, value)]
    return items


def _text(value: Any) -> str:
    if not isinstance(value, tuple):
        return str(value)
    text = " ".join(str(item) for item in value) or "ε"
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
