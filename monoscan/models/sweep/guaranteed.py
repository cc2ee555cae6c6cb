"""What the table of guarantees trains: plain and told the law, with linear read-outs."""

from __future__ import annotations

from typing import Final

from monoscan.models.layers import LayerConfig
from monoscan.models.sweep.job import Job
from monoscan.models.sweep.quick import STEPS, TRAIN_MAX_LENGTH, Column, Row
from monoscan.models.tasks import Task
from monoscan.models.train_config import RunConfig, TrainConfig, tier
from monoscan.models.worst import SearchPlan

WORST_LENGTH: Final = 2560
"""The shortest failing word is searched among words of up to so many letters."""

CELLS: Final = (
    (Row("parity"), Column("deltanet", "[-1,1]")),
    (Row("parity"), Column("deltanet", "[0,1]")),
    (Row("count-mod-3"), Column("deltaproduct", "[-1,1]", 2)),
    (Row("s3"), Column("deltaproduct", "[-1,1]", 2)),
    (Row("flip-flop", additive_input=True), Column("deltanet", "[-1,1]")),
    (Row("s5-swaps"), Column("deltanet", "[-1,1]")),
    (Row("a5-involutions"), Column("deltaproduct", "[-1,1]", 2)),
    (Row("s5"), Column("deltaproduct", "[-1,1]", 4)),
)
"""Languages, each with a layer for which exact weights exist, and a layer for which none do."""

_LENGTHS: Final = (40, 160, 640)
_WORDS: Final = 200
_LETTERS: Final = 2_000_000


def guaranteed_job(row: Row, column: Column, seed: int, *, law: bool) -> Job:
    """The run of a cell: 8 heads of 8, a linear read-out; S5 by all elements as in its own section.

    Args:
        row: The language.
        column: The layer.
        seed: Of parameters and words.
        law: Whether it is told the law, with weight 1.

    >>> guaranteed_job(*CELLS[2], seed=1, law=True).name
    'count-mod-3, deltaproduct-2 [-1,1], with the law, seed 1'
    """
    layer = LayerConfig(
        column.layer,
        column.range,
        n_h=column.n_h,
        width=64,
        heads=8,
        additive_input=row.additive_input,
    )
    weight = 1.0 if law else 0.0
    if row.language == "s5":
        training = tier("standard", max_length=32, seed=seed, law=weight)
    else:
        training = TrainConfig(steps=STEPS, max_length=TRAIN_MAX_LENGTH, seed=seed, law=weight)
    config = RunConfig.of(
        Task(row.build()), layer, training, readout="linear", language=row.language
    )
    told = "with the law" if law else "plain"
    name = f"{row.language}, {column.title}, {told}, seed {seed}"
    return Job(name, config, _LENGTHS, _WORDS, SearchPlan(WORST_LENGTH, _LETTERS))
