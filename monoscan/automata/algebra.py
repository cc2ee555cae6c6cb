"""New automata from old ones: Boolean operations, products, reversal, letter maps, quotients."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from monoscan.automata.automaton import Automaton, Output, canonical, check_acceptor
from monoscan.automata.equivalence import columns_in_order_of
from monoscan.automata.minimize import minimize
from monoscan.automata.steps import DEFAULT_STATE_BUDGET, automaton_from_steps
from monoscan.automata.word import check_alphabet


def complement(acceptor: Automaton) -> Automaton:
    """The acceptor of all words over the same alphabet that are not accepted.

    Raises:
        AutomatonError: If the automaton is no acceptor.

    >>> complement(Automaton("a", [[1], [0]], (True, False))).outputs
    (False, True)
    """
    check_acceptor(acceptor)
    outputs = [not value for value in acceptor.outputs]
    return Automaton(acceptor.alphabet, acceptor.table, outputs, acceptor.state_names)


def union(a: Automaton, b: Automaton, *, budget: int = DEFAULT_STATE_BUDGET) -> Automaton:
    """The minimal acceptor of the words that at least one of two acceptors accepts.

    Args:
        a: An acceptor; the order of its alphabet is kept.
        b: An acceptor over the same letters, in any order.
        budget: Largest number of pairs of states.

    Raises:
        AlphabetError: If the two have different letters.
        AutomatonError: If one of them is no acceptor.
        BudgetExceeded: If more pairs of states are reached.

    >>> even = Automaton("a", [[1], [0]], (True, False))
    >>> union(even, complement(even)).outputs
    (True,)
    """
    return _boolean(a, b, lambda x, y: bool(x or y), budget)


def intersection(a: Automaton, b: Automaton, *, budget: int = DEFAULT_STATE_BUDGET) -> Automaton:
    """The minimal acceptor of the words that both of two acceptors accept.

    Arguments and errors are those of `union`.

    >>> even = Automaton("a", [[1], [0]], (True, False))
    >>> intersection(even, complement(even)).outputs
    (False,)
    """
    return _boolean(a, b, lambda x, y: bool(x and y), budget)


def difference(a: Automaton, b: Automaton, *, budget: int = DEFAULT_STATE_BUDGET) -> Automaton:
    """The minimal acceptor of the words that the first acceptor accepts and the second does not.

    Arguments and errors are those of `union`.

    >>> every = Automaton("a", [[0]], (True,))
    >>> difference(every, Automaton("a", [[1], [0]], (True, False))).accepts("a")
    True
    """
    return _boolean(a, b, lambda x, y: bool(x and not y), budget)


def symmetric_difference(
    a: Automaton, b: Automaton, *, budget: int = DEFAULT_STATE_BUDGET
) -> Automaton:
    """The minimal acceptor of the words on which two acceptors disagree.

    Arguments and errors are those of `union`.

    >>> every = Automaton("a", [[0]], (True,))
    >>> symmetric_difference(every, every).outputs
    (False,)
    """
    return _boolean(a, b, lambda x, y: x != y, budget)


def paired(first: Output, second: Output) -> str:
    """Two outputs as one string; different pairs give different strings.

    >>> paired(True, "(1,2)")
    "(True, '(1,2)')"
    """
    return repr((first, second))


def product(
    a: Automaton,
    b: Automaton,
    *,
    output: Callable[[Output, Output], Output] = paired,
    budget: int = DEFAULT_STATE_BUDGET,
) -> Automaton:
    """Two automata that read the same word side by side; the states are the reachable pairs.

    The result is not minimised.

    Args:
        a: Any automaton; the order of its alphabet is kept.
        b: Any automaton over the same letters, in any order.
        output: The output of a pair, from the two outputs; by default both, as a string.
        budget: Largest number of pairs of states.

    Raises:
        AlphabetError: If the two have different letters.
        BudgetExceeded: If more pairs of states are reached.

    >>> two = Automaton("a", [[1], [0]], (True, False))
    >>> three = Automaton("a", [[1], [2], [0]], ("0", "1", "2"))
    >>> product(two, three).output("aaaa")
    "(True, '1')"
    """
    columns = columns_in_order_of(a.alphabet, b)
    table_a, table_b = a.table.tolist(), b.table.tolist()

    def step(state: tuple[int, int], letter: int) -> tuple[int, int]:
        return table_a[state[0]][letter], table_b[state[1]][columns[letter]]

    return automaton_from_steps(
        a.alphabet,
        (0, 0),
        step,
        lambda state: output(a.outputs[state[0]], b.outputs[state[1]]),
        budget=budget,
        what="pairs of states of the product",
    )


def reversal(automaton: Automaton, *, budget: int = DEFAULT_STATE_BUDGET) -> Automaton:
    """The minimal automaton that answers on a word as the given one does on its reversal.

    For an acceptor this is the subset construction on the arrows turned round. For other outputs
    the same search runs on the vector of the outputs that every state would give. Different
    vectors that are reached differ in some state of the given automaton, and a word leads there;
    so the result is minimal.

    Args:
        automaton: Any automaton. Its reversal can have exponentially more states.
        budget: Largest number of states of the result.

    Raises:
        BudgetExceeded: If the result has more states.

    Source: J. A. Brzozowski, Canonical regular expressions and minimal state graphs for definite
    events, 1962.

    >>> starts_with_1 = Automaton("01", [[1, 2], [1, 1], [2, 2]], (False, False, True))
    >>> reversal(starts_with_1).table.tolist()
    [[0, 1], [0, 1]]
    """
    values, codes = np.unique([str(value) for value in automaton.outputs], return_inverse=True)
    answers = {str(value): value for value in automaton.outputs}
    columns = [np.ascontiguousarray(column) for column in automaton.table.T]

    def step(vector: bytes, letter: int) -> bytes:
        moved: bytes = np.frombuffer(vector, dtype=np.int32)[columns[letter]].tobytes()
        return moved

    return automaton_from_steps(
        automaton.alphabet,
        codes.astype(np.int32).tobytes(),
        step,
        lambda vector: answers[str(values[np.frombuffer(vector, dtype=np.int32)[0]])],
        budget=budget,
        what="states of the reversal",
    )


def with_alphabet(automaton: Automaton, alphabet: Sequence[str]) -> Automaton:
    """The same automaton with its letters in another order.

    Raises:
        AlphabetError: If the alphabet is not valid or has other letters.

    >>> with_alphabet(Automaton("ab", [[0, 1], [1, 1]], (True, False)), "ba").table.tolist()
    [[1, 0], [1, 1]]
    """
    letters = check_alphabet(alphabet)
    if letters == automaton.alphabet:
        return automaton
    columns = columns_in_order_of(letters, automaton)
    table = automaton.table[:, columns]
    return canonical(letters, table, automaton.outputs, state_names=automaton.state_names)


def inverse_letter_map(automaton: Automaton, words: Mapping[str, Iterable[str]]) -> Automaton:
    """The automaton over a new alphabet whose letters stand for words of the old one.

    On a word c1 c2 ... it answers as the given automaton does on ``words[c1] words[c2] ...``. For
    an acceptor this is the inverse image of its language. The result is not minimised.

    Args:
        automaton: Any automaton.
        words: For each new letter, in order, the word it stands for; the empty word is allowed.

    Raises:
        AlphabetError: If the new alphabet is not valid, or a word holds a letter that is not in
            the automaton's alphabet.

    >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
    >>> inverse_letter_map(parity, {"x": "0110", "y": "111"}).table.tolist()
    [[0, 1], [1, 0]]
    """
    letters = check_alphabet(list(words))
    table = np.empty((automaton.n_states, len(letters)), dtype=np.int32)
    for number, letter in enumerate(letters):
        table[:, number] = _targets(automaton, words[letter])
    return canonical(letters, table, automaton.outputs)


def left_quotient(automaton: Automaton, word: Iterable[str]) -> Automaton:
    """The automaton that answers on w as the given one does on ``word`` followed by w.

    Raises:
        AlphabetError: If the word holds a letter that is not in the alphabet.

    >>> left_quotient(Automaton("a", [[1], [0]], (True, False)), "a").outputs
    (False, True)
    """
    start = automaton.state_after(word)
    return canonical(automaton.alphabet, automaton.table, automaton.outputs, start)


def right_quotient(automaton: Automaton, word: Iterable[str]) -> Automaton:
    """The automaton that answers on w as the given one does on w followed by ``word``.

    Raises:
        AlphabetError: If the word holds a letter that is not in the alphabet.

    >>> right_quotient(Automaton("a", [[1], [0]], (True, False)), "a").outputs
    (False, True)
    """
    outputs = [automaton.outputs[target] for target in _targets(automaton, word)]
    return Automaton(automaton.alphabet, automaton.table, outputs)


def _boolean(
    a: Automaton, b: Automaton, combine: Callable[[Output, Output], bool], budget: int
) -> Automaton:
    check_acceptor(a)
    check_acceptor(b)
    return minimize(product(a, b, output=combine, budget=budget))


def _targets(automaton: Automaton, word: Iterable[str]) -> list[int]:
    """Where a word leads from each state."""
    states = np.arange(automaton.n_states, dtype=np.int32)
    for letter in word:
        states = automaton.table[states, automaton.letter_index(letter)]
    targets: list[int] = states.tolist()
    return targets
