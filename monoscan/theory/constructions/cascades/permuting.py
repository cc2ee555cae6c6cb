"""Permutations of n points as products of reflections of R^n."""

from __future__ import annotations

from functools import cache

from monoscan.theory.constructions.cascades.wiring import Action
from monoscan.theory.factor.reflections import permutation_matrix, reflections
from monoscan.theory.numbers import ONE, ZERO
from monoscan.theory.transition import Householder, HouseholderProduct


@cache
def permutation_transition(action: Action) -> Householder | HouseholderProduct:
    """The permutation matrix P with P e_i = e_action(i), as n - #cycles reflections.

    The identity is written as one factor with beta = 0.

    >>> len(permutation_transition((1, 2, 0)).factors)
    2
    """
    factors = reflections(permutation_matrix(action))
    if not factors:
        return Householder((ONE,) + (ZERO,) * (len(action) - 1), ZERO)
    return factors[0] if len(factors) == 1 else HouseholderProduct(factors)
