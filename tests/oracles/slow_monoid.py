"""The transition monoid element by element, with dictionaries: the oracle of the fast search."""

from __future__ import annotations

from monoscan.automata import Automaton, Word


class SlowMonoid:
    """Elements in shortlex order of their first words, and both Cayley graphs, as lists."""

    def __init__(self, automaton: Automaton) -> None:
        letters = [tuple(column) for column in automaton.table.T.tolist()]
        self.elements = [tuple(range(automaton.n_states))]
        self.words: list[Word] = [()]
        numbers = {self.elements[0]: 0}
        for number, element in enumerate(self.elements):
            for name, letter in zip(automaton.alphabet, letters, strict=True):
                product = tuple(letter[state] for state in element)
                if product not in numbers:
                    numbers[product] = len(self.elements)
                    self.elements.append(product)
                    self.words.append((*self.words[number], name))
        self.right = [
            [numbers[tuple(letter[state] for state in x)] for letter in letters]
            for x in self.elements
        ]
        self.left = [
            [numbers[tuple(x[state] for state in letter)] for letter in letters]
            for x in self.elements
        ]
