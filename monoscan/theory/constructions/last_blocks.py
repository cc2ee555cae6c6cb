"""One layer with 0/1 scalars that some blocks of letters overwrite and the others keep.

A block is what a window of k letters shows. A word leads to a place: the state of the minimal
automaton and the last k - 1 letters. For a set W of blocks, call two places alike if a block
outside of W leads from one to the other, or a block of W leads to both. A scalar holds the class of
the place: blocks of W overwrite it, since all places after one of them are alike, and the others
keep it. The sets are found by need: for two places after one block with different answers, W is all
blocks at first, and a block that makes the two alike is taken out, one after the other.

With blocks of one letter this gives the languages whose syntactic monoid is a right regular band.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple, TypeAlias, final

from monoscan.automata import Automaton, BudgetExceeded, Output, format_word
from monoscan.automata.minimize import minimize
from monoscan.automata.properties.aperiodic import NotAperiodic, is_aperiodic
from monoscan.automata.properties.right_regular_band import (
    NotRightRegularBand,
    is_right_regular_band,
)
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    UnsupportedError,
    construction,
)
from monoscan.theory.constructions.stack_builder import StackBuilder, Values, whole
from monoscan.theory.lrnn import LRNN, Case
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import Diagonal

Block: TypeAlias = Values
"""Kinds of letters from 1, the newest first; 0 where the word had not begun."""

WIDEST = 4
"""The longest blocks that are tried: as many letters as a released convolution sees."""
_MOST_MOVES = 4_000
_MOST_STEPS = 4_000_000
_SOURCE = (
    "Sarrof, Veitsman and Hahn, arXiv 2405.17394 (flip-flops); for blocks this project, "
    "checked for each network by exploring it"
)


class Scalar(NamedTuple):
    """A number that some blocks overwrite and the others keep: the class of each place."""

    written: frozenset[Block]
    holds: Values


@final
@dataclass(frozen=True)
class _Plan:
    """The layer: the scalars, and what they and the present block's sort say.

    Attributes:
        kinds: of each letter by its number from 1; 0 for none.
        window: how many letters a block has.
        scalars: in order.
        written: for each block the value of each scalar, None where it keeps it.
        sorts: of each block; blocks of one sort answer alike. Empty if all do.
        initial: the values of the scalars before the first letter.
        answers: by the values of the scalars, and the sort if there are some.
    """

    kinds: Values
    window: int
    written: Mapping[Block, tuple[int | None, ...]]
    sorts: Mapping[Block, int]
    initial: Values
    answers: Mapping[Values, Output]


class _Places:
    """The places of an automaton for blocks of some length, and what each block does to them."""

    def __init__(self, minimal: Automaton, kinds: Values, window: int) -> None:
        columns = {kind: number - 1 for number, kind in enumerate(kinds) if number}
        start = 0, (0,) * (window - 1)
        numbers: dict[tuple[int, Block], int] = {start: 0}
        queue: list[tuple[int, Block]] = [start]
        self.moves: dict[Block, list[tuple[int, int]]] = {}
        for place, (state, before) in enumerate(queue):  # which grows on the way
            if len(queue) * len(columns) > _MOST_MOVES:
                raise BudgetExceeded("moves of blocks", _MOST_MOVES, len(queue) * len(columns))
            for kind, column in columns.items():
                block = (kind, *before)
                after = int(minimal.table[state, column]), block[: window - 1]
                if numbers.setdefault(after, len(queue)) == len(queue):
                    queue.append(after)
                self.moves.setdefault(block, []).append((place, numbers[after]))
        self.outputs = [minimal.outputs[state] for state, _ in queue]
        self.after = {block: sorted({q for _, q in pairs}) for block, pairs in self.moves.items()}

    def questions(self) -> Iterator[tuple[int, int]]:
        """Places after one block that have different answers."""
        for places in self.after.values():
            for first, second in combinations(places, 2):
                if self.outputs[first] != self.outputs[second]:
                    yield first, second

    def links(self, written: frozenset[Block]) -> list[list[tuple[int, Block | None]]]:
        """For each place those that are like it at once, with the written block that says so."""
        found: list[list[tuple[int, Block | None]]] = [[] for _ in self.outputs]
        for block, pairs in self.moves.items():
            if block in written:
                first, *others = self.after[block]
                for place in others:
                    found[first].append((place, block))
                    found[place].append((first, block))
            else:
                for before, after in pairs:
                    found[before].append((after, None))
                    found[after].append((before, None))
        return found

    def scalar(self, written: frozenset[Block]) -> Scalar:
        """The classes of places, numbered in the order of their first places."""
        links, holds = self.links(written), [-1] * len(self.outputs)
        for place in range(len(holds)):
            if holds[place] < 0:
                number = max(holds) + 1
                for like in _reached(links, place):
                    holds[like] = number
        return Scalar(written, tuple(holds))


def _reached(
    links: list[list[tuple[int, Block | None]]], start: int
) -> dict[int, tuple[int, Block | None]]:
    """The places like one, each with the place before it on a shortest way and the link taken."""
    found: dict[int, tuple[int, Block | None]] = {start: (start, None)}
    queue = [start]
    for place in queue:
        for like, block in links[place]:
            if like not in found:
                found[like] = place, block
                queue.append(like)
    return found


def _separating(
    places: _Places, first: int, second: int, a_sees: int, steps: list[int]
) -> Scalar | None:
    """A scalar that tells two places apart, if taking blocks out one by one leads to one.

    Args:
        places: all.
        first: one place.
        second: the other.
        a_sees: how many letters decide whether a block overwrites.
        steps: what is left of the budget, as its only entry.
    """
    written = frozenset(places.moves)
    while True:
        steps[0] -= sum(map(len, places.moves.values()))
        if steps[0] < 0:
            raise BudgetExceeded("steps of the search for scalars", _MOST_STEPS, _MOST_STEPS + 1)
        way = _reached(places.links(written), first)
        if second not in way:
            return places.scalar(written)
        cause, place = None, second
        while place != first:
            place, block = way[place]
            cause = block or cause  # the one nearest to the first place
        if cause is None:
            return None
        seen = cause[:a_sees]
        written = frozenset(block for block in written if block[:a_sees] != seen)


def _scalars(places: _Places, a_sees: int) -> tuple[Scalar, ...] | None:
    """Scalars that answer, none of which can be left out; None if some places stay alike."""
    found: list[Scalar] = []
    questions, steps = list(places.questions()), [_MOST_STEPS]
    for first, second in questions:
        if not _told_apart(found, first, second):
            scalar = _separating(places, first, second, a_sees, steps)
            if scalar is None:
                return None
            found.append(scalar)
    for scalar in tuple(found):
        fewer = [other for other in found if other is not scalar]
        if all(_told_apart(fewer, *question) for question in questions):
            found = fewer
    return tuple(found)


def _told_apart(scalars: Iterable[Scalar], first: int, second: int) -> bool:
    return any(scalar.holds[first] != scalar.holds[second] for scalar in scalars)


@lru_cache(maxsize=64)
def _plan(minimal: Automaton, window: int, a_sees: int) -> _Plan | None:
    """The layer for blocks of a length, or None if the search finds none."""
    columns = minimal.table.T.tolist()
    kinds = (0, *[1 + columns.index(column) for column in columns])
    places = _Places(minimal, kinds, window)
    scalars = _scalars(places, a_sees)
    if scalars is None:
        return None

    def values(place: int) -> Values:
        return tuple([scalar.holds[place] for scalar in scalars])

    said = {
        block: {values(place): places.outputs[place] for place in after}
        for block, after in places.after.items()
    }
    # Before the first letter there is no block; that is a sort of its own, of number 0.
    answers: dict[Values, Output] = {values(0): places.outputs[0]}
    sorts: dict[Block, int] = {}
    if not all(
        answers.setdefault(key, output) == output
        for function in said.values()
        for key, output in function.items()
    ):
        functions = [{values(0): places.outputs[0]}]
        for block, function in said.items():
            if function not in functions[1:]:
                functions.append(function)
            sorts[block] = functions.index(function, 1)
        answers = {(*key, n): output for n, f in enumerate(functions) for key, output in f.items()}
    written = {
        block: tuple([s.holds[after[0]] if block in s.written else None for s in scalars])
        for block, after in places.after.items()
    }
    return _Plan(kinds, window, written, sorts, values(0), answers)


def _network(minimal: Automaton, plan: _Plan, budget: int) -> LRNN:
    builder = StackBuilder(minimal.alphabet, budget)
    before = tuple(builder.letter_before(steps) for steps in range(1, plan.window))
    rows = len(plan.initial) + bool(plan.sorts)

    def step(letter: str, values: Values) -> Case:
        numbers = (minimal.alphabet.index(letter) + 1, *values)
        block = tuple([plan.kinds[number] for number in numbers])
        new = (*plan.written[block], *([plan.sorts[block]] if plan.sorts else []))
        entries = tuple([ONE if value is None else ZERO for value in new])
        return Case(Diagonal(entries or (ZERO,)), Matrix.column([x or 0 for x in new] or [0]))

    def answer(state: Matrix) -> Output:
        return plan.answers[tuple([whole(state, row) for row in range(rows)])]

    initial = [*plan.initial, *([0] if plan.sorts else [])]
    builder.add(Matrix.column(initial or [0]), before, step, answer)
    return builder.build()


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
    source=_SOURCE,
    supports=band_obstacle,
)
def right_regular_band(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """One layer whose entries are 0 (overwrite) and 1 (keep).

    Raises:
        UnsupportedError: if another than the last occurrence of a letter matters.
        BudgetExceeded: if there are more joint states than the budget, or the search is too long.

    >>> flip_flop = Automaton("01r", [[0, 1, 0], [0, 1, 1]], (False, True))
    >>> right_regular_band(flip_flop).layers[0].initial.shape
    (1, 1)
    """
    minimal = minimize(automaton)
    plan = _plan(minimal, 1, 1)
    if plan is None:
        raise UnsupportedError(
            band_obstacle(automaton) or "no scalars that letters overwrite were found"
        )
    return _network(minimal, plan, budget)


def _narrowest(automaton: Automaton, a_sees: int) -> _Plan | str:
    """The layer with the shortest blocks, or why there is none."""
    counts = is_aperiodic(automaton)
    if isinstance(counts, NotAperiodic):
        word = format_word(counts.word, automaton.alphabet)
        return f"the language is not aperiodic: the word {word} counts"
    minimal = minimize(automaton)
    plans = (_plan(minimal, window, min(window, a_sees)) for window in range(2, WIDEST + 1))
    reason = f"no scalars that blocks of at most {WIDEST} letters overwrite or keep were found"
    return next((plan for plan in plans if plan is not None), reason)


def _blocks_obstacle(a_sees: int) -> Callable[[Automaton], str | None]:
    def obstacle(automaton: Automaton) -> str | None:
        plan = _narrowest(automaton, a_sees)
        return plan if isinstance(plan, str) else None

    return obstacle


def _blocks(automaton: Automaton, a_sees: int, budget: int) -> LRNN:
    plan = _narrowest(automaton, a_sees)
    if isinstance(plan, str):
        raise UnsupportedError(plan)
    return _network(minimize(automaton), plan, budget)


@construction(
    "last-blocks",
    statement="A language for which the last k letters and the order of the last occurrences of "
    "blocks of k letters matter, by scalars that some blocks overwrite and the others keep",
    source=_SOURCE,
    supports=_blocks_obstacle(WIDEST),
)
def last_blocks(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """One layer whose entries are 0 and 1, with a window of at most 4 for A and B.

    Raises:
        UnsupportedError: if the search finds no such scalars.
        BudgetExceeded: if there are more joint states than the budget, or the search is too long.

    >>> no_aa = Automaton("ab", [[1, 0], [2, 0], [2, 2]], (True, True, False))
    >>> last_blocks(no_aa).windows, last_blocks(no_aa).layers[-1].initial.shape
    ((2, 2), (1, 1))
    """
    return _blocks(automaton, WIDEST, budget)


@construction(
    "written-last-blocks",
    statement="A language of last-blocks with an A that sees one letter: whether a block "
    "overwrites a scalar depends on its newest letter",
    source=_SOURCE,
    supports=_blocks_obstacle(1),
)
def written_last_blocks(automaton: Automaton, *, budget: int = DEFAULT_JOINT_STATES) -> LRNN:
    """One layer whose entries are 0 and 1, with a window of at most 4 for B.

    Raises:
        UnsupportedError: if the search finds no such scalars.
        BudgetExceeded: if there are more joint states than the budget, or the search is too long.

    >>> table = [[0, 1, 0], [0, 1, 2], [2, 3, 0], [2, 3, 2]]
    >>> b_before_the_last_c = Automaton("abc", table, (False, False, True, True))
    >>> written_last_blocks(b_before_the_last_c).windows
    (1, 2)
    """
    return _blocks(automaton, 1, budget)
