"""A compiled layer: symbols in, what the layer reports out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, final

import torch
from torch import Tensor, nn

from monoscan.models.compile.errors import CompileError
from monoscan.models.compile.plan import DICTIONARIES
from monoscan.models.compile.recurrence import is_complex, run
from monoscan.models.kernels import Backend
from monoscan.models.layers import LayerConfig, LinearRNN
from monoscan.models.layers.recurrent import Dictionary, RecurrentState

OWN: Final = "layer."
_BUFFERS: Final = ("codes", "reports", "observed", "source", "cells", "moves")
_AT_ONCE: Final = 2**24  # numbers in the largest tensor


@final
@dataclass(frozen=True, eq=False)
class Reading:
    """What a layer reports of a piece of words.

    Attributes:
        distances: [B, T, R], how far the state is from the nearest one with each report.
        state: The layer's own state after the last token.
    """

    distances: Tensor
    state: Tensor


@final
class CompiledLayer(nn.Module):
    """A layer of the training code with the weights of an exact layer, and its read-out.

    An exact state H is n x d. Queries, or the state itself where it is a vector, give all of its
    entries; the read-out is the nearest of the states that words lead to. The layer's own norm and
    output map are not used: the norm would lose the length of the state.

    Args:
        config: The layer.
        tensors: By name. ``embedding``, [symbols, width]; ``layer.NAME``, the layer's parameters;
            ``codes`` [C, D], the reachable states, the initial one first, imaginary parts after
            real ones; ``reports`` [C], the number of what the layer reports in each, -1 if no
            word ends there; ``observed`` [n d], where the entries of H are in what the layer
            gives; ``source`` [...], the entry of H that each entry of the layer's state holds,
            n d if it is 0; ``cells`` [cells, 3], first coordinate, size and first head; ``moves``
            [M, 3], number of a state, a symbol and the next state, for each step that occurs.
    """

    codes: Tensor
    reports: Tensor
    observed: Tensor
    source: Tensor
    cells: Tensor
    moves: Tensor

    def __init__(self, config: LayerConfig, tensors: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Parameter(tensors["embedding"])
        for name in _BUFFERS:
            self.register_buffer(name, tensors[name])
        self.layer = _layer(config, tensors)

    @property
    def n_reports(self) -> int:
        """How many different things the layer reports."""
        return int(self.reports.max()) + 1

    @property
    def entries_a_token(self) -> int:
        """Numbers that one token takes in memory, about."""
        config = self.config
        own = config.width * (config.head_width if isinstance(self.layer, RecurrentState) else 8)
        return max(own * config.n_h, len(self.codes))

    def exact_in(self) -> tuple[str, ...]:
        """The formats that hold the weights without rounding; ask before they are rounded.

        The layer divides keys by their length, which may round all the same.
        """
        weights = [self.embedding, *self.layer.parameters()]
        formats = (("bf16", torch.bfloat16), ("fp32", torch.float32))
        return tuple(
            name
            for name, dtype in formats
            if all(torch.equal(weight.to(dtype).to(weight.dtype), weight) for weight in weights)
        )

    def gap(self) -> float:
        """The least distance of two states with different reports; infinite if there are none."""
        found = torch.inf
        codes, reports = self._known()
        codes = codes.double()
        for piece, own in zip(
            _pieces(codes, len(codes)), _pieces(reports, len(codes)), strict=True
        ):
            other = own.unsqueeze(-1) != reports
            distances = _distances(piece, codes)[other]
            if len(distances):
                found = min(found, float(distances.min()))
        return found

    def advance(
        self,
        symbols: Tensor,
        state: Tensor | None = None,
        backend: Backend = "auto",
        *,
        bf16: bool = False,
    ) -> Reading:
        """Reads the next symbols of words.

        Args:
            symbols: int64 [B, T].
            state: The layer's state before them; None for the initial one.
            backend: The form of the kernel.
            bf16: Whether the linear maps are computed in bfloat16.
        """
        if state is None:
            state = self.state_of(self.codes[:1].expand(len(symbols), -1))
        x = nn.functional.embedding(symbols, self.embedding)
        given, last = run(self.layer, x, state, backend, bf16=bf16)
        return Reading(self.read(self.observe(given)), last)

    def observe(self, given: Tensor) -> Tensor:
        """The entries of the exact states, [..., D], in what the layer gives, [..., entries]."""
        if not given.is_complex():
            return given[..., self.observed]
        found = given[..., self.observed]
        return torch.cat([found.real, found.imag], -1)

    def read(self, observations: Tensor) -> Tensor:
        """How far observations [B, T, D] are from the states with each report: [B, T, R]."""
        codes, reports = self._known()
        flat = observations.flatten(0, -2)
        found = []
        for piece in _pieces(flat, len(codes)):
            nearest = piece.new_full((len(piece), self.n_reports), torch.inf)
            places = reports.expand(len(piece), -1)
            found.append(nearest.scatter_reduce(1, places, _distances(piece, codes), "amin"))
        return torch.cat(found).reshape(*observations.shape[:-1], -1)

    def state_of(self, codes: Tensor) -> Tensor:
        """The layer's states for exact states given by their entries, [B, D]."""
        parts = codes.chunk(2, -1) if is_complex(self.layer) else (codes,)
        places = self.source.flatten()
        shape = (len(codes), *self.source.shape)
        filled = [nn.functional.pad(part, (0, 1))[:, places].reshape(shape) for part in parts]
        return torch.complex(filled[0], filled[1]) if len(filled) == 2 else filled[0]

    def matrices(self) -> Tensor:
        """The transition matrix of each symbol, as the layer computes it: [symbols, n, n]."""
        found = self.layer.transitions(self.embedding.unsqueeze(1))[:, 0]
        size = int(self.cells[:, 1].sum())
        joined = found.new_zeros(len(found), size, size)
        for start, width, head in self.cells.tolist():
            end = start + width
            joined[:, start:end, start:end] = found[:, head, :width, :width]
        return joined

    def _known(self) -> tuple[Tensor, Tensor]:
        """The states in which words end, and the reports there."""
        ends = self.reports >= 0
        return self.codes[ends], self.reports[ends]


