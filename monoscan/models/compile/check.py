"""What the arithmetic makes of a compiled network: wrong answers, drift, errors of steps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, final

import numpy as np
import torch
from torch import Tensor

from monoscan.errors import check_number
from monoscan.models.compile.layer import CompiledLayer
from monoscan.models.compile.model import CompiledModel
from monoscan.models.compile.recurrence import run
from monoscan.models.errors import ConfigError
from monoscan.models.evaluate import LengthResult, measure
from monoscan.models.memory import memory_watched
from monoscan.models.tasks import Batch, Integers, Task
from monoscan.models.tasks import run as run_automaton

_LONGEST_PERIOD: Final = 4
_EXPANDS: Final = 1 + 1e-6
_AT_ONCE: Final = 2**22


@final
@dataclass(frozen=True)
class LayerCheck:
    """How safely a layer was read.

    Attributes:
        gap: Least distance of two states with different reports; None if all are the same.
        drift: The largest distance of a state in the check from the nearest one that words lead
            to, over half the gap. A report can only be wrong where it comes near 1.
        step_error: The largest error of one step from a reachable state, as a distance. If it is
            0 and the kernel goes step by step, nothing accumulates and the layer is right at every
            length; see `step_error`.
        horizon: After about how many letters errors of this size reach half the gap if all of
            them add up; None if a step has no error, or if a matrix can make an error larger.
    """

    gap: float | None
    drift: float
    step_error: float
    horizon: int | None


@final
@dataclass(frozen=True)
class Check:
    """The answers to some words against those of the automaton.

    Attributes:
        precision: In which the network computed.
        backend: Which form of the kernels.
        length: Of the words.
        n_words: How many.
        wrong_answers: Of length times n_words.
        wrong_words: Words with a wrong answer.
        first_error: Position, from 1, of the first wrong answer in any word; None if there is
            none.
        layers: Bottom to top.
    """

    precision: str
    backend: str
    length: int
    n_words: int
    wrong_answers: int
    wrong_words: int
    first_error: int | None
    layers: tuple[LayerCheck, ...]


def check(model: CompiledModel, length: int = 10_000, n_words: int = 8, seed: int = 0) -> Check:
    """Compares a compiled network with its automaton.

    Half of the words are random. The others repeat a random word of at most four letters: errors
    of one and the same kind may add up there that cancel in random words.

    Args:
        model: The network, in the precision and with the kernels to check.
        length: Of the words, at least 1.
        n_words: How many, at least 1.
        seed: Of the words, at least 0.

    Raises:
        BadValue: If a number is below its least.
        OutOfMemory: If the words do not fit.

    >>> from monoscan.models.compile.network import compile_network
    >>> from monoscan.theory.constructions.parity import householder_parity
    >>> found = check(compile_network(householder_parity()).using("fp32"), length=100)
    >>> found.wrong_answers, found.first_error
    (0, None)
    """
    check_number("length", length, 1)
    check_number("words", n_words, 1)
    check_number("seed", seed, 0)
    order = {output: place for place, output in enumerate(model.outputs)}
    numbers = np.array([order[output] for output in model.automaton.outputs])
    with memory_watched(n_words, length):
        words = _words(len(model.automaton.alphabet), length, n_words, seed)
        expected = numbers[run_automaton(model.automaton, words)]
        given, drifts = _answers(model, words.astype(np.int64))
    wrong = given != expected
    layers = tuple(
        _layer_check(model, layer, drift)
        for layer, drift in zip(model.compiled_layers(), drifts, strict=True)
    )
    first = int(wrong.any(axis=0).argmax()) + 1 if wrong.any() else None
    return Check(
        model.precision,
        model.backend,
        length,
        n_words,
        int(wrong.sum()),
        int(wrong.any(axis=1).sum()),
        first,
        layers,
    )


def measure_compiled(
    model: CompiledModel, lengths: Sequence[int], n_words: int = 1000, seed: int = 0
) -> list[LengthResult]:
    """The results at some lengths on uniform random words, as `evaluate` gives them for a run.

    Raises:
        ConfigError: If there are no lengths, one of them or the number of words is below 1, or the
            network has one answer only.
        OutOfMemory: If the words do not fit.

    >>> from monoscan.models.compile.network import compile_network
    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> (result,) = measure_compiled(compile_network(scalar_parity()), [100], n_words=20)
    >>> result.sequence_accuracy.value
    1.0
    """
    if not lengths:
        raise ConfigError("there are no lengths; give at least one, for example 64")
    task = Task(model.automaton)
    results = []
    for length in lengths:
        rng = np.random.default_rng([seed, max(length, 0)])
        with memory_watched(n_words, length):
            batch: Batch = task.sample(rng, n_words, length)
            results.append(measure(batch, _answers(model, batch.words)[0], length))
    return results


def step_error(model: CompiledModel, layer: CompiledLayer) -> float:
    """The largest error of one step of a layer, over all of its states and symbols.

    A step starts at the exact state rounded to the numbers of the network, and is compared with
    the exact next state rounded likewise. So 0 means that every state of every word is computed as
    the rounded exact one, if the kernel goes step by step.

    >>> from monoscan.models.compile.network import compile_network
    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> model = compile_network(scalar_parity()).using("bf16")
    >>> step_error(model, model.compiled_layers()[0])
    0.0
    """
    largest = 0.0
    at_once = max(1, _AT_ONCE // layer.entries_a_token)
    with torch.inference_mode():
        for moves in torch.split(layer.moves, at_once):
            start, symbol, following = moves.unbind(1)
            x = layer.embedding[symbol].unsqueeze(1)
            given, _ = run(
                layer.layer,
                x,
                layer.state_of(layer.codes[start]),
                model.backend,
                bf16=model.precision == "bf16",
            )
            error = layer.observe(given)[:, 0].double() - layer.codes[following].double()
            largest = max(largest, float(error.norm(dim=-1).max()))
    return largest


def _layer_check(model: CompiledModel, layer: CompiledLayer, drift: float) -> LayerCheck:
    gap, error = layer.gap(), step_error(model, layer)
    if math.isinf(gap):
        return LayerCheck(None, 0.0, error, None)
    horizon = int(gap / 2 / error) if error and not _expands(layer) else None
    return LayerCheck(gap, drift / (gap / 2), error, horizon)


def _expands(layer: CompiledLayer) -> bool:
    """Whether a matrix makes some vector longer."""
    with torch.inference_mode():
        return float(torch.linalg.matrix_norm(layer.matrices(), 2).max()) > _EXPANDS


def _words(n_letters: int, length: int, n_words: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    words = rng.integers(0, n_letters, (n_words, length), dtype=np.int32)
    for word in words[(n_words + 1) // 2 :]:
        period = int(rng.integers(1, min(_LONGEST_PERIOD, length), endpoint=True))
        word[:] = np.resize(word[:period], length)
    return words


def _answers(model: CompiledModel, words: Integers) -> tuple[Integers, list[float]]:
    """The answers, [B, T], and for each layer its largest distance from a state."""
    device = next(model.parameters()).device
    given = []
    drifts = [0.0] * len(model.layers)
    for distances in _read(model, torch.from_numpy(words).to(device)):
        given.append(distances[-1].argmin(-1).cpu())
        drifts = [
            max(drift, float(found.amin(-1).max()))
            for drift, found in zip(drifts, distances, strict=True)
        ]
    return torch.cat(given, 1).numpy(), drifts


def _read(model: CompiledModel, words: Tensor) -> Iterator[tuple[Tensor, ...]]:
    state = None
    with torch.inference_mode():
        for piece in torch.split(words, model.piece_length(len(words)), 1):
            distances, state = model.distances(piece, state)
            yield distances
