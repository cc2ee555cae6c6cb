"""Random languages with a property, each made so that it has it.

A word is read into a memory of which the property is known: its last letters, its factors, how
often each letter occurred, ... The language says yes to some values of the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TypeAlias, TypeVar

from hypothesis import strategies as st

from monoscan.automata import Automaton, canonical, minimize, reversal
from monoscan.automata.sources import from_words
from monoscan.automata.word import check_alphabet
from monoscan.strategies.automata import words
from monoscan.strategies.errors import need

Letters: TypeAlias = tuple[str, ...]
Languages: TypeAlias = st.SearchStrategy[Automaton]
Memory = TypeVar("Memory", bound=Hashable)
_Ends: TypeAlias = tuple[tuple[int, ...], tuple[int, ...]]
_Pairs: TypeAlias = frozenset[tuple[int, int]]
_NOTHING: tuple[int, ...] = ()
_NO_LETTERS: frozenset[int] = frozenset()
_NO_PAIRS: _Pairs = frozenset()
_MOST = 200  # values of a memory


def languages(property_name: str, alphabet: Sequence[str] = ("a", "b")) -> Languages:
    """The minimal automata of languages with a property.

    Args:
        property_name: One of `LANGUAGE_PROPERTIES`; `star-free` is another name of `aperiodic`.
        alphabet: The letters in order, at most four.

    Raises:
        AlphabetError: If the alphabet is not valid.
        EmptySetError: If no strategy knows the property, or there are too many letters.

    >>> from hypothesis import find
    >>> found = find(languages("group"), lambda automaton: automaton.n_states == 2)
    >>> [sorted(column) for column in found.table.T.tolist()]  # every letter permutes the states
    [[0, 1], [0, 1]]
    """
    letters = check_alphabet(alphabet)
    need(len(letters) <= 4, f"languages over {len(letters)} letters: expected at most 4")
    name = {"star-free": "aperiodic"}.get(property_name, property_name)
    need(
        name in _MADE,
        f"languages that are {property_name!r}: expected one of {', '.join(_MADE)}",
    )
    return _MADE[name](letters).map(minimize)


@st.composite
def _by_memory(
    draw: st.DrawFn, letters: Letters, start: Memory, step: Callable[[Memory, int], Memory]
) -> Automaton:
    """Reads a word into the memory; each value that occurs gets an output."""
    numbers = {start: 0}
    table: list[list[int]] = []
    for memory in (queue := [start]):
        row = []
        for letter in range(len(letters)):
            following = step(memory, letter)
            if following not in numbers:
                numbers[following] = len(queue)
                queue.append(following)
            row.append(numbers[following])
        table.append(row)
        assert len(queue) <= _MOST
    accepted = draw(st.sets(st.integers(0, len(queue) - 1)))
    return canonical(letters, table, [number in accepted for number in range(len(queue))])


def _last(memory: tuple[int, ...], letter: int, size: int) -> tuple[int, ...]:
    return (*memory, letter)[-size:] if size else ()


def _finite(letters: Letters) -> Languages:
    return st.sets(words(letters, max_length=4), max_size=5).map(
        lambda drawn: from_words(drawn, letters)
    )


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


def _r_trivial(letters: Letters, most: int = 6) -> Languages:
    """Automata whose states are left for good."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Automaton:
        size = draw(st.integers(1, most))
        table = [[draw(st.integers(state, size - 1)) for _ in letters] for state in range(size)]
        return canonical(letters, table, draw(_outputs(size)))

    return drawn()


def _l_trivial(letters: Letters) -> Languages:
    return _r_trivial(letters, 4).map(reversal)


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


@st.composite
def _monotone(draw: st.DrawFn, letters: Letters, most: int = 5) -> Automaton:
    """States in a row, and letters that keep their order: then no power moves a cycle."""
    size = draw(st.integers(1, most))
    images = [
        sorted(draw(st.lists(st.integers(0, size - 1), min_size=size, max_size=size)))
        for _ in letters
    ]
    table = [[image[state] for image in images] for state in range(size)]
    first = draw(st.integers(0, size - 1))
    return canonical(letters, table, draw(_outputs(size)), first)


def _aperiodic(letters: Letters) -> Languages:
    makers = (_definite, _generalised_definite, _j_trivial, _locally_testable, _r_trivial)
    return st.one_of(_monotone(letters), *(maker(letters) for maker in makers))


def _group(letters: Letters, points: Sequence[int] = (1, 2, 3, 4, 5)) -> Languages:
    """Letters that permute the states."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Automaton:
        size = draw(st.sampled_from(list(points)))
        images = [draw(st.permutations(range(size))) for _ in letters]
        table = [[image[state] for image in images] for state in range(size)]
        return canonical(letters, table, draw(_outputs(size)))

    return drawn()


@st.composite
def _cascade(draw: st.DrawFn, letters: Letters, points: Sequence[int]) -> Automaton:
    """States in a row, and above them points that each letter permutes, depending on the state."""
    lower = draw(_monotone(letters, 3))
    size = draw(st.sampled_from(list(points)))
    moves = lower.table.tolist()
    images = [[draw(st.permutations(range(size))) for _ in letters] for _ in moves]
    table = [
        [row[x] * size + images[state][x][point] for x in range(len(letters))]
        for state, row in enumerate(moves)
        for point in range(size)
    ]
    return canonical(letters, table, draw(_outputs(len(table))))


@st.composite
def _with_length(draw: st.DrawFn, letters: Letters) -> Automaton:
    """An aperiodic automaton beside the length of the word, modulo a number."""
    lower, period = draw(_monotone(letters, 4)), draw(st.integers(1, 3))
    moves = lower.table.tolist()
    table = [
        [row[x] * period + (count + 1) % period for x in range(len(letters))]
        for row in moves
        for count in range(period)
    ]
    return canonical(letters, table, draw(_outputs(len(table))))


def _outputs(size: int) -> st.SearchStrategy[list[bool]]:
    return st.lists(st.booleans(), min_size=size, max_size=size)


_MADE: dict[str, Callable[[Letters], Languages]] = {
    "finite": _finite,
    "definite": _definite,
    "reverse-definite": _reverse_definite,
    "generalised-definite": _generalised_definite,
    "locally-testable": _locally_testable,
    "j-trivial": _j_trivial,
    "r-trivial": _r_trivial,
    "l-trivial": _l_trivial,
    "right-regular-band": _right_regular_band,
    "aperiodic": _aperiodic,
    "quasi-aperiodic": _with_length,
    "commutative": _commutative,
    "group": _group,
    "2-groups-only": lambda letters: _cascade(letters, (1, 2)),
    "solvable": lambda letters: _cascade(letters, (1, 2, 3, 4)),
}
LANGUAGE_PROPERTIES: Sequence[str] = tuple(_MADE)
"""The properties that `languages` knows, by the names that `monoscan analyze` gives them."""
