"""Groups of prime order p as rotations: by roots of unity, and by pairs of reflections."""

from __future__ import annotations

from typing import final

from monoscan.theory.constructions.cascades.wiring import Action, WiredLevel
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import ONE, ZERO, Number, cosine, number, sine, zeta

MAX_REFLECTED = 17
"""The largest prime p such that Q(zeta_4p), with sines and cosines, has a degree of at most 32."""


def root(p: int, k: int) -> Number:
    """exp(2 pi i k / p).

    >>> root(2, 1)
    Fraction(-1, 1)
    """
    return zeta(p, k % p)


@final
class CyclicCoding:
    """The states of a level whose permutations are the powers of one of prime order p.

    Each state gets the number of its orbit and its distance from the first state of the orbit;
    states that no permutation moves get the distance None.

    Args:
        level: the level; some permutation moves a state.

    Raises:
        ValueError: if its group is not of prime order.
    """

    def __init__(self, level: WiredLevel) -> None:
        self.prime = level.group_order
        if not is_prime(self.prime):
            raise ValueError(f"the group of level {level.number} has order {self.prime}, no prime")
        points = tuple(range(level.n_states))
        generator = next((a for a in level.permutations() if a != points), points)
        self._powers = [points]
        while len(self._powers) < self.prime:
            self._powers.append(tuple([generator[point] for point in self._powers[-1]]))
        self._orbits: list[int] = [0] * len(points)
        self._distances: list[int | None] = [None] * len(points)
        firsts = [q for q in points if q == min(power[q] for power in self._powers)]
        for orbit, first in enumerate(firsts):
            self._orbits[first] = orbit
            for distance, power in enumerate(self._powers):
                if generator[first] != first:
                    self._orbits[power[first]] = orbit
                    self._distances[power[first]] = distance
        self._n_orbits = len(firsts)

    def shift(self, action: Action) -> int:
        """The k such that a permutation is the k-th power of the generator."""
        return self._powers.index(action)

    def moved(self, point: int, shift: int) -> int:
        """Where the power of the generator with this exponent takes a state."""
        return self._powers[shift % self.prime][point]

    def state(self, point: int) -> Matrix:
        """The code of a state: a root of unity (or 0), below the orbit's number if it matters."""
        distance = self._distances[point]
        turn = ZERO if distance is None else root(self.prime, distance)
        if self._n_orbits == 1:
            return Matrix(((turn,),))
        return Matrix(((number(self._orbits[point]),), (turn,)))


def is_prime(n: int) -> bool:
    """Whether n is a prime number.

    >>> [n for n in range(12) if is_prime(n)]
    [2, 3, 5, 7, 11]
    """
    return n > 1 and all(n % d for d in range(2, int(n**0.5) + 1))


@final
class Reflections:
    """The 2p symmetries of the regular p-gon, p an odd prime, and a vector that all of them move.

    With rho the rotation by 2 pi / p and s one reflection, the reflections are rho^j s. For p = 3
    they are the swaps of the coordinates of R^3, otherwise reflections of the plane over a
    cyclotomic field.

    >>> group = Reflections(3)
    >>> [int(entry) for entry in group.direction(1)]
    [1, -1, 0]
    """

    def __init__(self, p: int) -> None:
        self.p = p

    @property
    def start(self) -> Matrix:
        """The vector h."""
        return Matrix.column([0, 1, 2]) if self.p == 3 else self._angle(0)

    def direction(self, j: int) -> tuple[Number, ...]:
        """The normal vector of the mirror of rho^j s."""
        j %= self.p
        if self.p == 3:
            # rho^j s takes coordinate i to coordinate j - i.
            fixed = 2 * j % 3
            first, second = (i for i in range(3) if i != fixed)
            return tuple(ONE if i == first else -ONE if i == second else ZERO for i in range(3))
        return -sine(2 * j + 1, 4 * self.p), cosine(2 * j + 1, 4 * self.p)

    def states(self) -> dict[Matrix, int]:
        """The g for each of the 2p vectors rho^g h and s rho^g h."""
        states: dict[Matrix, int] = {}
        for g in range(self.p):
            if self.p == 3:
                turned = [(i - g) % 3 for i in range(3)]
                states[Matrix.column(turned)] = g
                states[Matrix.column([turned[-i % 3] for i in range(3)])] = g
            else:
                states[self._angle(2 * g)] = g
                states[self._angle(1 - 2 * g)] = g
        return states

    def _angle(self, k: int) -> Matrix:
        """The unit vector at the angle k pi / p."""
        k %= 2 * self.p
        return Matrix(((cosine(k, 2 * self.p),), (sine(k, 2 * self.p),)))
