"""`monoid`: a property of the syntactic monoid of a language, with the evidence for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monoscan.automata import Automaton, BudgetExceeded, minimize
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.proofs_check.certificates.automaton import automaton_to_json
from monoscan.proofs_check.certificates.equations import equation_evidence
from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.theory.lemmas import get_lemma

if TYPE_CHECKING:
    from monoscan.automata.cascade import Cascade

_AGAINST = {
    "not-aperiodic": "psd-products-aperiodic",
    "not-two-groups": "real-spectrum-two-groups",
    "not-quasi-aperiodic": "mixed-quasi-aperiodic",
    "not-solvable": "diagonal-derived-length",
    "not-idempotent-letters": "idempotent-letters",
}
"""For each property a lemma that looks, for any depth, for what shows it."""

_EQUATIONS = ("da", "locally-threshold-testable", "dot-depth-one")
"""Properties that are equations: all elements show one, and a few words show its absence."""

MONOID_PROPERTIES = (
    "aperiodic",
    *_AGAINST,
    *(name for equation in _EQUATIONS for name in (equation, f"not-{equation}")),
)
"""The properties that a certificate of this kind can be about."""


def monoid(
    automaton: Automaton, property_name: str, budget: int = DEFAULT_MONOID_BUDGET
) -> Certificate | None:
    """The certificate that the syntactic monoid of a language has a property.

    Args:
        automaton: The language; it is minimised first.
        property_name: One of `MONOID_PROPERTIES`.
        budget: The largest number of elements of the monoid, and of coordinates of the cascade.

    Returns:
        the certificate, or None if the monoid has not got the property.

    Raises:
        ValueError: If there is no such property.
        BudgetExceeded: If the budget is too small to decide, or if an equation would keep the
            checker busy for long.

    >>> from monoscan.automata import get_language
    >>> parity = get_language("parity").build()
    >>> monoid(parity, "not-aperiodic").body["evidence"]["word"], monoid(parity, "aperiodic")
    (['1'], None)
    """
    if property_name not in MONOID_PROPERTIES:
        raise ValueError(
            f"a monoid certificate about {property_name!r}; expected one of "
            f"{', '.join(MONOID_PROPERTIES)}"
        )
    minimal = minimize(automaton)
    if property_name == "aperiodic":
        from monoscan.automata.cascade import holonomy_cascade  # only here is it needed

        cascade = holonomy_cascade(minimal, budget=budget)
        return reset_cascade(cascade) if cascade.is_aperiodic else None
    if property_name not in _AGAINST:
        evidence = equation_evidence(minimal, property_name, budget)
        return None if evidence is None else _certificate(minimal, property_name, evidence)
    witness = get_lemma(_AGAINST[property_name]).search(minimal, "any", budget)
    return None if witness is None else _certificate(minimal, property_name, witness.to_json())


def monoid_certificates(
    automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET
) -> dict[str, Certificate]:
    """All certificates of this kind for a language, by property; over budget ones are left out.

    >>> from monoscan.automata import get_language
    >>> list(monoid_certificates(get_language("parity").build()))
    ['not-aperiodic', 'not-quasi-aperiodic', 'not-idempotent-letters', 'not-da', \
'not-locally-threshold-testable', 'not-dot-depth-one']
    """
    found: dict[str, Certificate] = {}
    for name in MONOID_PROPERTIES:
        try:
            certificate = monoid(automaton, name, budget)
        except BudgetExceeded:
            continue
        if certificate is not None:
            found[name] = certificate
    return found


def reset_cascade(cascade: Cascade) -> Certificate:
    """The certificate that a language is aperiodic, from a cascade without groups.

    Nothing is checked here but that the cascade says to have no groups.

    Raises:
        ValueError: If the cascade has a group level.
    """
    if not cascade.is_aperiodic:
        raise ValueError(
            f"the cascade has groups of the orders {cascade.groups}; expected reset levels only"
        )
    return _certificate(cascade.automaton, "aperiodic", _cascade_to_json(cascade))


def _certificate(minimal: Automaton, property_name: str, evidence: dict[str, Any]) -> Certificate:
    return Certificate.of(
        "monoid",
        {
            "automaton": automaton_to_json(minimal),
            "property": property_name,
            "evidence": evidence,
        },
    )


def _cascade_to_json(cascade: Cascade) -> dict[str, Any]:
    levels = [
        {
            "states": str(level.n_states),
            "actions": [
                {"above": _numbers(above), "maps": [_numbers(action) for action in row]}
                for above, row in sorted(level.actions.items())
            ],
        }
        for level in cascade.levels
    ]
    covering = [
        {"coordinates": _numbers(coordinates), "state": str(state)}
        for coordinates, state in sorted(cascade.covering.items())
    ]
    return {
        "type": "cascade",
        "initial": _numbers(cascade.initial),
        "levels": levels,
        "covering": covering,
    }


def _numbers(numbers: tuple[int, ...]) -> list[str]:
    return [str(number) for number in numbers]
