"""Exact factorisations of matrices into the factors that linear RNNs are made of."""

from monoscan.theory.factor.contraction import (
    NotContractionError,
    contraction_factors,
    product_of,
)
from monoscan.theory.factor.factor_spectra import (
    THREE_PROJECTIONS,
    PairSpectrum,
    is_open_range,
    pair_spectrum,
)
from monoscan.theory.factor.norm import growing_vector
from monoscan.theory.factor.polar import polar_factors, svd_factors
from monoscan.theory.factor.reflections import (
    NotOrthogonalError,
    permutation_matrix,
    reflection_length,
    reflections,
    reflections_onto,
)
from monoscan.theory.factor.roots import RootOutOfReachError
from monoscan.theory.factor.swap_copy import SwapCopy, map_matrix, matrix_map, swaps_and_copies

__all__ = [
    "THREE_PROJECTIONS",
    "NotContractionError",
    "NotOrthogonalError",
    "PairSpectrum",
    "RootOutOfReachError",
    "SwapCopy",
    "contraction_factors",
    "growing_vector",
    "is_open_range",
    "map_matrix",
    "matrix_map",
    "pair_spectrum",
    "permutation_matrix",
    "polar_factors",
    "product_of",
    "reflection_length",
    "reflections",
    "reflections_onto",
    "svd_factors",
    "swaps_and_copies",
]
