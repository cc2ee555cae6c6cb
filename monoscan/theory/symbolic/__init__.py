"""Transition matrices with free parameters, on sympy: spectra, conditions, exact substitution.

>>> import monoscan as ms
>>> product = ms.symbolic.householder_product(2)
>>> product.eigenvalues()[0].free_symbols == set(product.symbols)
True
"""

from monoscan.theory.symbolic.classes import NoSymbolicFormError, of
from monoscan.theory.symbolic.families import (
    common_phase,
    dense,
    diagonal,
    diagonal_complex,
    diagonal_plus_rank_one,
    gated,
    householder,
    householder_diagonal,
    householder_product,
    permutation_diagonal,
    scalar,
    scalar_plus_rank_one,
    time_invariant,
    triangular,
)
from monoscan.theory.symbolic.parameters import Parameter, ParameterError
from monoscan.theory.symbolic.spectrum import NoClosedFormError, x
from monoscan.theory.symbolic.transition import SymbolicTransition

__all__ = [
    "NoClosedFormError",
    "NoSymbolicFormError",
    "Parameter",
    "ParameterError",
    "SymbolicTransition",
    "common_phase",
    "dense",
    "diagonal",
    "diagonal_complex",
    "diagonal_plus_rank_one",
    "gated",
    "householder",
    "householder_diagonal",
    "householder_product",
    "of",
    "permutation_diagonal",
    "scalar",
    "scalar_plus_rank_one",
    "time_invariant",
    "triangular",
    "x",
]
