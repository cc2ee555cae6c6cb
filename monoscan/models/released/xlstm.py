"""The layers of xLSTM as the package xlstm 2.0 has them: mLSTM, and the non-linear sLSTM."""

from __future__ import annotations

from typing import Final, final

import torch
from torch import Tensor, nn
from torch.nn.functional import group_norm, logsigmoid, silu

from monoscan.models.released.mixer import Memory, Mixed, Mixer
from monoscan.models.released.parts import ShortConvolution, heads_of
from monoscan.models.released.settings import Settings

_EPSILON: Final = 1e-6  # of the normaliser
_NORM_EPSILON: Final = 1e-5


@final
class _Blocks(nn.Module):
    """A linear map of each block of channels."""

    def __init__(self, width: int, blocks: int, bias: bool = False) -> None:
        super().__init__()
        size = width // blocks
        self.weight = nn.Parameter(torch.randn(blocks, size, size) / size**0.5)
        self.bias = nn.Parameter(torch.zeros(width)) if bias else None

    def forward(self, x: Tensor) -> Tensor:
        """[B, T, width]."""
        found = torch.einsum("bthi,hoi->btho", heads_of(x, self.weight.shape[-1]), self.weight)
        return found.flatten(-2) if self.bias is None else found.flatten(-2) + self.bias


@final
class _Convolved(nn.Module):
    """A short convolution under the name that the package gives it."""

    def __init__(self, width: int, size: int) -> None:
        super().__init__()
        self.conv = ShortConvolution(width, size, bias=True)


@final
class _NormOfHeads(nn.Module):
    """A layer norm of each head, whose weight is kept less 1."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(width))

    def forward(self, x: Tensor) -> Tensor:
        """[B, T, width] for [B, T, H, size]."""
        flat = x.flatten(0, 1).flatten(1)
        normal = group_norm(flat, x.shape[2], 1 + self.weight, None, _NORM_EPSILON)
        return normal.view(*x.shape[:2], -1)


@final
class _MatrixCell(nn.Module):
    """The gates and the norm of an mLSTM."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.igate = nn.Linear(3 * width, heads)
        self.fgate = nn.Linear(3 * width, heads)
        self.outnorm = _NormOfHeads(width)


