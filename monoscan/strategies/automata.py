"""Random automata and words."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from monoscan.automata import Automaton, Output, Word, canonical, minimize
from monoscan.automata.word import check_alphabet
from monoscan.strategies.errors import need, need_range


def automata(
    alphabet: Sequence[str] = ("a", "b"),
    *,
    min_states: int = 1,
    max_states: int = 7,
    outputs: Sequence[Output] = (False, True),
    minimal: bool = False,
) -> st.SearchStrategy[Automaton]:
    """Automata whose states are all reachable, numbered breadth first; often not minimal.

    Args:
        alphabet: The letters in order.
        min_states: The smallest number of states.
        max_states: The largest number of states.
        outputs: What a state may answer; all of them `bool`, or all of them `str`.
        minimal: Whether only minimal automata are drawn.

    Raises:
        AlphabetError: If the alphabet is not valid.
        EmptySetError: If there are no such automata.

    >>> from hypothesis import find
    >>> found = find(automata("a", max_states=3), lambda a: a.output("a") and not a.output("aa"))
    >>> found.output("a"), found.output("aa"), found.n_states <= 3
    (True, False, True)
    """
    letters = check_alphabet(alphabet)
    need_range("states", 1, min_states, max_states)
    need(len(outputs) > 0, "outputs is empty: a state needs something to answer")
    need(
        min_states == 1 or not minimal or len(set(outputs)) > 1,
        f"minimal automata with {min_states} states and the one output {outputs[0]!r}: where all "
        "states answer the same, the minimal automaton has one state",
    )
    drawn = _automata(letters, min_states, max_states, tuple(outputs))
    if not minimal:
        return drawn
    return drawn.map(minimize).filter(lambda automaton: automaton.n_states >= min_states)


@st.composite
def _automata(
    draw: st.DrawFn,
    letters: tuple[str, ...],
    min_states: int,
    max_states: int,
    outputs: tuple[Output, ...],
) -> Automaton:
    n_states = draw(st.integers(min_states, max_states))
    state = st.integers(0, n_states - 1)
    row = st.lists(state, min_size=len(letters), max_size=len(letters))
    table = draw(st.lists(row, min_size=n_states, max_size=n_states))
    # A tree of moves reaches as many states as are asked for; the others may drop out.
    free = [(0, column) for column in range(len(letters))]
    for child in range(1, min_states):
        parent, column = free.pop(draw(st.integers(0, len(free) - 1)))
        table[parent][column] = child
        free += [(child, column) for column in range(len(letters))]
    values = draw(st.lists(st.sampled_from(outputs), min_size=n_states, max_size=n_states))
    return canonical(letters, table, values)


def words(
    alphabet: Sequence[str] = ("a", "b"), *, min_length: int = 0, max_length: int = 8
) -> st.SearchStrategy[Word]:
    """Words over an alphabet.

    Raises:
        AlphabetError: If the alphabet is not valid.
        EmptySetError: If there are no such words.

    >>> from hypothesis import find
    >>> set(find(words("ab"), lambda word: word.count("b") > 1)) <= {"a", "b"}
    True
    """
    letters = check_alphabet(alphabet)
    need_range("letters", 0, min_length, max_length)
    return st.lists(st.sampled_from(letters), min_size=min_length, max_size=max_length).map(tuple)
