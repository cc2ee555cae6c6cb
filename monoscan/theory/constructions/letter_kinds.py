"""Letters that act alike."""

from __future__ import annotations

from monoscan.automata import Automaton


def letter_kinds(minimal: Automaton) -> dict[str, int]:
    """A number for each letter that moves a state, the same for letters that act alike.

    Letters that keep all states are left out.

    >>> letter_kinds(Automaton("abc", [[0, 1, 1], [1, 1, 1]], (False, True)))
    {'b': 0, 'c': 0}
    """
    numbers: dict[tuple[int, ...], int] = {}
    kinds: dict[str, int] = {}
    for letter, column in zip(minimal.alphabet, minimal.table.T.tolist(), strict=True):
        if column != list(range(minimal.n_states)):
            kinds[letter] = numbers.setdefault(tuple(column), len(numbers))
    return kinds