class MatrixLSTM(Mixer):
    """S <- f S + i v k^T, n <- f n + i k, read as S q / max(|n q|, 1), with f = sigmoid, i = exp.

    Both are kept over exp(m), where m is the largest exponent so far, so that nothing overflows.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width, self.heads = settings.whole("embedding_dim"), settings.whole("num_heads", 4)
        inner = settings.multiple("embedding_dim", settings.number("proj_factor", 2.0))
        # The package rounds up to this.
        multiple = settings.whole("round_proj_up_to_multiple_of", 64)
        inner = multiple * -(-inner // multiple)
        self.head = settings.split(inner, self.heads, "channels")
        blocks = settings.split(inner, settings.whole("qkv_proj_blocksize", 4), "channels")
        bias = settings.flag("bias", False)
        self.proj_up = nn.Linear(width, 2 * inner, bias=bias)
        self.q_proj = _Blocks(inner, blocks, bias)
        self.k_proj = _Blocks(inner, blocks, bias)
        self.v_proj = _Blocks(inner, blocks, bias)
        self.conv1d = _Convolved(inner, settings.whole("conv1d_kernel_size", 4))
        self.mlstm_cell = _MatrixCell(inner, self.heads)
        self.learnable_skip = nn.Parameter(torch.ones(inner))
        self.proj_down = nn.Linear(inner, width, bias=bias)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """One number a head."""
        x, gate = self.proj_up(x).chunk(2, -1)
        seen, kept = self.conv1d.conv.advance(x, memory.get("convolution"))
        q, k, v = self.q_proj(seen), self.k_proj(seen), self.v_proj(x)
        gates = torch.cat([q, k, v], -1)
        written = self.mlstm_cell.igate(gates)
        forgotten = logsigmoid(self.mlstm_cell.fgate(gates))
        q, k, v = (heads_of(y, self.head) for y in (q, k * self.head**-0.5, v))
        largest = memory.get("largest", torch.full_like(written[:, 0], -torch.inf))
        state = memory.get("state", q.new_zeros(len(x), self.heads, self.head, self.head))
        total = memory.get("total", q.new_zeros(len(x), self.heads, self.head))
        read = []
        for token in range(x.shape[1]):
            top = torch.maximum(forgotten[:, token] + largest, written[:, token])
            old = (forgotten[:, token] + largest - top).exp().unsqueeze(-1)
            new = (written[:, token] - top).exp().unsqueeze(-1)
            key, query = new * k[:, token], q[:, token]
            state = old.unsqueeze(-1) * state + v[:, token].unsqueeze(-1) * key.unsqueeze(-2)
            total, largest = old * total + key, top
            size = (total * query).sum(-1).abs().maximum((-top).exp()) + _EPSILON
            read.append((state * query.unsqueeze(-2)).sum(-1) / size.unsqueeze(-1))
        out = self.mlstm_cell.outnorm(torch.stack(read, 1)) + self.learnable_skip * seen
        after = {"convolution": kept, "state": state, "total": total, "largest": largest}
        return Mixed(self.proj_down(out * silu(gate)), after)


@final
class _ScalarCell(nn.Module):
    """What the outputs give to the gates of the next token, as the form in plain torch keeps it."""

    def __init__(self, heads: int, size: int) -> None:
        super().__init__()
        self._recurrent_kernel_ = nn.Parameter(torch.zeros(heads, 4 * size, size))
        self._bias_ = nn.Parameter(torch.zeros(4 * heads * size))

    def gates(self, y: Tensor) -> Tensor:
        """[B, 4, H, size] for outputs [B, H, size]."""
        heads, size = y.shape[1:]
        found = torch.einsum("bhi,hoi->bho", y, self._recurrent_kernel_)
        return found.view(-1, heads, 4, size).transpose(1, 2) + self._bias_.view(4, heads, size)


class ScalarLSTM(Mixer):
    """c <- f c + i tanh(z), n <- f n + i, y = o c / n, whose gates also see y of the token before.

    No linear RNN: the gates depend on the state. As in the package, the first gate of the cell gets
    what is called `fgate`, and the second what is called `igate`.
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        width, self.heads = settings.whole("embedding_dim"), settings.whole("num_heads", 4)
        self.head = settings.split(width, self.heads, "channels")
        size = settings.whole("conv1d_kernel_size", 4, least=0)
        self.conv1d = _Convolved(width, size) if size else None
        self.fgate, self.igate = _Blocks(width, self.heads), _Blocks(width, self.heads)
        self.zgate, self.ogate = _Blocks(width, self.heads), _Blocks(width, self.heads)
        self.slstm_cell = _ScalarCell(self.heads, self.head)
        self.group_norm = _NormOfHeads(width)

    def advance(self, x: Tensor, memory: Memory) -> Mixed:
        """No transition that is linear."""
        seen, after = x, {}
        if self.conv1d is not None:
            seen, after["convolution"] = self.conv1d.conv.advance(x, memory.get("convolution"))
        parts = [self.fgate(seen), self.igate(seen), self.zgate(x), self.ogate(x)]
        given = heads_of(torch.stack(parts, 2), self.head)  # [B, T, 4, H, size]
        nothing = torch.zeros_like(given[:, 0, 0])
        y, c, n = (memory.get(name, nothing) for name in ("y", "c", "n"))
        largest = memory.get("largest", torch.full_like(nothing, -torch.inf))
        read = []
        for token in range(x.shape[1]):
            new, old, z, o = (given[:, token] + self.slstm_cell.gates(y)).unbind(1)
            kept = logsigmoid(old) + largest
            largest = torch.maximum(new, kept)
            written, forgotten = (new - largest).exp(), (kept - largest).exp()
            c, n = forgotten * c + written * z.tanh(), forgotten * n + written
            y = o.sigmoid() * c / n
            read.append(y)
        out = self.group_norm(torch.stack(read, 1))
        return Mixed(out, {**after, "y": y, "c": c, "n": n, "largest": largest})
