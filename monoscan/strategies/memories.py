"""Random languages of which a memory is known that decides them.

A word is read into the memory: its last letters, its factors, how often each letter occurred, ...
The language says yes to some values of the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeAlias, TypeVar

from hypothesis import strategies as st

from monoscan.automata import Automaton, canonical

Letters: TypeAlias = tuple[str, ...]
Languages: TypeAlias = st.SearchStrategy[Automaton]
Memory = TypeVar("Memory", bound=Hashable)
_Ends: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
_Pairs: TypeAlias = frozenset[tuple[int, int]]
_NOTHING: tuple[int, ...] = ()
_NO_LETTERS: frozenset[int] = frozenset()
_NO_PAIRS: _Pairs = frozenset()
_MOST = 200  # values of a memory
_END, _DEAD = -1, -2  # in place of a letter: before the first, and after what is forbidden


@st.composite
def _by_memory(
    draw: st.DrawFn, letters: Letters, start: Memory, step: Callable[[Memory, int], Memory]
) -> Automaton:
    """Each value of the memory that occurs gets an output."""
    values = _values(letters, start, step)
    accepted = draw(st.sets(st.sampled_from(values)))
    return _recognising(letters, start, step, accepted.__contains__)


def _values(letters: Letters, start: Memory, step: Callable[[Memory, int], Memory]) -> list[Memory]:
    """The values of the memory that occur, in the order in which they are met."""
    found = {start: None}
    for memory in (queue := [start]):
        for letter in range(len(letters)):
            following = step(memory, letter)
            if following not in found:
                found[following] = None
                queue.append(following)
        assert len(queue) <= _MOST
    return queue


def _recognising(
    letters: Letters,
    start: Memory,
    step: Callable[[Memory, int], Memory],
    is_accepted: Callable[[Memory], bool],
) -> Automaton:
    """The automaton whose states are the values of the memory."""
    values = _values(letters, start, step)
    numbers = {memory: number for number, memory in enumerate(values)}
    table = [[numbers[step(memory, x)] for x in range(len(letters))] for memory in values]
    return canonical(letters, table, [is_accepted(memory) for memory in values])


def _last(memory: tuple[int, ...], letter: int, size: int) -> tuple[int, ...]:
    return (*memory, letter)[-size:] if size else ()


def _definite(letters: Letters) -> Languages:
    def language(k: int) -> Languages:
        def step(memory: tuple[int, ...], letter: int) -> tuple[int, ...]:
            return _last(memory, letter, k)

        return _by_memory(letters, _NOTHING, step)

    return _sizes(letters).flatmap(language)


def _reverse_definite(letters: Letters) -> Languages:
    def language(k: int) -> Languages:
        def step(memory: tuple[int, ...], letter: int) -> tuple[int, ...]:
            return (*memory, letter)[:k]

        return _by_memory(letters, _NOTHING, step)

    return _sizes(letters).flatmap(language)


def _generalised_definite(letters: Letters) -> Languages:
    def language(k: int) -> Languages:
        def step(memory: _Ends, letter: int) -> _Ends:
            return (*memory[0], letter)[:k], _last(memory[1], letter, k)

        return _by_memory(letters, (_NOTHING, _NOTHING), step)

    most = 2 if len(letters) < 3 else 1
    return st.integers(0, most).flatmap(language)


def _sizes(letters: Letters) -> st.SearchStrategy[int]:
    return st.integers(0, 3 if len(letters) < 3 else 2)


def _locally_testable(letters: Letters) -> Languages:
    """The first and the last letter, and some of the factors of two letters."""

    def language(watched: _Pairs) -> Languages:
        def step(memory: tuple[int, int, _Pairs], letter: int) -> tuple[int, int, _Pairs]:
            first, last, seen = memory
            return (letter if first < 0 else first, letter, seen | ({(last, letter)} & watched))

        return _by_memory(letters, (-1, -1, _NO_PAIRS), step)

    letter = st.integers(0, len(letters) - 1)
    factors = st.frozensets(st.tuples(letter, letter), max_size=3)
    return factors.flatmap(language)


def _j_trivial(letters: Letters) -> Languages:
    """Which letters occurred, and some of the pairs of letters, one somewhere after the other."""

    def language(watched: _Pairs) -> Languages:
        def step(
            memory: tuple[frozenset[int], _Pairs], letter: int
        ) -> tuple[frozenset[int], _Pairs]:
            seen, pairs = memory
            new = {pair for pair in watched if pair[1] == letter and pair[0] in seen}
            return seen | {letter}, pairs | new

        return _by_memory(letters, (_NO_LETTERS, _NO_PAIRS), step)

    letter = st.integers(0, len(letters) - 1)
    pairs = st.frozensets(st.tuples(letter, letter), max_size=3)
    return pairs.flatmap(language)


def _strictly_local(letters: Letters) -> Languages:
    return _without_pairs(letters, frozenset(range(len(letters))))


def _tier_strictly_local(letters: Letters) -> Languages:
    tiers = st.frozensets(st.integers(0, len(letters) - 1), min_size=1)
    return tiers.flatmap(lambda tier: _without_pairs(letters, tier))


@st.composite
def _without_pairs(draw: st.DrawFn, letters: Letters, tier: frozenset[int]) -> Automaton:
    """No forbidden pair of neighbours, the ends being letters, once other letters are deleted."""
    letter = st.sampled_from(sorted(tier))
    forbidden = draw(st.frozensets(st.tuples(st.just(_END) | letter, letter), max_size=5))

    def step(memory: int, letter: int) -> int:
        if memory == _DEAD or letter not in tier:
            return memory
        return _DEAD if (memory, letter) in forbidden else letter

    last = draw(st.frozensets(st.just(_END) | letter))
    return _recognising(letters, _END, step, last.__contains__)


@st.composite
def _strictly_piecewise(draw: st.DrawFn, letters: Letters) -> Automaton:
    """No word of a few is a subsequence."""
    letter = st.integers(0, len(letters) - 1)
    word = st.lists(letter, min_size=1, max_size=3).map(tuple)
    forbidden = sorted(draw(st.frozensets(word, max_size=3)))

    def step(memory: tuple[int, ...], letter: int) -> tuple[int, ...]:
        """How much of each word was a subsequence."""
        return tuple(
            done + (done < len(word) and word[done] == letter)
            for done, word in zip(memory, forbidden, strict=True)
        )

    def is_accepted(memory: tuple[int, ...]) -> bool:
        return all(done < len(word) for done, word in zip(memory, forbidden, strict=True))

    return _recognising(letters, tuple(0 for _ in forbidden), step, is_accepted)


def _locally_threshold_testable(letters: Letters) -> Languages:
    """Both ends, and how often some factors of two letters occurred, counted up to two."""

    def language(watched: _Pairs) -> Languages:
        pairs = sorted(watched)

        def step(
            memory: tuple[int, int, tuple[int, ...]], letter: int
        ) -> tuple[int, int, tuple[int, ...]]:
            first, last, counts = memory
            new = tuple(
                min(2, count + (pair == (last, letter)))
                for count, pair in zip(counts, pairs, strict=True)
            )
            return (letter if first < 0 else first, letter, new)

        return _by_memory(letters, (-1, -1, tuple(0 for _ in pairs)), step)

    letter = st.integers(0, len(letters) - 1)
    return st.frozensets(st.tuples(letter, letter), max_size=2).flatmap(language)


def _dot_depth_one(letters: Letters) -> Languages:
    """Both ends, and of A* u1 A* ... A* un A* how many factors occurred one after the other."""

    def language(product: list[tuple[int, ...]]) -> Languages:
        def step(memory: tuple[int, int, int, int], letter: int) -> tuple[int, int, int, int]:
            # The letters since the last factor are all of which the next one is made.
            first, _, done, since = memory
            found = done < len(product) and product[done] in ((letter,), (since, letter))
            return (
                letter if first < 0 else first,
                letter,
                done + found,
                -1 if found else letter,
            )

        return _by_memory(letters, (-1, -1, 0, -1), step)

    letter = st.integers(0, len(letters) - 1)
    factor = st.lists(letter, min_size=1, max_size=2).map(tuple)
    return st.lists(factor, max_size=3).flatmap(language)


def _right_regular_band(letters: Letters) -> Languages:
    """The letters in the order of their last occurrence."""

    def step(memory: tuple[int, ...], letter: int) -> tuple[int, ...]:
        return (*(other for other in memory if other != letter), letter)

    return _by_memory(letters, _NOTHING, step)


def _commutative(letters: Letters) -> Languages:
    """How often each letter occurred, up to a number and then modulo another."""

    def language(bounds: list[tuple[int, int]]) -> Languages:
        def step(memory: tuple[int, ...], letter: int) -> tuple[int, ...]:
            before, period = bounds[letter]
            count = memory[letter] + 1
            count = count if count < before + period else before
            return (*memory[:letter], count, *memory[letter + 1 :])

        return _by_memory(letters, tuple(0 for _ in letters), step)

    most = 2 if len(letters) < 4 else 1
    bound = st.tuples(st.integers(0, 1), st.integers(1, most + 1))
    bounds = st.lists(bound, min_size=len(letters), max_size=len(letters))
    return bounds.flatmap(language)


MADE: dict[str, Callable[[Letters], Languages]] = {
    "definite": _definite,
    "reverse-definite": _reverse_definite,
    "generalised-definite": _generalised_definite,
    "strictly-local": _strictly_local,
    "tier-strictly-local": _tier_strictly_local,
    "locally-testable": _locally_testable,
    "locally-threshold-testable": _locally_threshold_testable,
    "dot-depth-one": _dot_depth_one,
    "strictly-piecewise": _strictly_piecewise,
    "j-trivial": _j_trivial,
    "right-regular-band": _right_regular_band,
    "commutative": _commutative,
}
