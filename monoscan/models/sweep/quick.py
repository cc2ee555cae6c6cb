"""What a sweep trains: languages, layers, and one recipe; and the quick protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, final

from monoscan.automata import Automaton, get_language
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
        language: Its id, or what a language of one's own is called.
        additive_input: Whether letters write into the state, beside multiplying it.
        automaton: Of a language of one's own; None: the named one.
    """

    language: str
    additive_input: bool = False
    automaton: Automaton | None = field(default=None, repr=False)

    def build(self) -> Automaton:
        """The automaton of the language."""
        return self.automaton or get_language(self.language).build()


@final
@dataclass(frozen=True)
class Column:
    """A layer, and how many of them a network has.

    Attributes:
        layer: Its name.
        range: Where the eigenvalues of its factors lie.
        n_h: Factors a letter.
        depth: Layers.
        convolution: How many letters a convolution before each layer sees; 0: there is none.
        parametrisation: `clamp`, or `sigmoid`, which does not reach the ends of the range.
        name: What it is called in place of its layer; empty: that.
    """

    layer: str
    range: str
    n_h: int = 1
    depth: int = DEPTH
    convolution: int = 0
    parametrisation: str = "clamp"
    name: str = ""

    @property
    def title(self) -> str:
        """The column's name.

        >>> Column("deltaproduct", "[-1,1]", 2).title
        'deltaproduct-2 [-1,1]'
        >>> Column("deltanet", "[0,1]", depth=2, name="deltanet, as released").title
        'deltanet, as released; 2 layers'
        """
        name = self.layer if self.n_h == 1 else f"{self.layer}-{self.n_h}"
        name = self.name or (name if self.range == "none" else f"{name} {self.range}")
        return name if self.depth == 1 else f"{name}; {self.depth} layers"

    @property
    def model_class(self) -> str:
        """The id of the class that its transitions lie in."""
        return self.config(width=WIDTH, heads=HEADS).model_class

    def config(self, **options: Any) -> LayerConfig:
        """The layer, with its width, its heads and the like."""
        return LayerConfig(
            self.layer,
            self.range,
            n_h=self.n_h,
            parametrisation=self.parametrisation,
            **options,
        )


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


@final
@dataclass(frozen=True)
class Recipe:
    """How all networks of a sweep are trained and measured.

    Attributes:
        training: Options of `TrainConfig` that differ from the quick protocol.
        width: Of the vectors.
        heads: They divide the width.
        lengths: At which networks are measured; empty: multiples of the greatest one of training.
        n_words: Random words of each length.
        worst_length: Failing words are searched up to this length.
    """

    training: Mapping[str, Any] = field(default_factory=dict)
    width: int = WIDTH
    heads: int = HEADS
    lengths: tuple[int, ...] = ()
    n_words: int = 1000
    worst_length: int = WORST_LENGTH

    def job(self, row: Row, column: Column, seed: int) -> Job:
        """The run of a cell for one seed.

        Args:
            row: The language.
            column: The layer.
            seed: Of parameters and words.

        Raises:
            ConfigError: If an option is unknown or out of range, or the layer cannot be.

        >>> job = Recipe().job(ROWS[0], COLUMNS[4], seed=1)
        >>> job.name, job.lengths
        ('parity, deltanet [-1,1], seed 1', (40, 80, 160))
        """
        options = {"steps": STEPS, "max_length": TRAIN_MAX_LENGTH, **self.training, "seed": seed}
        training = TrainConfig(**options)
        layer = column.config(width=self.width, heads=self.heads, additive_input=row.additive_input)
        config = RunConfig.of(
            Task(row.build()),
            layer,
            training,
            depth=column.depth,
            convolution=column.convolution,
            language=row.language,
        )
        lengths = self.lengths or tuple(n * training.max_length for n in FACTORS_OF_LENGTH)
        name = f"{row.language}, {column.title}, seed {seed}"
        return Job(name, config, lengths, self.n_words, SearchPlan(length=self.worst_length))

    def with_steps(self, steps: int | None) -> Recipe:
        """The same with another number of steps, if there is one."""
        training = self.training if steps is None else {**self.training, "steps": steps}
        return replace(self, training=training)
