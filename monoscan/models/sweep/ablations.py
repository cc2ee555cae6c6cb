"""The ablation protocol: one recipe, and one change of it at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, final

from monoscan.models.sweep.job import Job
from monoscan.models.sweep.quick import STEPS, Column, Recipe, Row

TASKS: Final = (
    (Row("parity"), Column("deltanet", "[-1,1]")),
    (Row("s3"), Column("deltaproduct", "[-1,1]", 2)),
    (Row("s5-swaps"), Column("deltanet", "[-1,1]")),
)
"""Languages, each with a layer that can follow it."""

_GATED: Final = {"deltanet": "gated_deltanet", "deltaproduct": "gated_deltaproduct"}


@final
@dataclass(frozen=True)
class Change:
    """A change of the recipe.

    Attributes:
        name: For the command line.
        statement: What is changed.
        layer: Options of `LayerConfig` that differ.
        training: Options of `TrainConfig` that differ.
        rate: Factor of the learning rate.
        is_gated: Whether the layer is the gated one of its kind.
    """

    name: str
    statement: str
    layer: Mapping[str, Any] = field(default_factory=dict)
    training: Mapping[str, Any] = field(default_factory=dict)
    rate: float = 1.0
    is_gated: bool = False


CHANGES: Final = (
    Change("none", "the recipe"),
    Change("additive-input", "letters also write into the state", {"additive_input": True}),
    Change(
        "zero-initial-state",
        "initial state zero instead of learned; letters write into it",
        {"additive_input": True, "initial_state": False},
    ),
    Change("sigmoid", "sigmoid instead of clamp", {"parametrisation": "sigmoid"}),
    Change("gated", "a gate in [0,1] for each head and letter", is_gated=True),
    Change(
        "fixed-schedule",
        "words grow with the steps, whatever the accuracy",
        training={"curriculum": "fixed"},
    ),
    Change("full-length", "words of full length from the start", training={"curriculum": "full"}),
    Change("no-annealing", "constant learning rate", training={"annealing": "constant"}),
    Change("width-32", "width 32, heads of 8", {"width": 32}),
    Change("width-128", "width 128, heads of 32", {"width": 128}),
    Change("rate-third", "a third of the learning rate", rate=1 / 3),
    Change("rate-triple", "three times the learning rate", rate=3.0),
)


def ablation_job(change: Change, row: Row, column: Column, seed: int, steps: int = STEPS) -> Job:
    """The run of a cell for one seed.

    Args:
        change: Of the recipe.
        row: The language.
        column: The layer.
        seed: Of parameters and words.
        steps: Of training.

    Raises:
        ConfigError: If the seed or the number of steps is out of range.

    >>> job = ablation_job(CHANGES[3], *TASKS[0], seed=0)
    >>> job.name, job.config.model.layer.parametrisation
    ('sigmoid: parity, deltanet [-1,1], seed 0', 'sigmoid')
    """
    plain = Recipe({"steps": steps}).job(row, column, seed)
    model, training = plain.config.model, plain.config.training
    options = dict(change.layer)
    if change.is_gated:
        options["layer"] = _GATED[model.layer.layer]
    config = replace(
        plain.config,
        model=replace(model, layer=replace(model.layer, **options)),
        training=replace(
            training, learning_rate=training.learning_rate * change.rate, **change.training
        ),
    )
    return replace(plain, name=f"{change.name}: {plain.name}", config=config)
