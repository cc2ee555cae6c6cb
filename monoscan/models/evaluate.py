"""How a network does at each length: accuracies and the first error, with confidence intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from monoscan.models.errors import ConfigError
from monoscan.models.memory import memory_watched
from monoscan.models.model import SequenceModel
from monoscan.models.tasks import IGNORED, Batch, Integers
from monoscan.models.train import EVALUATION_STREAM, VALIDATION_STREAM, TrainedRun, autocast

NOTHING: Final = 0.1
"""A network whose scaled share of right answers is below this has learned next to nothing."""

_Z: Final = 1.959964  # 95 % of a normal distribution
_TOKENS_AT_ONCE: Final = 2**16


@final
@dataclass(frozen=True)
class Interval:
    """An estimate with its 95 % confidence interval.

    Attributes:
        value: The estimate.
        low: The lower end.
        high: The upper end.
    """

    value: float
    low: float
    high: float


@final
@dataclass(frozen=True)
class LengthResult:
    """How a network does on words of one length.

    Attributes:
        length: The length.
        n_words: How many random words were tried.
        token_accuracy: Share of right answers. Its interval is that of a share of words, which
            is never too narrow: answers within a word need not be independent.
        sequence_accuracy: Share of words with all answers right.
        chance: Share of right answers of the best constant answer, on the same words.
        scaled_accuracy: (token accuracy - chance) / (1 - chance): 0 for a constant answer.
        first_error: Median position, from 1, of the first wrong answer in words that have one;
            None if there are none.
        failing: The shortest beginning of one of the words that has a wrong answer at its end, as
            numbers of letters; None if there is none.
        bits: Mean cross entropy of an answer in bits (for text: bits a character); None if only
            answers were measured.
    """

    length: int
    n_words: int
    token_accuracy: Interval
    sequence_accuracy: Interval
    chance: float
    scaled_accuracy: Interval
    first_error: Interval | None
    failing: tuple[int, ...] | None
    bits: float | None = None

    @property
    def first_failing(self) -> int | None:
        """The length of the shortest beginning of a word that fails; None if there is none."""
        return None if self.failing is None else len(self.failing)


def evaluate(run: TrainedRun, lengths: Sequence[int], n_words: int = 1000) -> list[LengthResult]:
    """The results at some lengths, on words that training never saw the seed of (or the text).

    Args:
        run: The network.
        lengths: Lengths of words, each at least 1.
        n_words: How many words of each length.

    Raises:
        ConfigError: If there are no lengths, or one of them or the number of words is below 1.
        OutOfMemory: If even a few words do not fit.
    """
    if not lengths:
        raise ConfigError("there are no lengths; give at least one, for example 64")
    results = []
    for length in lengths:
        rng = np.random.default_rng([run.config.training.seed, EVALUATION_STREAM, max(length, 0)])
        with memory_watched(n_words, length):
            batch = run.config.task.held_out.sample(rng, n_words, length)
            results.append(_result(run, batch, length))
    return results


def validate(run: TrainedRun, n_words: int = 1000) -> LengthResult:
    """The result at the greatest length of training: the only one that choices may rest on.

    Raises:
        OutOfMemory: If even a few words do not fit.
    """
    training = run.config.training
    rng = np.random.default_rng([training.seed, VALIDATION_STREAM])
    batch = run.config.task.held_out.sample(rng, n_words, training.max_length)
    return _result(run, batch, training.max_length)


def _result(run: TrainedRun, batch: Batch, length: int) -> LengthResult:
    given, nats = _read(run, batch)
    n_asked = np.count_nonzero(batch.targets != IGNORED)
    return replace(measure(batch, given, length), bits=nats / n_asked / math.log(2))


def answers(run: TrainedRun, batch: Batch) -> Integers:
    """The network's answers, int64 [B, T]."""
    return _read(run, batch)[0]


