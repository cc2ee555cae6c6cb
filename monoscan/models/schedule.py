"""How long the words of a step are, and its learning rate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from monoscan.models.train_config import TrainConfig

GATED: Final = "gated"
FIXED: Final = "fixed"
FULL: Final = "full"
CURRICULA: Final = (GATED, FIXED, FULL)


def first_length(config: TrainConfig) -> int:
    """The length of the longest words of step 1.

    >>> from monoscan.models.train_config import TrainConfig
    >>> first_length(TrainConfig()), first_length(TrainConfig(curriculum="full"))
    (4, 40)
    """
    return config.max_length if config.curriculum == FULL else config.start_length


def next_length(config: TrainConfig, step: int, length: int, accuracy: float) -> int:
    """The length of the longest words of the step after this one.

    Args:
        config: Says which curriculum.
        step: This step, from 1.
        length: Of its longest words.
        accuracy: Share of its answers that were right.

    >>> from monoscan.models.train_config import TrainConfig
    >>> next_length(TrainConfig(), 1, 4, 0.95), next_length(TrainConfig(), 1, 4, 0.5)
    (5, 4)
    >>> fixed = TrainConfig(curriculum="fixed", steps=100)
    >>> [next_length(fixed, step, 0, 0.0) for step in (0, 25, 50, 100)]
    [4, 22, 40, 40]
    """
    if config.curriculum == GATED:
        return min(length + (accuracy > config.threshold), config.max_length)
    if config.curriculum == FULL:
        return config.max_length
    growth = config.max_length - config.start_length
    return config.start_length + min(2 * step * growth // config.steps, growth)


def learning_rate(config: TrainConfig, step: int) -> float:
    """The learning rate of a step from 1: a straight rise, then half a cosine down to 0, or none.

    >>> from monoscan.models.train_config import TrainConfig
    >>> config = TrainConfig(steps=100, warmup=10, learning_rate=1.0)
    >>> learning_rate(config, 5), learning_rate(config, 10), learning_rate(config, 100)
    (0.5, 1.0, 0.0)
    """
    if step <= config.warmup:
        return config.learning_rate * step / config.warmup
    if config.annealing == "constant":
        return config.learning_rate
    done = (step - config.warmup) / max(config.steps - config.warmup, 1)
    return config.learning_rate * 0.5 * (1 + math.cos(math.pi * done))
