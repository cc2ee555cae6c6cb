"""Custom operators."""
from torch import Tensor
from monoscan.models.kernels.rank_one.chunked import chunked_rank_one
def rank_one_op(w: Tensor | None, a: Tensor, b: Tensor, v: Tensor, k: Tensor, q: Tensor, S0: Tensor, n_h: int, backend: str) -> tuple[Tensor, Tensor]:
    return chunked_rank_one(w, a, b, v, k, q, S0, n_h)
