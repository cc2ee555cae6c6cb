"""The registry of arguments against a class, and `find`, which tries them on an automaton.

To add an argument, write a file in `arguments/` whose function looks for the witness that a lemma
needs, name the lemma in its decorator, and describe the lemma in `monoscan.theory.lemmas`, in the
checker's table and in its FORMAT.md.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TypeAlias

from monoscan.automata import Automaton, BudgetExceeded, minimize
from monoscan.automata.monoid import DEFAULT_MONOID_BUDGET
from monoscan.theory.model_classes import containing, get_model_class
from monoscan.theory.obstructions.obstruction import Depth, Obstruction, check_depth
from monoscan.theory.obstructions.witness import Witness
from monoscan.theory.theorems import Forbids, get_theorem

Search: TypeAlias = Callable[[Automaton, Depth, int], Witness | None]
"""Minimal automaton, depth, budget on the monoid's size -> a witness, or None if there is none."""

SPECTRAL_CLASSES = ("spectrum-nonnegative", "symmetric-spectrum-in-0-1")
"""Classes that only lemmas speak of; they have no parametrisation of their own."""

_ARGUMENTS: dict[str, Search] = {}
_ORDER = (
    *("unsettled", "cycle", "s5", "inequivalent", "repeat", "transient"),
    *("same-length-cycle", "group", "overwritten", "left-equivalent"),
)


def forbids_of(lemma: str) -> Forbids:
    """What a lemma forbids.

    Raises:
        ValueError: If it forbids nothing.

    >>> forbids_of("psd-lemma").semantics
    ('seq-round',)
    """
    forbids = get_theorem(lemma).forbids
    if forbids is None:
        raise ValueError(f"the theorem {lemma!r} forbids nothing; name a lemma of obstructions")
    return forbids


def argument(lemma: str) -> Callable[[Search], Search]:
    """Registers the search for the witness of a lemma.

    Raises:
        ValueError: If the lemma has an argument already, or forbids nothing.
    """

    def register(search: Search) -> Search:
        forbids_of(lemma)
        if lemma in _ARGUMENTS:
            raise ValueError(f"the lemma {lemma!r} has an argument already; expected one a lemma")
        _ARGUMENTS[lemma] = search
        return search

    return register


@cache
def lemmas() -> tuple[str, ...]:
    """The lemmas with an argument, in the order in which `find` tries them.

    >>> "psd-products-aperiodic" in lemmas()
    True
    """
    package = importlib.import_module("monoscan.theory.obstructions.arguments")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    # What says most to a reader comes first.
    return tuple(sorted(_ARGUMENTS, key=_rank))


def _rank(lemma: str) -> tuple[int, str]:
    return _ORDER.index(forbids_of(lemma).witness), lemma


def find(
    automaton: Automaton,
    model_class: str,
    semantics: str = "exact",
    depth: Depth = "any",
    budget: int = DEFAULT_MONOID_BUDGET,
) -> Obstruction | None:
    """The first obstruction to recognising a language, if an argument finds one.

    Args:
        automaton: The language; any automaton, it is minimised first.
        model_class: Id or alias of a class. The obstruction may be about a larger class.
        semantics: `exact`, `cast-unrolled`, `seq-round` or `op-round`.
        depth: The number of layers, or `any` for all depths.
        budget: The largest number of elements of the syntactic monoid.

    Returns:
        an obstruction, or None: then no argument applies, which proves nothing.

    Raises:
        UnknownModelClassError: If there is no such class.
        DepthError: If the depth is out of range.
        BudgetExceeded: If no obstruction was found and an argument went over the budget.

    >>> from monoscan.automata import get_language
    >>> found = find(get_language("parity").build(), "diagonal-nonnegative")
    >>> found.lemma, str(found.witness)
    ('psd-products-aperiodic', 'the word 1 moves 2 states in a cycle')
    >>> print(find(get_language("parity").build(), "householder"))
    None
    """
    check_depth(depth)
    minimal = minimize(automaton)
    over_budget: BudgetExceeded | None = None
    for lemma, about in _applicable(model_class, semantics, depth == 1):
        found = _search(lemma, minimal, depth, budget)
        if isinstance(found, BudgetExceeded):
            over_budget = over_budget or found
        elif found is not None:
            return Obstruction(lemma, about, semantics, depth, minimal, found)
    if over_budget is not None:
        raise over_budget
    return None


def find_by(
    lemma: str,
    automaton: Automaton,
    model_class: str,
    semantics: str = "exact",
    depth: Depth = "any",
    budget: int = DEFAULT_MONOID_BUDGET,
) -> Obstruction | None:
    """The obstruction by one lemma, where `find` would name the first lemma that applies.

    Args:
        lemma: One of `lemmas()`.
        automaton: The language; any automaton, it is minimised first.
        model_class: Id or alias of a class. The obstruction may be about a larger class.
        semantics: `exact`, `cast-unrolled`, `seq-round` or `op-round`.
        depth: The number of layers, or `any` for all depths.
        budget: The largest number of elements of the syntactic monoid.

    Returns:
        the obstruction, or None if the lemma does not apply or has no witness.

    Raises:
        UnknownModelClassError: If there is no such class.
        DepthError: If the depth is out of range.
        BudgetExceeded: If the search for the witness went over the budget.

    >>> from monoscan.automata import get_language
    >>> parity = get_language("parity").build()
    >>> lemma = "monotone-rounding-aperiodic"
    >>> str(find_by(lemma, parity, "diagonal-nonnegative", "op-round").witness)
    'the word 1 moves 2 states in a cycle'
    """
    check_depth(depth)
    about = dict(_applicable(model_class, semantics, depth == 1)).get(lemma)
    if about is None:
        return None
    minimal = minimize(automaton)
    found = _search(lemma, minimal, depth, budget)
    if isinstance(found, BudgetExceeded):
        raise found
    return None if found is None else Obstruction(lemma, about, semantics, depth, minimal, found)


@lru_cache(maxsize=1_024)
def _search(
    lemma: str, minimal: Automaton, depth: Depth, budget: int
) -> Witness | BudgetExceeded | None:
    """What an argument finds; many classes ask the same question about one automaton."""
    try:
        return _ARGUMENTS[lemma](minimal, depth, budget)
    except BudgetExceeded as error:
        return error


@lru_cache(maxsize=1_024)
def _applicable(
    model_class: str, semantics: str, is_one_layer: bool
) -> tuple[tuple[str, str], ...]:
    """The lemmas that forbid something to a class, each with the nearest class it is about."""
    found: dict[str, str] = {}
    for name in _class_and_larger_ones(model_class):
        for lemma in lemmas():
            forbids = forbids_of(lemma)
            if forbids.is_about(semantics, name) and (is_one_layer or not forbids.only_depth_1):
                found.setdefault(lemma, name)
    return tuple(found.items())


def _class_and_larger_ones(model_class: str) -> tuple[str, ...]:
    if model_class in SPECTRAL_CLASSES:
        return (model_class,)
    return tuple(found.id for found in containing(get_model_class(model_class)))
