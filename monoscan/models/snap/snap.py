"""Snaps a trained network to an exact one, and puts the exact weights back into it."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import lcm
from typing import Any, Final, cast, final

import numpy as np
from numpy.typing import NDArray

from monoscan.automata import Automaton, BudgetExceeded, Output, minimize
from monoscan.models.errors import ConfigError
from monoscan.models.evaluate import LengthResult, validate
from monoscan.models.layers.delta_rule import DeltaRule
from monoscan.models.layers.diagonal import DiagonalLayer
from monoscan.models.layers.ranges import CLAMP, NONNEGATIVE
from monoscan.models.model import Block, SequenceModel
from monoscan.models.snap.by_frame import snap_by_frame
from monoscan.models.snap.by_group import snap_by_group, still
from monoscan.models.snap.diagonal import initial_state, snap_diagonal
from monoscan.models.snap.group import MAX_ORDER, Floats, LetterGroup, letter_group
from monoscan.models.snap.pieces import SnappedHead, trained_heads
from monoscan.models.snap.put_back import no_room, with_entries, with_heads
from monoscan.models.train import TrainedRun
from monoscan.models.worst.reader import check_finite
from monoscan.models.worst.search import automaton_task
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import StateTable
from monoscan.theory.transition import Blocks, Transition

MAX_STATES: Final = 2_000

_LAYERS: Final = (
    "deltanet, deltaproduct, gated_deltanet, gated_deltaproduct or diagonal, of depth 1, without a "
    "convolution"
)


@final
@dataclass(frozen=True)
class SnapDistance:
    """How far the snapped weights are from the trained ones.

    Attributes:
        largest: The largest spectral norm of a difference of two transitions of one letter and
            head.
        mean: The root mean square of those norms.
        start: The difference of the initial states, over the size of the trained one.
    """

    largest: float
    mean: float
    start: float


@final
@dataclass(frozen=True, eq=False)
class Snapped:
    """The exact network nearest to a trained one.

    Attributes:
        network: The exact network: one layer, and a table of its states as the read-out.
        model_class: The id of the class of its transitions.
        distance: From the trained weights.
        heads: What each head does, in words.
        columns: How many columns of the state the exact network keeps; each letter does the
            same to all of them.
        of_columns: How many the trained network has.
        run: The trained network with the snapped weights; None if they do not fit into it.
        no_run: Why they do not.
        validation: How the trained network does on random words of the greatest length of
            training.
    """

    network: LRNN
    model_class: str
    distance: SnapDistance
    heads: tuple[str, ...]
    columns: int
    of_columns: int
    run: TrainedRun | None
    no_run: str
    validation: LengthResult


def snap_run(run: TrainedRun) -> Snapped:
    """The exact network of its class that is nearest to a trained network.

    Where the letters of the task form a group, each head takes the representation of that group
    that is nearest to it; otherwise every beta becomes 0, 1 or 2 and keys become parallel or
    orthogonal. Entries of a diagonal layer become 0 or roots of unity. Initial state and inputs
    are rounded to multiples of 1/64. What the network recognises is not known yet: `decide` says.

    Args:
        run: The network.

    Raises:
        ConfigError: If the task is no automaton or has too large a group, or the layer cannot be
            snapped.
        ModelError: If a parameter is not finite.
    """
    task = automaton_task(run, "snapping a network")
    config = run.config.model
    layer = cast(Block, run.model.blocks[0]).layer
    if config.depth > 1 or config.convolution or not isinstance(layer, DeltaRule | DiagonalLayer):
        raise ConfigError(
            f"a network of depth {config.depth} of the layer {config.layer.layer}"
            f"{' with a convolution' if config.convolution else ''} cannot be snapped; expected "
            f"one of the layers {_LAYERS}"
        )
    check_finite(run.model)
    target = minimize(task.automaton)
    try:
        group = letter_group(target)
    except BudgetExceeded:
        raise ConfigError(
            f"the letters of the task generate a group of more than {MAX_ORDER} elements, whose "
            "representations are not looked for; expected a task with a smaller group"
        ) from None
    snap = _snap_heads if isinstance(layer, DeltaRule) else _snap_diagonal
    closed = replace(config.layer, parametrisation=CLAMP)
    return snap(run, target, group, closed.model_class)


def _snap_heads(
    run: TrainedRun, target: Automaton, group: LetterGroup | None, model_class: str
) -> Snapped:
    inputs, heads = trained_heads(run.model)
    signed = run.config.model.layer.range != NONNEGATIVE
    snapped: list[SnappedHead] = []
    for head in heads:
        if group is None:
            found = snap_by_frame(head, signed=signed)
        else:
            found = snap_by_group(head, group, signed=signed)
        snapped.append(still(head, found) if isinstance(found, str) else found)
    kept = [head for head in snapped if any(_moves(a) for a in head.letters)] or snapped[:1]
    letters = [
        kept[0].letters[n] if len(kept) == 1 else Blocks(tuple(h.letters[n] for h in kept))
        for n in range(len(target.alphabet))
    ]
    network, columns = _with_columns(
        target,
        letters,
        [_stacked([head.inputs[letter] for head in kept]) for letter in range(len(letters))],
        _stacked([head.start for head in kept]),
    )
    reason = no_room(inputs)
    model = None if reason else with_heads(run.model, inputs, [head.trained for head in snapped])
    gaps = np.array(
        [
            np.linalg.norm(head.steps - other.trained.steps, 2, axis=(1, 2))
            for head, other in zip(heads, snapped, strict=True)
        ]
    )
    return Snapped(
        network,
        model_class,
        _distance(
            gaps,
            np.array([head.start for head in heads]),
            np.array([head.trained.start for head in snapped]),
        ),
        tuple(head.said for head in snapped),
        columns,
        heads[0].start.shape[1],
        None if model is None else replace(run, model=model),
        reason or "",
        validate(run),
    )


def _snap_diagonal(
    run: TrainedRun, target: Automaton, group: LetterGroup | None, model_class: str
) -> Snapped:
    wide = copy.deepcopy(run.model).double().cpu()
    block = cast(Block, wide.blocks[0])
    layer = block.layer
    assert isinstance(layer, DiagonalLayer)
    inputs = block.layer_input(wide.embedding.weight.unsqueeze(1))[:, 0].detach().numpy()
    order = 2 if group is None else lcm(*(group.order_of(g) for g in range(len(group))))
    found = snap_diagonal(layer, inputs, order)
    network, _ = _network(target, found.letters, found.inputs, found.start)
    reason = no_room(inputs)
    model: SequenceModel | None = None
    if not reason:
        parts = [np.real, np.imag] if layer.is_complex else [np.real]
        added = np.concatenate([part(found.added) for part in parts], 1)
        start = np.stack([part(found.initial) for part in parts])
        model = with_entries(run.model, inputs, found.entries, added, start)
    return Snapped(
        network,
        model_class,
        _distance(np.abs(found.trained - found.entries), initial_state(layer), found.initial),
        (found.said,),
        1,
        1,
        None if model is None else replace(run, model=model),
        reason or "",
        validate(run),
    )


def _distance(gaps: Floats, start: NDArray[Any], snapped: NDArray[Any]) -> SnapDistance:
    return SnapDistance(
        float(gaps.max()),
        float(np.sqrt(np.square(gaps).mean())),
        float(np.linalg.norm(start - snapped) / max(float(np.linalg.norm(start)), 1e-12)),
    )


def _moves(transition: Transition) -> bool:
    case = Case(transition, Matrix.zeros(1, 1))
    return case.matrix != Matrix.identity(case.matrix.shape[0])


def _stacked(matrices: list[Matrix]) -> Matrix:
    return Matrix.of([row for matrix in matrices for row in matrix.rows])


def _with_columns(
    target: Automaton, letters: list[Transition], inputs: list[Matrix], start: Matrix
) -> tuple[LRNN, int]:
    """The network with as few columns, 1, 2, 4, ..., as tell the outputs of the target apart."""
    width, columns = start.shape[1], 1
    while True:
        cut = [Matrix.of([row[:columns] for row in m.rows]) for m in (start, *inputs)]
        network, tells = _network(target, letters, cut[1:], cut[0])
        if tells or columns == width:
            return network, columns
        columns = min(2 * columns, width)


def _network(
    target: Automaton, letters: Sequence[Transition], inputs: Sequence[Matrix], start: Matrix
) -> tuple[LRNN, bool]:
    """The network with a table of its states, and whether each has one output of the target.

    Of a state with several outputs the table has the one of the shortest word.
    """
    cases: dict[Symbol, Case] = {
        (letter,): Case(transition, added)
        for letter, transition, added in zip(target.alphabet, letters, inputs, strict=True)
    }
    steps = [cases[(letter,)] for letter in target.alphabet]
    table: dict[Matrix, Output] = {start: target.outputs[0]}
    tells, seen, queue = True, {(start, 0)}, [(start, 0)]
    for state, place in queue:
        for number, case in enumerate(steps):
            after = case.apply(state), int(target.table[place, number])
            if after not in seen:
                seen.add(after)
                queue.append(after)
                output = target.outputs[after[1]]
                tells = table.setdefault(after[0], output) == output and tells
        if len(seen) > MAX_STATES:
            raise ConfigError(
                f"the snapped network and the task have more than {MAX_STATES} states together; "
                "expected a task with fewer"
            )
    return LRNN(target.alphabet, (Layer(start, cases, StateTable(table)),)), tells
