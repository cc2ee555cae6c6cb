"""Which lemma forbids a language to a class, and by what the automaton does."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from monoscan.automata import Automaton, BudgetExceeded, minimize
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.theory.lemmas.lemma import Lemma, get_lemma
from monoscan.theory.lemmas.obstruction import Depth, Obstruction, check_depth
from monoscan.theory.lemmas.witness import Witness
from monoscan.theory.model_classes import containing, get_model_class
from monoscan.theory.windows import NO_DELAYS, Windows, check_windows

SPECTRAL_CLASSES = ("spectrum-nonnegative", "symmetric-spectrum-in-0-1")
"""Classes that only lemmas speak of; they have no parametrisation of their own."""

_ORDER = (
    *("unsettled", "cycles", "symmetric_five", "inequivalent", "repeats", "transients"),
    *("kept", "same_length_cycles", "groups", "overwritten", "left_equivalent"),
)
"""The files in the order in which they are asked: what says most to a reader comes first."""

_ONE_LAYER = ("symmetric_five", "overwritten", "left_equivalent")
"""Files whose lemmas are about one layer only, so that other questions need not import them."""


def lemmas() -> Iterator[Lemma]:
    """All lemmas in the order in which `find` tries them; a file is imported when it is its turn.

    >>> next(lemmas()).id
    'monotone-rounding'
    """
    for name in _files():
        yield from _lemmas_in(f"{__package__}.{name}")


@cache
def _files() -> tuple[str, ...]:
    """The modules of this package, those with lemmas in the order in which they are asked."""
    found = pkgutil.iter_modules(importlib.import_module(str(__package__)).__path__)
    return tuple(dict.fromkeys((*_ORDER, *(module.name for module in found))))


@cache
def _lemmas_in(module: str) -> tuple[Lemma, ...]:
    """The lemmas that a file makes, sorted by id."""
    made = vars(importlib.import_module(module)).values()
    found = [entry for entry in made if isinstance(entry, Lemma)]
    here = [entry for entry in found if entry.search.__module__ == module]
    return tuple(sorted(here, key=lambda entry: entry.id))


def find(
    automaton: Automaton,
    model_class: str,
    semantics: str = "exact",
    depth: Depth = "any",
    budget: int = DEFAULT_MONOID_BUDGET,
    windows: Windows = NO_DELAYS,
) -> Obstruction | None:
    """The first obstruction to recognising a language, if there is one.

    Args:
        automaton: The language; any automaton, it is minimised first.
        model_class: Id or alias of a class. The obstruction may be about a larger class.
        semantics: `exact`, `cast-unrolled`, `seq-round` or `op-round`.
        depth: The number of layers, or `any` for all depths.
        budget: The largest number of elements of the syntactic monoid.
        windows: How many letters A and B see.

    Returns:
        an obstruction, or None: then no lemma applies, which proves nothing.

    Raises:
        UnknownId: If there is no such class.
        BadValue: If the depth or a window is out of range.
        BudgetExceeded: If no obstruction was found and a search went over the budget.

    >>> from monoscan.automata import get_language
    >>> found = find(get_language("parity").build(), "diagonal-nonnegative")
    >>> found.lemma, str(found.witness)
    ('psd-products-aperiodic', 'the word 1 moves 2 states in a cycle')
    >>> print(find(get_language("parity").build(), "householder"))
    None
    """
    check_depth(depth)
    check_windows(windows)
    minimal = minimize(automaton)
    over_budget: BudgetExceeded | None = None
    for lemma, about in _applicable(model_class, semantics, depth, windows):
        found = _search(lemma, minimal, depth, budget)
        if isinstance(found, BudgetExceeded):
            over_budget = over_budget or found
        elif found is not None:
            return Obstruction(lemma.id, about, semantics, depth, minimal, found, windows)
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
    windows: Windows = NO_DELAYS,
) -> Obstruction | None:
    """The obstruction by one lemma, where `find` would name the first lemma that applies.

    Args:
        lemma: The id of one of `lemmas()`.
        automaton: The language; any automaton, it is minimised first.
        model_class: Id or alias of a class. The obstruction may be about a larger class.
        semantics: `exact`, `cast-unrolled`, `seq-round` or `op-round`.
        depth: The number of layers, or `any` for all depths.
        budget: The largest number of elements of the syntactic monoid.
        windows: How many letters A and B see.

    Returns:
        the obstruction, or None if the lemma does not apply or has no witness.

    Raises:
        UnknownId: If there is no such theorem.
        ValueError: If the theorem forbids nothing.
        UnknownId: If there is no such class.
        BadValue: If the depth or a window is out of range.
        BudgetExceeded: If the search for the witness went over the budget.

    >>> from monoscan.automata import get_language
    >>> parity = get_language("parity").build()
    >>> lemma = "monotone-rounding-aperiodic"
    >>> str(find_by(lemma, parity, "diagonal-nonnegative", "op-round").witness)
    'the word 1 moves 2 states in a cycle'
    """
    check_depth(depth)
    check_windows(windows)
    chosen, minimal = get_lemma(lemma), minimize(automaton)
    for about in _class_and_larger_ones(model_class):
        is_about = chosen.is_about(semantics, about) and chosen.holds_with(windows)
        if is_about and (depth == 1 or not chosen.only_depth_1):
            found = _search(chosen, minimal, depth, budget)
            if isinstance(found, BudgetExceeded):
                raise found
            if found is not None:
                return Obstruction(lemma, about, semantics, depth, minimal, found, windows)
            break
    return None


@lru_cache(maxsize=1_024)
def _search(
    lemma: Lemma, minimal: Automaton, depth: Depth, budget: int
) -> Witness | BudgetExceeded | None:
    """What a search finds; many classes ask the same question about one automaton."""
    try:
        return lemma.search(minimal, depth, budget)
    except BudgetExceeded as error:
        return error


def _applicable(
    model_class: str, semantics: str, depth: Depth, windows: Windows
) -> Iterator[tuple[Lemma, str]]:
    """The lemmas about a class and then those about larger ones, each with the nearest class."""
    about_depth = _lemmas_for(semantics, is_one_layer=depth == 1)
    waiting: Iterable[Lemma] = (lemma for lemma in about_depth if lemma.holds_with(windows))
    for name in _class_and_larger_ones(model_class):
        others = []
        for lemma in waiting:
            if lemma.is_about(semantics, name):
                yield lemma, name
            else:
                others.append(lemma)
        waiting = others


def _lemmas_for(semantics: str, *, is_one_layer: bool) -> Iterator[Lemma]:
    """The lemmas about a semantics and all depths, or one layer, in the order of `lemmas`."""
    for name in _files():
        if is_one_layer or name not in _ONE_LAYER:
            for lemma in _lemmas_in(f"{__package__}.{name}"):
                if semantics in lemma.semantics and (is_one_layer or not lemma.only_depth_1):
                    yield lemma


@lru_cache(maxsize=1_024)
def _class_and_larger_ones(model_class: str) -> tuple[str, ...]:
    if model_class in SPECTRAL_CLASSES:
        return (model_class,)
    return tuple(found.id for found in containing(get_model_class(model_class)))
