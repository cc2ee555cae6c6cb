"""Letters that act alike."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import prod

from monoscan.automata import Automaton, BudgetExceeded
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, Symbol, Value, reads_of

MOST_CASES = 100_000
"""The most cases of a layer that is written out for all letters."""


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


def likeness(automaton: Automaton) -> dict[str, str]:
    """Each letter that acts like one before it, with the first such letter.

    >>> likeness(Automaton("abc", [[0, 1, 1], [1, 1, 1]], (False, True)))
    {'c': 'b'}
    """
    first: dict[tuple[int, ...], str] = {}
    columns = zip(automaton.alphabet, automaton.table.T.tolist(), strict=True)
    found = {letter: first.setdefault(tuple(column), letter) for letter, column in columns}
    return {letter: like for letter, like in found.items() if letter != like}


def one_of_each_kind(automaton: Automaton) -> Automaton:
    """The automaton without letters that act like one before them.

    >>> one_of_each_kind(Automaton("abc", [[0, 1, 1], [1, 1, 1]], (False, True))).alphabet
    ('a', 'b')
    """
    copies = likeness(automaton)
    if not copies:
        return automaton
    kept = [n for n, letter in enumerate(automaton.alphabet) if letter not in copies]
    alphabet = tuple(automaton.alphabet[n] for n in kept)
    return Automaton(alphabet, automaton.table[:, kept], automaton.outputs)


def with_copies(lrnn: LRNN, automaton: Automaton) -> LRNN:
    """A network with one letter of each kind as a network with all letters of an automaton.

    Raises:
        BudgetExceeded: if it has more than `MOST_CASES` cases.

    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> parity = Automaton("012", [[0, 1, 0], [1, 0, 1]], (True, False))
    >>> with_copies(scalar_parity(), parity).output("0212")
    False
    """
    if lrnn.alphabet == automaton.alphabet:
        return lrnn
    kinds: dict[Value, tuple[Value, ...]] = {letter: (letter,) for letter in lrnn.alphabet}
    for copy, letter in likeness(automaton).items():
        kinds[letter] = (*kinds[letter], copy)
    layers: list[Layer | Delay] = []
    for level, layer in enumerate(lrnn.layers):
        if isinstance(layer, Delay):
            layers.append(layer)
            continue
        below = [lrnn.layers[number - 1] for number in reads_of(layer, level)]
        of_letter = [True, *(isinstance(x, Delay) and x.of == 0 for x in below)]
        cases: dict[Symbol, Case] = {}
        for symbol, case in layer.cases.items():
            choices = [
                kinds.get(value, (value,)) if is_letter else (value,)
                for value, is_letter in zip(symbol, of_letter, strict=True)
            ]
            if len(cases) + prod(map(len, choices)) > MOST_CASES:
                raise BudgetExceeded("cases of the network", MOST_CASES, MOST_CASES + 1)
            cases.update(dict.fromkeys(product(*choices), case))
        layers.append(replace(layer, cases=cases))
    return LRNN(automaton.alphabet, tuple(layers))
