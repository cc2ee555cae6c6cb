"""Are all groups in the syntactic monoid solvable?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import gcd, lcm
from typing import Literal, TypeAlias, final

from monoscan.automata.automaton import Automaton
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET, BudgetExceeded
from monoscan.automata.greens import GreensRelations
from monoscan.automata.groups import PermutationGroup
from monoscan.automata.minimize import minimize
from monoscan.automata.monoid import TransitionMonoid
from monoscan.automata.permutations import Permutation
from monoscan.automata.properties.by_hand import Map, Quotient, closure, power, prime_divisors, then
from monoscan.automata.properties.group import is_group
from monoscan.automata.properties.registry import language_property
from monoscan.automata.properties.witness import Against
from monoscan.automata.word import Word

_POOL = 300
_ROUNDS = 6


@final
@dataclass(frozen=True)
class Solvable:
    """All subgroups of the syntactic monoid are solvable. True as a Boolean.

    Attributes:
        derived_length: The largest number of steps of a derived series: 0 if the language is
            aperiodic, 1 if all groups are abelian.
    """

    derived_length: int

    def __bool__(self) -> Literal[True]:
        return True

    def check(self, automaton: Automaton) -> bool:
        """Whether this is the largest derived length, by listing groups and commutators.

        >>> Solvable(0).check(Automaton("a", [[1], [0]], (True, False)))
        False
        """
        elements = Quotient(automaton).elements()
        lengths = [_derived_length(_group_around(e, elements)) for e in elements if then(e, e) == e]
        return None not in lengths and max(n or 0 for n in lengths) == self.derived_length


def _group_around(e: Map, elements: list[Map]) -> set[Map]:
    """The elements with e as a neutral element that permute the states which e fixes."""
    fixed = sorted(set(e))
    return {
        x
        for x in elements
        if then(e, x) == x == then(x, e) and sorted({x[state] for state in fixed}) == fixed
    }


def _derived_length(group: set[Map]) -> int | None:
    length = 0
    while len(group) > 1:
        inverses = {x: power(x, _order(x) - 1) if _order(x) > 1 else x for x in group}
        commutators = {
            then(then(inverses[x], inverses[y]), then(x, y)) for x in group for y in group
        }
        derived = set(closure(commutators, commutators))
        if derived == group:
            return None
        group, length = derived, length + 1
    return length


def _order(x: Map) -> int:
    """The smallest positive n such that x^(n + 1) = x."""
    order, current = 1, then(x, x)
    while current != x:
        order, current = order + 1, then(current, x)
    return order


@final
@dataclass(frozen=True)
class NotSolvable(Against):
    """Two words that generate a group which is not solvable. False as a Boolean.

    Both permute some states, and the orders of these permutations and of their product have
    pairwise no common divisor. In the group that the two generate, made abelian, the order of the
    product is the product of the two orders there, and it also divides the order of the product
    here; so it is 1, and both words vanish there. The group is therefore its own derived group,
    and it is not trivial: it is not solvable.

    Attributes:
        states: The states of the minimal automaton that the words permute.
        first: A word.
        second: A word.
        orders: The orders, all above 1, of the first word, the second, and their product.
    """

    states: tuple[int, ...]
    first: Word
    second: Word
    orders: tuple[int, int, int]

    def check(self, automaton: Automaton) -> bool:
        """Whether the words permute the states with these orders.

        >>> parity = Automaton("01", [[0, 1], [1, 0]], (True, False))
        >>> NotSolvable((0, 1), ("1",), ("0",), (2, 1, 2)).check(parity)
        False
        """
        quotient = Quotient(automaton)
        if not quotient.knows(self.first, self.second):
            return False
        if not set(self.states) <= set(range(len(quotient))):
            return False
        x, y = quotient.action(self.first), quotient.action(self.second)
        orders = [self._order_on_states(element) for element in (x, y, then(x, y))]
        a, b, c = self.orders
        coprime = gcd(a, b) == gcd(b, c) == gcd(a, c) == 1 < min(self.orders)
        return coprime and orders == [a, b, c]

    def _order_on_states(self, element: Map) -> int | None:
        """The order of a permutation of the states, or None if it does not permute them."""
        if {element[state] for state in self.states} != set(self.states):
            return None
        order, current = 1, element
        while any(current[state] != state for state in self.states):
            order, current = order + 1, then(current, element)
        return order


Answer: TypeAlias = Solvable | NotSolvable


@language_property(
    "solvable",
    place=210,
    definition="All groups in the monoid are solvable.",
    source=(
        "D. A. Mix Barrington and D. Thérien, Finite monoids and the fine "
        "structure of NC1, 1988; J. G. Thompson, 1968"
    ),
    yes="the largest derived length",
    no=(
        "first and second permute the states; their orders and that of their product "
        "are pairwise coprime"
    ),
    example="(...)*",
    counterexample="S5",
)
def is_solvable(automaton: Automaton, budget: int = DEFAULT_MONOID_BUDGET) -> Answer:
    """Whether all subgroups of the syntactic monoid are solvable.

    If every letter permutes the states, the monoid is the group of the letters and its elements
    are not listed, so that the budget does not matter for the decision.

    Raises:
        BudgetExceeded: If the syntactic monoid is no group and has more elements than the budget,
            or no evidence against a non-solvable group was found by trying many pairs.

    Source: D. A. Mix Barrington and D. Thérien, Finite monoids and the fine structure of NC1,
    1988; J. G. Thompson, Nonsolvable finite groups all of whose local subgroups are solvable,
    1968, corollary 3: every non-solvable group has such a pair.

    >>> is_solvable(Automaton("a", [[1], [0]], (True, False)))
    Solvable(derived_length=1)
    """
    minimal = minimize(automaton)
    if is_group(minimal):
        return _decide_group(minimal)
    greens = GreensRelations(TransitionMonoid(minimal, budget))
    longest = 0
    for subgroup in greens.maximal_subgroups(trivial=False):
        length = subgroup.group.derived_length
        if length is None:
            words = [greens.monoid.word(generator) for generator in subgroup.generators]
            return _evidence(subgroup.states, subgroup.group.generators, words)
        longest = max(longest, length)
    return Solvable(longest)


def _decide_group(minimal: Automaton) -> Answer:
    letters = [tuple(column) for column in minimal.table.T.tolist()]
    length = PermutationGroup(minimal.n_states, tuple(letters)).derived_length
    if length is not None:
        return Solvable(length)
    words: list[Word] = [(letter,) for letter in minimal.alphabet]
    return _evidence(tuple(range(minimal.n_states)), tuple(letters), words)


def _evidence(
    states: tuple[int, ...], generators: tuple[Permutation, ...], words: list[Word]
) -> NotSolvable:
    """A pair of words as `NotSolvable` needs it, sought among short products of generators.

    If there is none, it is sought among products of commutators, of their commutators, and so on:
    they come ever closer to the last group of the derived series, where pairs are not rare.
    """
    named = dict(zip(generators, words, strict=True))
    for _ in range(_ROUNDS):
        pool = _products(named)
        pair = _coprime_pair(pool)
        if pair is not None:
            (x, u), (y, v) = pair
            orders = (_permutation_order(x), _permutation_order(y), _permutation_order(then(x, y)))
            return NotSolvable(states, u, v, orders)
        named = _commutators(pool)
    raise BudgetExceeded("pools of elements searched for evidence", _ROUNDS, _ROUNDS, fixed=True)


def _products(named: dict[Permutation, Word]) -> dict[Permutation, Word]:
    """The first products of permutations, with their words, shortest products first."""
    pool = dict(named)
    queue = list(named)
    for x in queue:
        for y, word in named.items():
            product = then(x, y)
            if product not in pool:
                pool[product] = pool[x] + word
                queue.append(product)
        if len(pool) > _POOL:
            break
    return pool


def _commutators(pool: dict[Permutation, Word]) -> dict[Permutation, Word]:
    found: dict[Permutation, Word] = {}
    for x, y in combinations(sorted(pool, key=lambda element: len(pool[element]))[:12], 2):
        m, n = _permutation_order(x) - 1, _permutation_order(y) - 1
        commutator = then(then(power(x, m), power(y, n)), then(x, y))
        found.setdefault(commutator, pool[x] * m + pool[y] * n + pool[x] + pool[y])
    return found


def _coprime_pair(
    pool: dict[Permutation, Word],
) -> tuple[tuple[Permutation, Word], tuple[Permutation, Word]] | None:
    """Two permutations whose orders and whose product's order are pairwise coprime."""
    parts = sorted(_primary_parts(pool), key=lambda part: (len(part[2]), part[0]))[:_POOL]
    for m, x, u in parts:
        for n, y, v in parts:
            if gcd(m, n) == 1:
                order = _permutation_order(then(x, y))
                if gcd(order, m * n) == 1 < order:
                    return (x, u), (y, v)
    return None


def _primary_parts(
    pool: dict[Permutation, Word],
) -> Iterator[tuple[int, Permutation, Word]]:
    """The powers of the elements that have prime power orders above 1: order, element, word."""
    seen: set[Permutation] = set()
    for element, word in pool.items():
        order = _permutation_order(element)
        for prime in prime_divisors(order):
            exponent = order
            while exponent % prime == 0:
                exponent //= prime
            part = power(element, exponent)
            if part not in seen:
                seen.add(part)
                yield order // exponent, part, word * exponent


def _permutation_order(permutation: Permutation) -> int:
    order, seen = 1, set[int]()
    for start in range(len(permutation)):
        length, point = 0, start
        while point not in seen:
            seen.add(point)
            length, point = length + 1, permutation[point]
        order = lcm(order, length or 1)
    return order
