"""Random languages with a property, each made so that it has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from monoscan.automata import Automaton, canonical, intersection, minimize, reversal, union
from monoscan.automata.sources import from_words
from monoscan.automata.word import check_alphabet
from monoscan.strategies.automata import words
from monoscan.strategies.errors import need
from monoscan.strategies.memories import MADE, Languages, Letters


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


def _finite(letters: Letters) -> Languages:
    return st.sets(words(letters, max_length=4), max_size=5).map(
        lambda drawn: from_words(drawn, letters)
    )


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


def _da(letters: Letters) -> Languages:
    """Both of two languages or one of them, the first r-trivial and the second l-trivial."""
    return st.builds(
        lambda join, first, second: join(first, second),
        st.sampled_from([union, intersection]),
        _r_trivial(letters, 4),
        _l_trivial(letters),
    )


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
    made = ("definite", "generalised-definite", "locally-testable", "dot-depth-one", "j-trivial")
    return st.one_of(_monotone(letters), _r_trivial(letters), *(MADE[n](letters) for n in made))


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
    **MADE,
    "r-trivial": _r_trivial,
    "l-trivial": _l_trivial,
    "da": _da,
    "aperiodic": _aperiodic,
    "quasi-aperiodic": _with_length,
    "group": _group,
    "2-groups-only": lambda letters: _cascade(letters, (1, 2)),
    "solvable": lambda letters: _cascade(letters, (1, 2, 3, 4)),
}
LANGUAGE_PROPERTIES: Sequence[str] = tuple(_MADE)
"""The properties that `languages` knows: those that `monoscan list properties` lists."""
