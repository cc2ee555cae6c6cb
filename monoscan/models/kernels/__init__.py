"""The two recurrences that every linear RNN here is made of, fast and differentiable.

`diagonal_scan` is h_t = a_t * h_(t-1) + b_t and `rank_one` is S <- S (diag(w) + a b^T) + v k^T.
Each has one entry point that picks a backend by device: a float64 loop (the oracle), a chunked form
in plain torch, a compiled form for the processor and a Triton form for a GPU.
"""

from monoscan.models.kernels.backend import BACKENDS, Backend, SlowKernelWarning
from monoscan.models.kernels.checks import KernelInputError
from monoscan.models.kernels.diagonal_scan.dispatch import DiagonalScanResult, diagonal_scan
from monoscan.models.kernels.rank_one.dispatch import RankOneResult, rank_one

__all__ = [
    "BACKENDS",
    "Backend",
    "DiagonalScanResult",
    "KernelInputError",
    "RankOneResult",
    "SlowKernelWarning",
    "diagonal_scan",
    "rank_one",
]
