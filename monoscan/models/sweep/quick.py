"""The quick protocol: five languages, the layers that separate them, one recipe a language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from monoscan.automata import get_language
from monoscan.models.layers import LayerConfig
from monoscan.models.sweep.job import Job
from monoscan.models.tasks import Task
from monoscan.models.train_config import RunConfig, TrainConfig
from monoscan.models.worst import SearchPlan

TRAIN_MAX_LENGTH: Final = 40
FACTORS_OF_LENGTH: Final = (1, 2, 4)
"""Networks are measured at these multiples of the greatest length of training."""

WORST_LENGTH: Final = 640
"""The shortest failing word is searched among words of up to so many letters."""

STEPS: Final = 600
WIDTH: Final = 64
HEADS: Final = 4
DEPTH: Final = 1


@final
@dataclass(frozen=True)
class Row:
    """A language, and how networks are trained on it: the same for all columns.

    Attributes:
        language: Its id.
        additive_input: Whether letters write into the state, beside multiplying it.
    """

    language: str
    additive_input: bool = False


@final
@dataclass(frozen=True)
class Column:
    """A layer.

    Attributes:
        layer: Its name.
        range: Where the eigenvalues of its factors lie.
        n_h: Factors a letter.
    """

    layer: str
    range: str
    n_h: int = 1

    @property
    def title(self) -> str:
        """The column's name.

        >>> Column("deltaproduct", "[-1,1]", 2).title
        'deltaproduct-2 [-1,1]'
        """
        name = self.layer if self.n_h == 1 else f"{self.layer}-{self.n_h}"
        return name if self.range == "none" else f"{name} {self.range}"

    @property
    def model_class(self) -> str:
        """The id of the class that its transitions lie in."""
        return _layer(self, additive_input=False).model_class


# Without additive input a state is only multiplied, which is how a group acts and what extrapolates
# best. A flip-flop forgets: its state must be written, so there letters write.
ROWS: Final = (
    Row("parity"),
    Row("count-mod-3"),
    Row("s3"),
    Row("s5-swaps"),
    Row("flip-flop", additive_input=True),
)

COLUMNS: Final = (
    Column("diagonal", "[0,1]"),
    Column("diagonal", "[-1,1]"),
    Column("diagonal", "complex"),
    Column("deltanet", "[0,1]"),
    Column("deltanet", "[-1,1]"),
    Column("deltaproduct", "[-1,1]", 2),
    Column("gru", "none"),
)


def _layer(column: Column, *, additive_input: bool) -> LayerConfig:
    return LayerConfig(
        column.layer,
        column.range,
        width=WIDTH,
        heads=HEADS,
        n_h=column.n_h,
        additive_input=additive_input,
    )


def quick_job(row: Row, column: Column, seed: int, steps: int = STEPS) -> Job:
    """The run of a cell for one seed.

    Args:
        row: The language.
        column: The layer.
        seed: Of parameters and words.
        steps: In place of `STEPS`.

    Raises:
        ConfigError: If the seed or the number of steps is out of range.

    >>> job = quick_job(ROWS[0], COLUMNS[4], seed=1)
    >>> job.name, job.lengths
    ('parity, deltanet [-1,1], seed 1', (40, 80, 160))
    """
    training = TrainConfig(seed=seed, steps=steps, max_length=TRAIN_MAX_LENGTH)
    config = RunConfig.of(
        Task(get_language(row.language).build()),
        _layer(column, additive_input=row.additive_input),
        training,
        depth=DEPTH,
        language=row.language,
    )
    lengths = tuple(factor * TRAIN_MAX_LENGTH for factor in FACTORS_OF_LENGTH)
    name = f"{row.language}, {column.title}, seed {seed}"
    return Job(name, config, lengths, plan=SearchPlan(length=WORST_LENGTH))
