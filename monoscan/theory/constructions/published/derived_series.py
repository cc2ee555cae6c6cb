"""A solvable group in as many diagonal layers as its derived series has steps, without any delay.

Shakerinava et al., arXiv 2603.01959: complex diagonal stacks of k layers track a group exactly if
it has a series of length k with abelian factors. We know the theorem from its abstract; the network
is the embedding of Kaloujnine and Krasner (1951), one layer a factor, and is ours.

Let G = G_0 > G_1 > ... > G_k = 1 be the derived series. Each element is n_1 t_0 with n_1 in G_1 and
t_0 in a fixed set of representatives of the cosets G_1 g; likewise n_1 = n_2 t_1, and so on.
Multiplied by c_0 = x on the right, n_1 t_0 becomes n_1 c_1 t_0', where t_0' represents the coset of
t_0 x and c_1 = t_0 x t_0'^-1 is in G_1 and does not depend on n_1. So layer i multiplies the coset
of t_i in the abelian group G_i/G_(i+1) by that of c_i: characters turn this into a diagonal matrix
of roots of unity. c_i is made of x and the *old* t_j of the layers below, and these follow from
the new ones, because a layer's coset is the new one divided by what it was multiplied by.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from monoscan.automata import Automaton
from monoscan.automata.group_table import GroupTable
from monoscan.theory.constructions.matrices import Matrices, diagonal
from monoscan.theory.constructions.published.abelian import exponent, separating_characters
from monoscan.theory.constructions.published.letter_group import LetterGroup, letter_group
from monoscan.theory.constructions.published.wiring import LayerPlan, tabulate
from monoscan.theory.constructions.registry import UnsupportedError, construction
from monoscan.theory.lrnn import LRNN, Case, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ZERO, Number, zeta
from monoscan.theory.transition import Diagonal


@dataclass(frozen=True)
class Factor:
    """A factor G_i/G_(i+1) of the derived series.

    Attributes:
        coset: for each element of G_i the number of its coset of G_(i+1); the trivial one is 0.
        representatives: one element of G for each coset, the identity for the trivial one.
        table: the products of cosets.
    """

    coset: dict[int, int]
    representatives: tuple[int, ...]
    table: GroupTable


def derived_factors(table: GroupTable, *, squares: bool = False) -> tuple[Factor, ...] | None:
    """The factors of the derived series from the top, or None if it does not end in 1.

    Args:
        table: the group.
        squares: whether each next group contains the squares too, so that in the factors every
            element has order at most 2. No series with such factors is shorter.

    >>> four = GroupTable(np.array([[(i + j) % 4 for j in range(4)] for i in range(4)], np.int16))
    >>> [[len(f.table) for f in derived_factors(four, squares=s) or ()] for s in (False, True)]
    [[4], [2, 2]]
    """
    current, factors = frozenset(range(len(table))), []
    while len(current) > 1:
        smaller = _derived(table, current, squares=squares)
        if smaller == current:
            return None
        factors.append(_factor(table, current, smaller))
        current = smaller
    return tuple(factors)


def _inverse(table: GroupTable, element: int) -> int:
    return int(np.flatnonzero(table.products[element] == 0)[0])


def _derived(table: GroupTable, group: frozenset[int], *, squares: bool) -> frozenset[int]:
    products = table.products
    inverse = {g: _inverse(table, g) for g in group}
    commutators = {
        int(products[products[inverse[g], inverse[h]], products[g, h]])
        for g in group
        for h in group
    }
    if squares:
        commutators |= {int(products[g, g]) for g in group}
    found, queue = {0}, [0]
    for element in queue:
        for commutator in commutators:
            product = int(products[element, commutator])
            if product not in found:
                found.add(product)
                queue.append(product)
    return frozenset(found)


def _factor(table: GroupTable, group: frozenset[int], normal: frozenset[int]) -> Factor:
    coset: dict[int, int] = {}
    representatives: list[int] = []
    for g in sorted(group):
        if g not in coset:
            coset |= {int(table.products[n, g]): len(representatives) for n in normal}
            representatives.append(g)
    rows = [[coset[int(table.products[s, t])] for t in representatives] for s in representatives]
    return Factor(coset, tuple(representatives), GroupTable(np.array(rows, dtype=np.int16)))


@lru_cache(maxsize=64)
def _series(automaton: Automaton, *, squares: bool) -> tuple[Factor, ...] | str:
    """The factors, at least one, or in words why there is no series."""
    group = letter_group(automaton)
    if isinstance(group, str):
        return group
    factors = derived_factors(group.table, squares=squares)
    if factors:
        return factors
    kind = "trivial" if factors == () else "no 2-group" if squares else "not solvable"
    return f"the letters generate a group that is {kind}"


def _supports(automaton: Automaton, *, squares: bool) -> str | None:
    found = _series(automaton, squares=squares)
    return found if isinstance(found, str) else None


def _factors(automaton: Automaton, *, squares: bool) -> tuple[Factor, ...]:
    found = _series(automaton, squares=squares)
    if isinstance(found, str):
        raise UnsupportedError(found)
    return found


def _depth(automaton: Automaton, *, squares: bool) -> int:
    return len(_factors(automaton, squares=squares))


def _has_signs_only(automaton: Automaton) -> bool:
    return all(exponent(f.table) == 2 for f in _factors(automaton, squares=False))


def _matrices(automaton: Automaton) -> Matrices:
    return diagonal(0, 1, -1 if _has_signs_only(automaton) else zeta(3))


@construction(
    "derived-series",
    statement="A solvable group in as many diagonal layers as its derived series has steps, "
    "without delays: each layer multiplies cosets in an abelian factor by roots of unity",
    source="Shakerinava et al., arXiv 2603.01959; the embedding is that of Kaloujnine and Krasner "
    "(1951)",
    matrices=_matrices,
    depth=lambda automaton: _depth(automaton, squares=False),
    supports=lambda automaton: _supports(automaton, squares=False),
)
def derived_series_network(automaton: Automaton) -> LRNN:
    """The network, one layer a step of the derived series.

    Raises:
        UnsupportedError: if the letters do not permute the states, or generate the trivial group,
            a group that is not solvable or one of more than 120 elements.
        BudgetExceeded: if there are too many joint states.

    >>> from monoscan.automata import get_language
    >>> network = derived_series_network(get_language("s3").build())
    >>> len(network.layers), network.output(["(1,2)", "(2,3)"])
    (2, '(1,3,2)')
    """
    return _network(automaton, _factors(automaton, squares=False))


@construction(
    "elementary-two-series",
    statement="A 2-group in diagonal layers of signs, without delays: one layer a step of the "
    "series in which each group is generated by the squares and commutators of the one before",
    source="This project, by the embedding of Kaloujnine and Krasner (1951); with the diagonal "
    "layers of Shakerinava et al., arXiv 2603.01959",
    depth=lambda automaton: _depth(automaton, squares=True),
    supports=lambda automaton: _supports(automaton, squares=True),
)
def elementary_two_series_network(automaton: Automaton) -> LRNN:
    """The network, one layer a step of the series.

    Raises:
        UnsupportedError: if the letters do not permute the states, or generate the trivial group,
            a group that is no 2-group or one of more than 120 elements.
        BudgetExceeded: if there are too many joint states.

    >>> from monoscan.automata import get_language
    >>> len(elementary_two_series_network(get_language("q8").build()).layers)
    2
    """
    return _network(automaton, _factors(automaton, squares=True))


def _network(automaton: Automaton, factors: tuple[Factor, ...]) -> LRNN:
    group = letter_group(automaton)
    assert not isinstance(group, str)
    wiring = _Wiring(group, factors, dict(zip(automaton.alphabet, group.letters, strict=True)))
    last = len(factors) - 1
    plans = tuple(wiring.layer(index, is_last=index == last) for index in range(len(factors)))
    return tabulate(automaton, plans)


@dataclass(frozen=True)
class _Wiring:
    group: LetterGroup
    factors: tuple[Factor, ...]
    letters: dict[str, int]

    def layer(self, index: int, *, is_last: bool) -> LayerPlan:
        factor = self.factors[index]
        e, rows = exponent(factor.table), separating_characters(factor.table)
        values = [tuple(zeta(e, int(row[coset])) for row in rows) for coset in range(len(rows[0]))]
        names = {Matrix.column(value): str(coset) for coset, value in enumerate(values)}
        # A network answers from the state of its last layer, which keeps the cosets below as well.
        start = Matrix.column([*values[0], *[ZERO] * is_last])

        def case(symbol: Symbol) -> Case:
            cosets = tuple(int(str(value)) for value in symbol[1:])
            turn = values[factor.coset[self._summand(str(symbol[0]), cosets)]]
            if not is_last:
                return Case(Diagonal(turn), Matrix.zeros(*start.shape))
            kept: list[Number | int] = [*[ZERO] * len(turn), self._code(cosets)]
            return Case(Diagonal((*turn, ZERO)), Matrix.column(kept))

        report = None if is_last else names.__getitem__
        return LayerPlan(start, case, report, reads=tuple(range(1, index + 1)))

    def _summand(self, letter: str, cosets: tuple[int, ...]) -> int:
        """c_i of the layer above the ones with these new cosets."""
        products = self.group.table.products
        c = self.letters[letter]
        for factor, new in zip(self.factors, cosets, strict=False):
            steps = factor.table.products[:, factor.coset[c]]
            old = int(np.flatnonzero(steps == new)[0])
            before, after = factor.representatives[old], factor.representatives[new]
            c = int(products[products[before, c], _inverse(self.group.table, after)])
        return c

    def _code(self, cosets: tuple[int, ...]) -> int:
        code = 0
        for factor, coset in zip(self.factors, cosets, strict=False):
            code = code * len(factor.table) + coset
        return code
