"""How long what a token wrote stays in the state."""

from __future__ import annotations

import math
from typing import Final, final

import torch
from torch import Tensor

from monoscan.models.released.steps import EntrySteps, MatrixSteps, Steps

_SHRUNK: Final = math.exp(-1)
_OF_MATRICES: Final = 32
_OF_ENTRIES: Final = 4


@final
class Followed:
    """Follows what tokens of the first half of a text wrote, until it has shrunk to 1/e.

    What a token writes into a matrix state is a value times its key, so that its length changes
    as that of the key does; sub-steps after it belong to the same token.

    Args:
        tokens: How many the text has.
    """

    def __init__(self, tokens: int) -> None:
        self._tokens, self._read = tokens, 0
        self._begins: set[int] = set()
        self._rows = torch.zeros(0)  # what is left, [followed, heads, K]
        self._sizes = torch.zeros(0)  # how long it was, [followed, heads]
        self._lengths = torch.zeros(0)  # tokens until it had shrunk; infinity before
        self._ages = torch.zeros(0, 1)
        self._finished: list[Tensor] = []

    def read(self, steps: Steps) -> None:
        """Reads the next piece of the text; the batch is 1."""
        of_entries = isinstance(steps, EntrySteps)
        if not self._read:
            half = max(1, self._tokens // 2)
            count = min(half, _OF_ENTRIES if of_entries else _OF_MATRICES)
            self._begins = {place * half // count for place in range(count)}
        piece = _Piece(steps)
        for token in range(piece.tokens):
            if len(self._rows):
                self._move(piece, token)
            if self._read in self._begins:
                self._begin(piece, token)
            self._read += 1

    def _move(self, piece: _Piece, token: int) -> None:
        self._rows = piece.moved(self._rows, token)
        self._ages = self._ages + 1
        is_short = piece.sizes(self._rows) <= _SHRUNK * self._sizes
        ages = self._ages.expand_as(self._lengths)
        self._lengths = torch.where(is_short & self._lengths.isinf(), ages, self._lengths)
        is_over = self._lengths.isfinite().all(-1)
        if is_over.any():
            self._finished += self._lengths[is_over].unbind(0)
            kept = ~is_over
            self._rows, self._sizes = self._rows[kept], self._sizes[kept]
            self._lengths, self._ages = self._lengths[kept], self._ages[kept]

    def _begin(self, piece: _Piece, token: int) -> None:
        row = piece.written(token).unsqueeze(0)
        sizes = piece.sizes(row)
        new = row, sizes, torch.full_like(sizes, math.inf), torch.zeros(1, 1)
        held = self._rows, self._sizes, self._lengths, self._ages
        self._rows, self._sizes, self._lengths, self._ages = (
            torch.cat([old, one]) if len(self._rows) else one
            for old, one in zip(held, new, strict=True)
        )

    def medians(self) -> list[float | None]:
        """For each head the median number of tokens; None if it is more than `followed`."""
        lengths = torch.stack([*self._finished, *self._lengths.unbind(0)]).sort(0).values
        middle = lengths[(len(lengths) - 1) // 2]
        return [None if math.isinf(n) else n for n in middle.tolist()]

    @property
    def followed(self) -> int:
        """How many tokens everything is followed at least."""
        return self._tokens - 1 - max(self._begins)


@final
class _Piece:
    """The steps of a piece, token by token."""

    def __init__(self, steps: Steps) -> None:
        self._steps = steps
        self.tokens = steps.q.shape[1] if isinstance(steps, MatrixSteps) else steps.w.shape[1]
        if isinstance(steps, MatrixSteps):
            self._n_h = steps.n_h
            self._column = steps.column

    def moved(self, rows: Tensor, token: int) -> Tensor:
        """What a token makes of rows of the state."""
        steps = self._steps
        if isinstance(steps, EntrySteps):
            return rows * steps.w[0, token]
        for place in range(token * self._n_h, (token + 1) * self._n_h):
            kept = rows if steps.w is None else rows * steps.w[0, place]
            if self._column is not None and steps.b is not None:
                read = (rows * self._column[0, place]).sum(-1, keepdim=True)
                kept = kept + read * steps.b[0, place]
            rows = kept
        return rows

    def written(self, token: int) -> Tensor:
        """What a token writes: the key of its last sub-step, or the entries."""
        steps = self._steps
        if isinstance(steps, EntrySteps):
            return steps.added[0, token]
        return steps.k[0, (token + 1) * self._n_h - 1]

    def sizes(self, rows: Tensor) -> Tensor:
        """The length of each row in each head, [rows, heads]; of entries together, [rows, 1]."""
        if isinstance(self._steps, EntrySteps):
            rows = rows.flatten(1).unsqueeze(1)
        lengths: Tensor = torch.linalg.vector_norm(rows, dim=-1)
        return lengths
