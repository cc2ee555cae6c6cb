"""Texts of several lengths that stand one behind another in one tensor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence

from monoscan.models.errors import ConfigError


def packed(read: Callable[[Tensor], Tensor], texts: Tensor, starts: Sequence[int]) -> Tensor:
    """What a causal map gives for each of several texts, none of which sees another.

    Texts of lengths that differ by at most a factor of 2 are read together: each is filled up at
    its end, which changes nothing before.

    Args:
        read: A network, or `lambda x: layer.advance(x, {}).output` of a layer: [B, T, ...] for
            [B, T, ...], where no token sees a later one.
        texts: The texts one behind another, [T, ...].
        starts: Where each text begins, and T at the end (`cu_seqlens` in public code).

    Returns:
        [T, ...], differentiable.

    Raises:
        ConfigError: If the places do not cut the tensor into texts of at least one token.

    >>> total = lambda x: x.cumsum(1)
    >>> packed(total, torch.tensor([1, 2, 3, 4, 5]), [0, 3, 5]).tolist()
    [1, 3, 6, 4, 9]
    """
    places = [int(place) for place in starts]
    lengths = [end - begin for begin, end in pairwise(places)]
    if not lengths or places[0] != 0 or places[-1] != len(texts) or min(lengths) < 1:
        raise ConfigError(
            f"the texts begin at {places} in {len(texts)} tokens; expected 0, then where each next "
            f"text begins, each greater than the one before, and {len(texts)} at the end"
        )
    parts = torch.split(texts, lengths)
    found: list[Tensor] = list(parts)
    together: list[int] = []
    for index in sorted(range(len(parts)), key=lengths.__getitem__):
        if together and lengths[index] > 2 * lengths[together[0]]:
            _fill(read, parts, together, found)
            together = []
        together.append(index)
    _fill(read, parts, together, found)
    return torch.cat(found)


def _fill(
    read: Callable[[Tensor], Tensor],
    parts: Sequence[Tensor],
    together: Sequence[int],
    found: list[Tensor],
) -> None:
    outputs = read(pad_sequence([parts[index] for index in together], batch_first=True))
    for index, output in zip(together, outputs, strict=True):
        found[index] = output[: len(parts[index])]
