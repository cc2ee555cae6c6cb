"""What single letters and words of one length do to the states of an automaton."""

from __future__ import annotations

from itertools import permutations

from monoscan.automata import Automaton, Word
from monoscan.automata.groups import Permutation
from monoscan.automata.properties.words import access_word, word_to
from monoscan.theory.obstructions.cycles import cycles_of
from monoscan.theory.obstructions.witness import Inequivalent, Repeat, SymmetricFive, Unsettled


def unsettled_letter(minimal: Automaton) -> Unsettled | None:
    """A letter that makes a cycle of states with different outputs, and a word to the cycle.

    >>> unsettled_letter(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    Unsettled(prefix=(), letter='1')
    """
    for letter, column in zip(minimal.alphabet, minimal.table.T, strict=True):
        for cycle in cycles_of(column):
            if len({minimal.outputs[state] for state in cycle}) > 1:
                return Unsettled(access_word(minimal, cycle[0]), letter)
    return None


def repeated_letter(minimal: Automaton) -> Repeat | None:
    """A shortest prefix after which a letter twice leads elsewhere than the letter once.

    >>> repeated_letter(Automaton("a", [[1], [2], [2]], (False, False, True)))
    Repeat(prefix=(), letter='a')
    """
    table = minimal.table.tolist()

    def moving(state: int) -> int | None:
        row = enumerate(table[state])
        return next((letter for letter, once in row if table[once][letter] != once), None)

    prefix = word_to(minimal, 0, lambda state: moving(state) is not None)
    if prefix is None:
        return None
    letter = moving(minimal.state_after(prefix))
    return None if letter is None else Repeat(prefix, minimal.alphabet[letter])


def words_of_one_length(minimal: Automaton) -> Inequivalent | None:
    """Two words of one length and one last letter that lead to different states.

    As long as there are none, each state of a length has the same successors, so the states of
    the next length are known from one of them, and after as many lengths as there are states
    nothing new comes.

    >>> words_of_one_length(Automaton("ab", [[0, 1], [1, 0]], (True, False)))
    Inequivalent(first=('a', 'a'), second=('b', 'a'))
    """
    words: dict[int, Word] = {0: ()}
    for _ in range(minimal.n_states + 1):
        following: dict[int, Word] = {}
        for number, letter in enumerate(minimal.alphabet):
            first: tuple[int, Word] | None = None
            for state, word in words.items():
                target, longer = int(minimal.table[state, number]), (*word, letter)
                if first is not None and first[0] != target:
                    return Inequivalent(first[1], longer)
                first = first or (target, longer)
                following.setdefault(target, longer)
        words = following
    return None


def words_of_one_last_letter(minimal: Automaton) -> Inequivalent | None:
    """Two words with one last letter, the first of them that letter, that lead to different states.

    >>> words_of_one_last_letter(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    Inequivalent(first=('0',), second=('1', '0'))
    """
    table = minimal.table.tolist()

    def other(state: int) -> int | None:
        row = enumerate(table[state])
        return next((letter for letter, target in row if target != table[0][letter]), None)

    prefix = word_to(minimal, 0, lambda state: other(state) is not None)
    if prefix is None:
        return None
    letter = other(minimal.state_after(prefix))
    if letter is None:
        return None
    last = (minimal.alphabet[letter],)
    return Inequivalent(last, (*prefix, *last))


def moving_letter(minimal: Automaton) -> Inequivalent | None:
    """The empty word and a letter that leads away from the initial state.

    >>> moving_letter(Automaton("ab", [[0, 1], [0, 1]], (True, False)))
    Inequivalent(first=(), second=('b',))
    """
    row = zip(minimal.alphabet, minimal.table[0].tolist(), strict=True)
    return next((Inequivalent((), (letter,)) for letter, target in row if target != 0), None)


def symmetric_five(minimal: Automaton) -> SymmetricFive | None:
    """Two letters that act like (1 2 3 4 5) and (1 2), as permutations of all states.

    >>> symmetric_five(Automaton("a", [[1], [0]], (True, False))) is None
    True
    """
    columns = [tuple(column) for column in minimal.table.T.tolist()]
    letters = dict(zip(columns, minimal.alphabet, strict=True))
    for first, second in permutations(letters, 2):
        if _is_symmetric_five(first, second):
            return SymmetricFive(letters[first], letters[second])
    return None


def _is_symmetric_five(first: Permutation, second: Permutation) -> bool:
    """Whether the pairs with (1 2 3 4 5) and (1 2) generate the graph of an isomorphism."""
    n = len(first)
    if len(set(first)) < n or len(set(second)) < n or _order(first) != 5 or _order(second) != 2:
        return False
    shifted = [
        tuple(n + point for point in points) for points in ((1, 2, 3, 4, 0), (1, 0, 2, 3, 4))
    ]
    pairs = [(*first, *shifted[0]), (*second, *shifted[1])]
    found = {tuple(range(n + 5))}
    queue = list(found)
    for x in queue:
        for generator in pairs:
            product = tuple(generator[point] for point in x)
            if product not in found:
                found.add(product)
                queue.append(product)
        if len(found) > 120:
            return False
    return len({pair[:n] for pair in found}) == 120


def _order(permutation: Permutation) -> int:
    """The order of a permutation, up to 5; 6 stands for more."""
    order, power = 1, permutation
    while power != tuple(range(len(power))) and order < 6:
        order, power = order + 1, tuple(permutation[point] for point in power)
    return order