def _read(run: TrainedRun, batch: Batch) -> tuple[Integers, float]:
    """The network's answers, int64 [B, T], and the sum of their cross entropies.

    Few words are read at once, and long ones in pieces, so that the memory that the network takes
    does not grow with the length (but for the transformer, which keeps all letters).
    """
    model: SequenceModel = run.model
    device = next(model.parameters()).device
    n_words, length = batch.words.shape
    at_once = max(1, _TOKENS_AT_ONCE // length)
    found = np.empty_like(batch.words)
    nats = 0.0
    with torch.inference_mode(), autocast(run.config.training.precision, device):
        for start in range(0, n_words, at_once):
            rows = slice(start, start + at_once)
            words, targets = (
                torch.from_numpy(array[rows]).to(device) for array in (batch.words, batch.targets)
            )
            with memory_watched(*words.shape):
                given, loss = _read_in_pieces(model, words, targets)
            found[rows] = given.numpy()
            nats += loss
    return found, nats


def _read_in_pieces(
    model: SequenceModel, words: torch.Tensor, targets: torch.Tensor
) -> tuple[torch.Tensor, float]:
    state, given, nats = None, [], 0.0
    letters = max(1, _TOKENS_AT_ONCE // len(words))
    for start in range(0, words.shape[1], letters):
        piece = slice(start, start + letters)
        scores, state = model.advance(words[:, piece], state)
        given.append(scores.argmax(-1).cpu())
        asked, wanted = scores.float().flatten(0, 1), targets[:, piece].flatten()
        nats += float(nn.functional.cross_entropy(asked, wanted, reduction="sum"))
    return torch.cat(given, 1), nats


def measure(batch: Batch, given: Integers, length: int) -> LengthResult:
    """Accuracies of given answers, [B, T], to a batch of words of one length.

    >>> from monoscan.automata import get_language
    >>> from monoscan.models.tasks import Task
    >>> task = Task(get_language("parity").build())
    >>> batch = task.label(np.array([[0, 1, 0], [1, 1, 0]]))
    >>> result = measure(batch, np.array([[1, 0, 0], [0, 1, 0]]), 3)
    >>> result.sequence_accuracy.value, result.first_error.value
    (0.5, 3.0)
    """
    asked = batch.targets != IGNORED
    wrong = (given != batch.targets) & asked
    shares = 1 - wrong.sum(axis=1) / asked.sum(axis=1)
    n_words = len(shares)
    failed = wrong.any(axis=1)
    firsts = wrong[failed].argmax(axis=1) + 1
    chance = float(np.bincount(batch.targets[asked]).max() / asked.sum())
    token = share_interval(float(shares.mean()), n_words)
    scale = max(1 - chance, 1e-12)  # chance is 1 if all targets are equal; then nothing is shown
    scaled = Interval(*((x - chance) / scale for x in (token.value, token.low, token.high)))
    return LengthResult(
        length,
        n_words,
        token,
        share_interval(float((~failed).mean()), n_words),
        chance,
        scaled,
        median_interval(firsts),
        _shortest(batch.words[failed], firsts),
    )


def _shortest(words: Integers, firsts: Integers) -> tuple[int, ...] | None:
    """The shortest of the beginnings of some words, given their lengths."""
    if not len(words):
        return None
    place = int(firsts.argmin())
    return tuple(words[place, : firsts[place]].tolist())


def share_interval(share: float, n: int) -> Interval:
    """Wilson's interval of a share of n independent trials, or of a mean of n numbers in [0, 1].

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927).

    >>> interval = share_interval(1.0, 100)
    >>> round(interval.low, 3), interval.high
    (0.963, 1.0)
    """
    centre = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return Interval(share, max(0.0, min(share, centre - half)), min(1.0, max(share, centre + half)))


def median_interval(values: NDArray[np.int64]) -> Interval | None:
    """The median with the interval of the order statistics; None if there are no values.

    The normal approximation of the binomial distribution, with its correction for continuity.
    Fewer than six values have no interval of 95 %: theirs is from the least to the greatest.

    Source: W. J. Conover, Practical Nonparametric Statistics (1999), section 3.2.

    >>> median_interval(np.arange(1, 102))
    Interval(value=51.0, low=41.0, high=61.0)
    """
    n = len(values)
    if n == 0:
        return None
    ordered = np.sort(values)
    rank = max(1, math.floor((n + 1 - _Z * math.sqrt(n)) / 2))
    return Interval(float(np.median(ordered)), float(ordered[rank - 1]), float(ordered[-rank]))