def _pieces(rows: Tensor, others: int) -> tuple[Tensor, ...]:
    return torch.split(rows, max(1, _AT_ONCE // max(others, 1)))


def _distances(rows: Tensor, codes: Tensor) -> Tensor:
    # Differences of close vectors: |x|^2 - 2 x.c + |c|^2 would lose the digits that count.
    return torch.cdist(rows, codes, compute_mode="donot_use_mm_for_euclid_dist")


def _layer(config: LayerConfig, tensors: Mapping[str, Tensor]) -> LinearRNN:
    layer = config.kind.build(config)
    assert isinstance(layer, LinearRNN)
    name = DICTIONARIES.get(config.layer)
    if name is not None:
        # The training layer has a dictionary of fixed size; this one needs one matrix a symbol.
        size = tensors[f"{OWN}{name}.matrices"].shape[1]
        setattr(layer, name, Dictionary(config, size))
    given = {key.removeprefix(OWN): t for key, t in tensors.items() if key.startswith(OWN)}
    layer.to(tensors["codes"].dtype)
    wrong = [key for key, value in layer.state_dict().items() if _shape(given, key) != value.shape]
    if wrong or len(given) != len(layer.state_dict()):
        raise CompileError(
            f"the parameters {', '.join(wrong) or 'given'} are not those of the layer "
            f"{config.layer}; the file is damaged or of another version: compile again"
        )
    layer.load_state_dict(given)
    return layer


def _shape(given: Mapping[str, Tensor], key: str) -> torch.Size | None:
    return given[key].shape if key in given else None
