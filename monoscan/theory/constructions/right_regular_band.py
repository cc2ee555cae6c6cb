"""One layer with 0/1 scalars: languages for which only the order of last occurrences matters.

A scalar for a set S of letters is overwritten by the letters of S with their own numbers and kept
by the others, so it holds the letter of S that occurred last. Scalars for all sets of one and of
two letters determine the order of the last occurrences of all letters, and with it the state of an
automaton whose syntactic monoid is a right regular band. Often fewer do: sets are dropped and
united as long as the state is still determined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from monoscan.automata import Automaton, BudgetExceeded, format_word
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.right_regular_band import (
    NotRightRegularBand,
    is_right_regular_band,
)
from monoscan.theory.constructions.letter_kinds import letter_kinds
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    UnsupportedError,
    construction,
)
from monoscan.theory.constructions.whole_numbers import exact_and_rounded
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Diagonal

Order = tuple[int, ...]
LetterSet = frozenset[int]


def band_obstacle(automaton: Automaton) -> str | None:
    """Why the syntactic monoid is no right regular band, or None if it is one.

    >>> print(band_obstacle(Automaton("ab", [[1, 0], [1, 2], [1, 0]], (False, False, True))))
    not only the last occurrences of letters matter: abb and ab have different outputs
    """
    answer = is_right_regular_band(automaton)
    if not isinstance(answer, NotRightRegularBand):
        return None
    end = (*answer.between, answer.letter, *answer.suffix)
    first = format_word((*answer.prefix, answer.letter, *end), automaton.alphabet)
    second = format_word((*answer.prefix, *end), automaton.alphabet)
    return (
        f"not only the last occurrences of letters matter: {first} and {second} "
        "have different outputs"
    )


@construction(
    "right-regular-band",
    statement="A language for which only the order of the last occurrences of the letters matters, "
    "by scalars that some letters overwrite and the others keep",
    source="Sarrof, Veitsman and Hahn, arXiv 2405.17394 (flip-flops); for right regular bands this "
    "project, checked for each network by exploring it",
    supports=band_obstacle,
    semantics=exact_and_rounded,
)
def right_regular_band(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """One layer whose entries are 0 (overwrite) and 1 (keep).

    Raises:
        UnsupportedError: if another than the last occurrence of a letter matters.
        BudgetExceeded: if there are more orders of last occurrences than the budget.

    >>> flip_flop = Automaton("01r", [[0, 1, 0], [0, 1, 1]], (False, True))
    >>> right_regular_band(flip_flop).layers[0].initial.shape
    (1, 1)
    """
    obstacle = band_obstacle(automaton)
    if obstacle:
        raise UnsupportedError(obstacle)
    minimal = minimize(automaton)
    kinds = letter_kinds(minimal)
    targets = _targets(minimal, kinds, budget)
    sets = _few_sets(targets, len(set(kinds.values())))
    cases: dict[Symbol, Case] = {
        (letter,): _case(sets, kinds.get(letter)) for letter in minimal.alphabet
    }
    table = {_state(order, sets): minimal.outputs[state] for order, state in targets.items()}
    return LRNN(minimal.alphabet, (Layer(_state((), sets), cases, StateTable(table)),))


def _case(sets: tuple[LetterSet, ...], kind: int | None) -> Case:
    if not sets:
        return Case(Diagonal((ZERO,)), Matrix.of([[0]]))
    entries = tuple(ZERO if kind in chosen else ONE for chosen in sets)
    inputs = [_number(chosen, kind if kind in chosen else None) for chosen in sets]
    return Case(Diagonal(entries), Matrix.column(inputs))


def _number(chosen: LetterSet, kind: int | None) -> int:
    """The place of a kind in its set, from 1."""
    return 1 + sorted(chosen).index(kind) if kind is not None else 0


def _state(order: Order, sets: tuple[LetterSet, ...]) -> Matrix:
    return Matrix.column([_number(chosen, _last(order, chosen)) for chosen in sets] or [0])


def _last(order: Order, chosen: LetterSet) -> int | None:
    return next((kind for kind in reversed(order) if kind in chosen), None)


def _targets(minimal: Automaton, kinds: dict[str, int], budget: int) -> dict[Order, int]:
    """The state after letters of different kinds, for every order of some of the kinds."""
    column = {kind: minimal.table[:, minimal.letter_index(a)] for a, kind in kinds.items()}
    targets: dict[Order, int] = {(): 0}
    queue: list[Order] = [()]
    for order in queue:
        for kind in column:
            if kind not in order:
                longer = (*order, kind)
                targets[longer] = int(column[kind][targets[order]])
                queue.append(longer)
        if len(queue) > budget:
            raise BudgetExceeded("orders of last occurrences of letters", budget, len(queue))
    return targets


def _few_sets(targets: dict[Order, int], n_kinds: int) -> tuple[LetterSet, ...]:
    """Sets of letters whose last letters determine the state; none of them can be dropped."""
    columns: dict[LetterSet, list[int | None]] = {}

    def enough(sets: Iterable[LetterSet]) -> bool:
        for chosen in sets:
            if chosen not in columns:
                columns[chosen] = [_last(order, chosen) for order in targets]
        found: dict[tuple[int | None, ...], int] = {}
        rows = zip(*[columns[chosen] for chosen in sets], strict=True) if sets else None
        keys = rows if rows is not None else [()] * len(targets)
        return all(
            found.setdefault(key, q) == q for key, q in zip(keys, targets.values(), strict=True)
        )

    everything = combinations(range(n_kinds), 1), combinations(range(n_kinds), 2)
    sets = [frozenset(chosen) for group in everything for chosen in group]
    smaller: list[LetterSet] | None = sets
    while smaller is not None:
        sets = smaller
        smaller = next((option for option in _simpler(sets) if enough(option)), None)
    return tuple(sorted(sets, key=sorted))


def _simpler(sets: list[LetterSet]) -> Iterator[list[LetterSet]]:
    """The sets without one of them, and with two of them united."""
    for chosen in sets:
        yield [other for other in sets if other != chosen]
    for first, second in combinations(sets, 2):
        rest = [other for other in sets if other not in (first, second, first | second)]
        yield [*rest, first | second]
