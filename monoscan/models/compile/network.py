"""From an exact network to a network of the training code's layers with those very weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from monoscan.automata import Output
from monoscan.models.compile.errors import CompileError
from monoscan.models.compile.kinds import PLANNERS, plan_layer
from monoscan.models.compile.layer import CompiledLayer
from monoscan.models.compile.model import CompiledModel, ordered
from monoscan.models.compile.plan import LayerPlan, fit
from monoscan.models.compile.reached import MAX_JOINT_STATES, Reached, ReachedLayer, reach
from monoscan.models.compile.tensors import layer_tensors
from monoscan.theory.lrnn import LRNN, Symbol, Value, reads_of


def compile_network(
    lrnn: LRNN, layer: str | None = None, *, max_states: int = MAX_JOINT_STATES
) -> CompiledModel:
    """Compiles an exact network; every layer becomes a layer of one kind.

    Args:
        lrnn: The network, with finitely many reachable states.
        layer: Kind of layer; by default the first in the order of `PLANNERS` that holds it.
        max_states: Budget of joint states.

    Returns:
        The network in float64; `CompiledModel.using` rounds it.

    Raises:
        CompileError: If the layer kind does not hold a matrix or an input, or the network has too
            many states.

    >>> from monoscan.theory.constructions.parity import householder_parity
    >>> model = compile_network(householder_parity())
    >>> [layer.config.layer for layer in model.compiled_layers()]
    ['deltanet']
    >>> scores = model(torch.tensor([[1, 1, 0, 1]]))
    >>> [model.outputs[place] for place in scores.argmax(-1)[0].tolist()]
    [False, True, True, False]
    """
    if layer is not None and layer not in PLANNERS:
        raise CompileError(
            f"the layer {layer!r} cannot be compiled to; expected {', '.join(PLANNERS)}"
        )
    reached = reach(lrnn, max_states)
    plans = _plans(lrnn, reached, layer)
    orders = [_order(level) for level in reached.layers]
    orders[-1] = {output: place for place, output in enumerate(ordered(reached.automaton.outputs))}
    layers = [
        CompiledLayer(weights.config, layer_tensors(plan, weights, level, order))
        for plan, weights, level, order in zip(
            plans, map(fit, plans), reached.layers, orders, strict=True
        )
    ]
    reads = [_reads(lrnn, place) for place in range(len(layers))]
    lookups = [
        _lookups(lrnn.alphabet, level.symbols, [orders[read - 1] for read in own])
        for level, own in zip(reached.layers, reads, strict=True)
    ]
    return CompiledModel(reached.automaton, layers, lookups, reads).eval()


def _plans(lrnn: LRNN, reached: Reached, layer: str | None) -> list[LayerPlan]:
    refusals = []
    for name in (layer,) if layer else PLANNERS:
        try:
            return [
                plan_layer(
                    name,
                    number,
                    {symbol: exact.cases[symbol] for symbol in level.symbols},
                    exact.initial,
                )
                for number, (exact, level) in enumerate(
                    zip(lrnn.recurrent.values(), reached.layers, strict=True), start=1
                )
            ]
        except CompileError as error:
            refusals.append(str(error))
    raise CompileError(
        refusals[0] if layer else "no kind of layer holds this network: " + "; ".join(refusals)
    )


def _order(level: ReachedLayer) -> dict[Output, int]:
    found = [output for output in level.outputs if output is not None]
    return {output: place for place, output in enumerate(ordered(found))}


def _reads(lrnn: LRNN, place: int) -> tuple[int, ...]:
    return tuple(reads_of(lrnn.recurrent[place + 1], place))


def _reported(value: Value) -> Output:
    assert value is not None  # a network with delays is not compiled
    return value


def _lookups(
    alphabet: Sequence[str], symbols: Sequence[Symbol], orders: Sequence[Mapping[Output, int]]
) -> list[Tensor]:
    """Tables from the letter, then report by report, to the number of the symbol.

    A combination that no word leads to is given the number 0: it can only be met after an error.
    """
    prefixes = [{symbol[: length + 1]: 0 for symbol in symbols} for length in range(len(orders))]
    numbered = [
        *({prefix: n for n, prefix in enumerate(level)} for level in prefixes),
        {symbol: n for n, symbol in enumerate(symbols)},
    ]
    tables = [torch.tensor([numbered[0].get((letter,), 0) for letter in alphabet])]
    for length, order in enumerate(orders):
        table = torch.zeros(len(numbered[length]), len(order), dtype=torch.long)
        for longer, number in numbered[length + 1].items():
            table[numbered[length][longer[:-1]], order[_reported(longer[-1])]] = number
        tables.append(table)
    return tables
