"""The evidence of `monoid` certificates for equations over the syntactic monoid."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from monoscan.automata import PROPERTIES, Automaton, BudgetExceeded
from monoscan.automata.greens import find_idempotents
from monoscan.automata.monoid import TransitionMonoid
from monoscan.automata.properties.aperiodic import NotAperiodic
from monoscan.automata.properties.local_sets import between

MAX_UNITS = 10**9
"""The most work of the independent checker, in its units, for which a list is written."""


def equation_evidence(minimal: Automaton, property_name: str, budget: int) -> dict[str, Any] | None:
    """What shows that a monoid fulfils an equation, or that it does not.

    Args:
        minimal: A minimal automaton.
        property_name: The id of a property, with or without ``not-`` before it.
        budget: The largest number of elements of the monoid.

    Returns:
        the evidence, or None if it is the other way round.

    Raises:
        BudgetExceeded: If the budget is too small to decide, or the checker would need more than
            `MAX_UNITS`.

    >>> from monoscan.automata import get_language
    >>> equation_evidence(get_language("ab-star").build(), "not-da", 100)
    {'type': 'returns', 'word': ['a'], 'other': ['b']}
    """
    name = property_name.removeprefix("not-")
    answer: Any = PROPERTIES.get(name)(minimal, budget)
    if bool(answer) is (name != property_name):
        return None
    if answer:
        _check_work(TransitionMonoid(minimal, budget), name)
        return {"type": "elements", "number": str(answer.elements)}
    found = answer.related
    if isinstance(found, NotAperiodic):
        states = [str(state) for state in found.states]
        return {"type": "cycle", "word": list(found.word), "states": states}
    words = {field.name: list(getattr(found, field.name)) for field in fields(found)}
    return {"type": type(found).__name__.lower(), **words}


def _check_work(monoid: TransitionMonoid, name: str) -> None:
    """Refuses equations that the checker would need long to try."""
    n_states = monoid.automaton.n_states
    products = _products(monoid, name) * (n_states.bit_length() + 6)
    units = products * (1_000 + 100 * n_states)
    if units > MAX_UNITS:
        raise BudgetExceeded("units of work in the checker", MAX_UNITS, units, fixed=True)


def _products(monoid: TransitionMonoid, name: str) -> int:
    """How many instances of the equation there are, or more."""
    if name == "da":
        return len(monoid) ** 2
    idempotents = [e for e in find_idempotents(monoid).tolist() if e >= monoid.semigroup.start]
    if len(idempotents) ** 2 * len(monoid) > MAX_UNITS // 1_000:
        return MAX_UNITS
    sizes = [[len(between(monoid, e, f)) for f in idempotents] for e in idempotents]
    pairs = [(sizes[e][f], sizes[f][e]) for e in range(len(sizes)) for f in range(len(sizes))]
    if name == "dot-depth-one":
        return sum(2 * there * back + (there * back) ** 2 for there, back in pairs)
    return sum(2 * len(monoid) + there**2 * back for there, back in pairs)
