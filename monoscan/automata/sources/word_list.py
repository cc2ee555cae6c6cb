"""Finite languages, given by the list of their words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monoscan.automata.automaton import Automaton, canonical
from monoscan.automata.budget import BudgetExceeded, check_budget
from monoscan.automata.steps import DEFAULT_STATE_BUDGET
from monoscan.automata.word import Word, check_alphabet, format_word, parse_word


def from_words(
    words: Iterable[str | Sequence[str]],
    alphabet: Sequence[str],
    *,
    budget: int = DEFAULT_STATE_BUDGET,
) -> Automaton:
    """The minimal acceptor of a finite language.

    Args:
        words: The words, as text (see `parse_word`) or as sequences of letters. Repeated words
            count once; no word at all is the empty language.
        alphabet: The letters in order.
        budget: Largest number of prefixes of the words.

    Raises:
        AlphabetError: If the alphabet is not valid, or a word given as a sequence holds a letter
            that is not in it.
        WordError: If a word given as text cannot be read.
        BudgetExceeded: If the words have more prefixes than the budget.

    Source: D. Revuz, Minimisation of acyclic deterministic automata in linear time, 1992.

    >>> from_words(["ab", "b"], "ab").table.tolist()
    [[1, 2], [3, 2], [3, 3], [3, 3]]
    """
    letters = check_alphabet(alphabet)
    check_budget(budget)
    children, accepting = _trie([_word(word, letters) for word in words], letters, budget)
    return _merged(letters, children, accepting)


def _word(word: str | Sequence[str], letters: tuple[str, ...]) -> Word:
    if isinstance(word, str):
        return parse_word(word, letters)
    format_word(word, letters)  # raises if a letter is unknown
    return tuple(word)


def _trie(
    words: Iterable[Word], letters: tuple[str, ...], budget: int
) -> tuple[list[dict[int, int]], list[bool]]:
    """The tree of prefixes: the children of each node, and whether it is a word."""
    column = {letter: number for number, letter in enumerate(letters)}
    children: list[dict[int, int]] = [{}]
    accepting = [False]
    for word in words:
        node = 0
        for letter in word:
            child = children[node].setdefault(column[letter], len(children))
            if child == len(children):
                children.append({})
                accepting.append(False)
                if len(children) > budget:
                    raise BudgetExceeded("prefixes of the words", budget, len(children))
            node = child
        accepting[node] = True
    return children, accepting


def _merged(
    letters: tuple[str, ...], children: list[dict[int, int]], accepting: list[bool]
) -> Automaton:
    """Merges equal subtrees, leaves first: a child always has a larger number than its parent."""
    dead = 0
    table, outputs = [[dead] * len(letters)], [False]
    known = {(False, tuple(table[dead])): dead}
    state_of = [dead] * len(children)
    for node in range(len(children) - 1, -1, -1):
        row = [dead] * len(letters)
        for letter, child in children[node].items():
            row[letter] = state_of[child]
        state_of[node] = known.setdefault((accepting[node], tuple(row)), len(table))
        if state_of[node] == len(table):
            table.append(row)
            outputs.append(accepting[node])
    return canonical(letters, table, outputs, initial=state_of[0])
