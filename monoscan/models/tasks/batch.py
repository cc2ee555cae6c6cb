"""Batches: words of several lengths with the answers that are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias, final

import numpy as np
from numpy.typing import NDArray

from monoscan.models.errors import ConfigError

IGNORED: Final = -100  # the target that torch's cross entropy leaves out

Integers: TypeAlias = NDArray[np.int64]


@final
@dataclass(frozen=True, eq=False)
class Batch:
    """Words, padded at the end, and what a network should answer.

    Attributes:
        words: int64 [B, T], the number of each letter; 0 beyond the end of a word.
        targets: int64 [B, T], the number of the output after each letter; `IGNORED` where
            nothing is asked.
        lengths: int64 [B].
    """

    words: Integers
    targets: Integers
    lengths: Integers

    @property
    def n_tokens(self) -> int:
        """The number of letters without padding."""
        return int(self.lengths.sum())


def random_lengths(
    rng: np.random.Generator,
    n_words: int,
    length: int,
    min_length: int | None,
    shortest: int = 1,
) -> Integers:
    """The lengths of the words of a batch, int64 [B].

    Args:
        rng: The source of randomness.
        n_words: B, at least 1.
        length: The length of the words, or the greatest one.
        min_length: If given, lengths are uniform between it and ``length``.
        shortest: The length of the shortest word of the task.

    Raises:
        ConfigError: If a size is out of range.

    >>> random_lengths(np.random.default_rng(0), 3, 5, None).tolist()
    [5, 5, 5]
    """
    least = length if min_length is None else min_length
    for name, value, bound in (
        ("batch", n_words, 1),
        ("length", length, shortest),
        ("shortest length", least, shortest),
    ):
        if value < bound:
            raise ConfigError(f"the {name} is {value}; expected at least {bound}")
    if least > length:
        raise ConfigError(f"the shortest length {least} is above the longest, {length}")
    return rng.integers(least, length, n_words, endpoint=True)
