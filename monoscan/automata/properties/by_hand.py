"""Slow, plain Python from first principles, with which witnesses are checked.

Nothing here is used to find an answer, and nothing here calls what finds answers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from monoscan.automata.automaton import Automaton, Output
from monoscan.automata.budget import BudgetExceeded
from monoscan.automata.word import Word

Map: TypeAlias = tuple[int, ...]

MAX_CHECKED = 200_000
"""The most elements that a slow check lists before it gives up with `BudgetExceeded`."""
SLOW_PRODUCTS = 2_000_000
"""The most products that a slow check of an equation compares before it gives up."""


class Quotient:
    """The minimal automaton of an automaton, by naive refinement; states breadth-first.

    Attributes:
        alphabet: The letters.
        table: The next state for each state and letter number.
        outputs: The output of each state.
    """

    def __init__(self, automaton: Automaton) -> None:
        table = [[int(target) for target in row] for row in automaton.table]
        classes = _refined(table, list(automaton.outputs))
        order, place = [0], {classes[0]: 0}
        for state in order:
            for target in table[state]:
                if classes[target] not in place:
                    place[classes[target]] = len(order)
                    order.append(target)
        self.alphabet = automaton.alphabet
        self.table = [[place[classes[target]] for target in table[state]] for state in order]
        self.outputs: list[Output] = [automaton.outputs[state] for state in order]

    def __len__(self) -> int:
        return len(self.table)

    @property
    def identity(self) -> Map:
        """The map that leaves each state where it is."""
        return tuple(range(len(self)))

    @property
    def generators(self) -> list[Map]:
        """The letters as maps on the states."""
        return [tuple(row[a] for row in self.table) for a in range(len(self.alphabet))]

    def knows(self, *words: Word) -> bool:
        """Whether the words are over the alphabet."""
        return all(letter in self.alphabet for word in words for letter in word)

    def after(self, word: Word, state: int = 0) -> int:
        """The state that a word leads to."""
        for letter in word:
            state = self.table[state][self.alphabet.index(letter)]
        return state

    def output(self, word: Word) -> Output:
        """The output after a word."""
        return self.outputs[self.after(word)]

    def action(self, word: Word) -> Map:
        """What a word does to all states."""
        return tuple(self.after(word, state) for state in range(len(self)))

    def elements(self, most: int = MAX_CHECKED) -> list[Map]:
        """The transition monoid, the identity first; one element too many if it is larger.

        Raises:
            BudgetExceeded: If there are more than `MAX_CHECKED` elements.
        """
        return closure([self.identity], self.generators, most)

    def semigroup(self) -> list[Map]:
        """The actions of the non-empty words.

        Raises:
            BudgetExceeded: If there are more than `MAX_CHECKED`.
        """
        return closure(list(dict.fromkeys(self.generators)), self.generators)


def _refined(table: list[list[int]], label: list[Output]) -> list[int]:
    names: dict[object, int] = {
        output: number for number, output in enumerate(dict.fromkeys(label))
    }
    classes = [names[output] for output in label]
    while True:
        finer = [(classes[s], *(classes[t] for t in row)) for s, row in enumerate(table)]
        numbers = {signature: number for number, signature in enumerate(dict.fromkeys(finer))}
        if len(numbers) == len(set(classes)):
            return classes
        classes = [numbers[signature] for signature in finer]


def closure(start: Iterable[Map], generators: Iterable[Map], most: int = MAX_CHECKED) -> list[Map]:
    """The maps that come from some by multiplication with generators on the right.

    Args:
        start: Maps.
        generators: Maps.
        most: Stop with one map more than this, if there are more.

    Raises:
        BudgetExceeded: If there are more than `MAX_CHECKED`.
    """
    letters, queue = list(generators), list(start)
    found = set(queue)
    for element in queue:
        for letter in letters:
            product = then(element, letter)
            if product not in found:
                found.add(product)
                queue.append(product)
        if len(found) > most and most < MAX_CHECKED:
            return queue[: most + 1]
        if len(found) > MAX_CHECKED:
            raise BudgetExceeded("elements in a slow check", MAX_CHECKED, len(found))
    return queue


def then(first: Map, second: Map) -> Map:
    """The map "first, then second"."""
    return tuple([second[state] for state in first])


def power(element: Map, exponent: int) -> Map:
    """The map done several times."""
    result, square = tuple(range(len(element))), element
    while exponent > 0:
        if exponent % 2:
            result = then(result, square)
        square, exponent = then(square, square), exponent // 2
    return result


def eventual_identity(element: Map) -> Map:
    """The idempotent among the powers of a map."""
    current = element
    while then(current, current) != current:
        current = then(current, element)
    return current


def has_index_and_period(action: Map, index: int, period: int) -> bool:
    """Whether these are the smallest index and the smallest period of the powers of a map.

    The periods are the multiples of the smallest one, so it is enough to try the period divided
    by each of its prime factors.
    """
    if index < 0 or period < 1 or power(action, index) != power(action, index + period):
        return False
    if index > 0 and power(action, index - 1) == power(action, index - 1 + period):
        return False
    return all(
        power(action, index) != power(action, index + period // prime)
        for prime in prime_divisors(period)
    )


def prime_divisors(number: int) -> list[int]:
    """The primes that divide a number, each once."""
    primes, divisor = [], 2
    while divisor * divisor <= number:
        if number % divisor == 0:
            primes.append(divisor)
            while number % divisor == 0:
                number //= divisor
        divisor += 1
    return [*primes, number] if number > 1 else primes
