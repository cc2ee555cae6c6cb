"""The tensors of a compiled layer."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from monoscan.automata import Output
from monoscan.models.compile.floats import Complexes, Floats, to_array
from monoscan.models.compile.layer import OWN
from monoscan.models.compile.plan import DICTIONARIES, LayerPlan, Weights
from monoscan.models.compile.reached import ReachedLayer
from monoscan.models.layers.ranges import COMPLEX


def layer_tensors(
    plan: LayerPlan, weights: Weights, reached: ReachedLayer, order: Mapping[Output, int]
) -> dict[str, Tensor]:
    """All tensors that `CompiledLayer` takes, in float64.

    Args:
        plan: The heads.
        weights: The plan as parameters.
        reached: The states of the exact layer.
        order: The number of each report.

    >>> from monoscan.models.compile.kinds import plan_layer
    >>> from monoscan.models.compile.plan import fit
    >>> from monoscan.models.compile.reached import reach
    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> exact = scalar_parity()
    >>> plan = plan_layer("diagonal", 1, exact.layers[0].cases, exact.layers[0].initial)
    >>> tensors = layer_tensors(plan, fit(plan), reach(exact).layers[0], {False: 0, True: 1})
    >>> tensors["codes"].tolist(), tensors["reports"].tolist()
    ([[0.0], [1.0]], [1, 0])
    """
    states = np.array([to_array(state) for state in reached.states])
    flat = states.reshape(len(states), -1)
    is_complex = plan.range == COMPLEX and plan.layer != "dense"
    source = _source(plan, weights.config.heads)
    own = _parameters(plan, weights)
    own["initial"] = _initial(flat[0], source, is_complex=is_complex)
    found: dict[str, NDArray[np.generic]] = {
        "embedding": weights.embedding,
        "codes": np.concatenate([flat.real, flat.imag], axis=1) if is_complex else flat.real,
        "reports": np.array([-1 if o is None else order[o] for o in reached.outputs]),
        "observed": _observed(plan),
        "source": source,
        "cells": _cells(plan),
        "moves": np.array(reached.moves),
        **{OWN + name: table for name, table in own.items()},
    }
    return {name: torch.from_numpy(np.ascontiguousarray(x)) for name, x in found.items()}


def _parameters(plan: LayerPlan, weights: Weights) -> dict[str, Floats]:
    """The layer's parameters but for the initial state; what is not used is an identity."""
    config = weights.config
    own: dict[str, Floats] = {
        "norm.scale": np.ones((config.heads, config.head_width)),
        "output.weight": np.eye(config.width),
    }
    if not plan.is_matrix:
        parts = 2 if plan.range == COMPLEX and plan.layer != "dense" else 1
        own["mix.weight"] = np.eye(config.width, parts * config.width)
    for name, table in weights.weights.items():
        prefix = f"{name}.weights" if name in DICTIONARIES.values() else name
        own[f"{prefix}.weight"] = table
        if name not in ("key", "query", "value"):
            own[f"{prefix}.bias"] = np.zeros(len(table))
    if plan.layer in DICTIONARIES:
        own[f"{DICTIONARIES[plan.layer]}.matrices"] = _matrices(plan, config.heads)
    return own


def _matrices(plan: LayerPlan, heads: int) -> Floats:
    size = max(len(head.dictionary) for head in plan.heads)
    width = plan.head_width
    found = np.zeros((heads, size, width, width))
    for place, head in enumerate(plan.heads):
        n = len(head.cell)
        found[place, : len(head.dictionary), :n, :n] = head.dictionary
    return found


def _source(plan: LayerPlan, heads: int) -> NDArray[np.int64]:
    """The entry of the exact state, row by row, that each entry of the layer's state holds."""
    width, d = plan.head_width, plan.n_columns
    nothing = d * max(head.cell.stop for head in plan.heads)
    shape = (heads, width, width) if plan.is_matrix else (heads, width)
    found = np.full(shape, nothing, dtype=np.int64)
    for place, head in enumerate(plan.heads):
        rows = d * np.array(head.cell)
        if plan.is_matrix:
            found[place, :d, : len(rows)] = rows + np.arange(d)[:, None]
        else:
            found[place, : len(rows)] = rows + head.copy
    return found.reshape(-1) if plan.layer == "diagonal" else found


def _observed(plan: LayerPlan) -> NDArray[np.int64]:
    """For each entry of the exact state, row by row, its place in what the layer gives."""
    width, d = plan.head_width, plan.n_columns
    n_rows = max(head.cell.stop for head in plan.heads)
    found = np.empty((n_rows, d), dtype=np.int64)
    for place, head in enumerate(plan.heads):
        if plan.is_matrix:
            found[head.cell.start + head.copy] = place * width + np.arange(d)
        else:
            found[head.cell.start : head.cell.stop, head.copy] = place * width + np.arange(
                len(head.cell)
            )
    return found.reshape(-1)


def _cells(plan: LayerPlan) -> NDArray[np.int64]:
    return np.array(
        [
            [head.cell.start, len(head.cell), place]
            for place, head in enumerate(plan.heads)
            if head.copy == 0
        ]
    )


def _initial(state: Complexes, source: NDArray[np.int64], *, is_complex: bool) -> Floats:
    """The initial state as the layer's parameter."""
    filled: Complexes = np.append(state, 0.0)[source]
    if source.ndim == 3:
        return filled.real
    flat: Complexes = filled.reshape(-1)
    return np.stack([flat.real, flat.imag] if is_complex else [flat.real])
