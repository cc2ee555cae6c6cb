"""Eigenvalues of products of a few generalised Householder factors.

Two factors with beta in [0, 1] have all eigenvalues in [0, 1]: their product is similar to a
positive semidefinite matrix (Grazzi et al., arXiv:2411.12537, Proposition 1). Two factors give
non-real eigenvalues only if both have beta > 1 (DeltaProduct, arXiv:2502.10297, Proposition 1).
Three factors with beta = 1 can have a negative eigenvalue, and three with beta in [0, 1] a
non-real one. With beta in [0, 2), the closed end left out, 1 is the only eigenvalue of modulus 1.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from monoscan.theory.factor.elimination import inner
from monoscan.theory.numbers import ONE, ZERO, Number
from monoscan.theory.transition import Householder, HouseholderProduct


@dataclass(frozen=True)
class PairSpectrum:
    """The eigenvalues of F_1 F_2 on the plane of the two directions; elsewhere they are 1.

    Attributes:
        trace: their sum.
        determinant: their product.
    """

    trace: Number
    determinant: Number

    @property
    def discriminant(self) -> Number:
        """trace^2 - 4 determinant; the two eigenvalues are not real exactly if it is negative."""
        return self.trace * self.trace - 4 * self.determinant

    @property
    def is_real(self) -> bool:
        """Whether both eigenvalues are real."""
        return self.discriminant >= 0

    @property
    def is_in_unit_interval(self) -> bool:
        """Whether both eigenvalues are real and in [0, 1].

        The polynomial x^2 - trace x + determinant has real roots, its value is not negative at 0
        and at 1, and its vertex trace/2 lies in [0, 1].
        """
        ends = self.determinant >= 0 and ONE - self.trace + self.determinant >= 0
        return self.is_real and ends and ZERO <= self.trace <= ONE + ONE


def pair_spectrum(first: Householder, second: Householder) -> PairSpectrum:
    """Trace and determinant of F_1 F_2 on the plane of its directions.

    With c^2 = (v^T w)^2 / (v^T v w^T w) the trace is (1 - b_1) + (1 - b_2) + b_1 b_2 c^2 and the
    determinant (1 - b_1)(1 - b_2). For parallel directions one of the two eigenvalues is 1.

    Raises:
        ValueError: if the dimensions differ.

    >>> e, f = (ONE, ZERO), (ONE, ONE)
    >>> pair_spectrum(Householder(e, ONE + ONE), Householder(f, ONE + ONE)).is_real
    False
    >>> pair_spectrum(Householder(e, ONE), Householder(f, ONE)).is_in_unit_interval
    True
    """
    if len(first.v) != len(second.v):
        raise ValueError(
            f"the factors have dimensions {len(first.v)} and {len(second.v)}; they must be equal"
        )
    cross = inner(first.v, second.v)
    cosine = cross * cross / (inner(first.v, first.v) * inner(second.v, second.v))
    left, right = ONE - first.beta, ONE - second.beta
    trace = left + right + first.beta * second.beta * cosine
    return PairSpectrum(trace, left * right)


# Grazzi et al., Proposition 1 (3) stops at two factors: eigenvalues 0 and -63/625.
THREE_PROJECTIONS = HouseholderProduct(
    (
        Householder((ONE, ZERO), ONE),
        Householder((Fraction(3), Fraction(4)), ONE),
        Householder((Fraction(-7), Fraction(24)), ONE),
    )
)


def is_open_range(factors: Iterable[Householder]) -> bool:
    """Whether every beta is in [0, 2), so that 1 is the only eigenvalue of modulus 1.

    A factor with beta in [0, 2) shortens every vector, real or complex, that it does not fix. If a
    product keeps the length of x, every factor therefore fixes x, and so does the product.
    Grazzi et al. (arXiv:2411.12537), Proposition 1 (3).

    >>> is_open_range((Householder((ONE,), ONE + ONE),))
    False
    """
    return all(0 <= factor.beta < 2 for factor in factors)
