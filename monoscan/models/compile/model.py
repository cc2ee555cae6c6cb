"""A compiled network: layers one above the other, each reading the reports of those below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast, final

import torch
from torch import Tensor, nn

from monoscan.automata import Automaton, Output
from monoscan.models.compile.layer import CompiledLayer
from monoscan.models.errors import ConfigError
from monoscan.models.kernels import BACKENDS, Backend
from monoscan.models.model import real_vectors

PRECISIONS: Final = ("fp32", "bf16", "fp64")
_AT_ONCE: Final = 2**24


@final
@dataclass(frozen=True, eq=False)
class CompiledState:
    """What a compiled network keeps of the letters read so far.

    Attributes:
        layers: The state of each layer.
    """

    layers: tuple[Tensor, ...]

    def rows(self, chosen: Tensor) -> CompiledState:
        """The states of some of the words, each as often as it is named in int64 [rows]."""
        return CompiledState(tuple(part[chosen] for part in self.layers))

    def vectors(self) -> Tensor:
        """The states of all layers as one real vector a word, [B, D]."""
        return real_vectors(self.layers)


@final
class CompiledModel(nn.Module):
    """A network that answers like an exact one, as far as the arithmetic allows.

    In bf16 the linear maps are computed in bfloat16, as in training; kernels and read-outs have at
    least 32 bits.

    Args:
        automaton: The minimal automaton with the answers of the exact network.
        layers: Bottom to top.
        lookups: For each layer: [letters], then for each lower layer that it reads
            [prefixes, reports]; they lead from the letter and the reports to the symbol.
        reads: For each layer the lower layers that it reads, from 1.
    """

    def __init__(
        self,
        automaton: Automaton,
        layers: Sequence[CompiledLayer],
        lookups: Sequence[Sequence[Tensor]],
        reads: Sequence[tuple[int, ...]],
    ) -> None:
        super().__init__()
        self.automaton = automaton
        self.reads = tuple(reads)
        self.layers = nn.ModuleList(layers)
        for place, tables in enumerate(lookups):
            for number, table in enumerate(tables):
                self.register_buffer(_lookup(place, number), table)
        self.backend: Backend = "auto"
        self.precision = "fp64"

    @property
    def outputs(self) -> tuple[Output, ...]:
        """What the numbers of the answers stand for."""
        return ordered(self.automaton.outputs)

    def compiled_layers(self) -> tuple[CompiledLayer, ...]:
        """The layers, bottom to top."""
        return tuple(cast(CompiledLayer, layer) for layer in self.layers)

    def using(self, precision: str = "fp32", backend: str = "auto") -> CompiledModel:
        """The same network in another precision, with another form of the kernels.

        Weights are rounded to float32 for fp32 and bf16, which changes this network itself: to
        have them in float64 again, load or compile it again.

        Raises:
            ConfigError: If there is no such precision or backend, or the weights are rounded and
                fp64 is asked for.
        """
        check_names(precision, backend)
        if precision == "fp64" and self.precision != "fp64":
            raise ConfigError(
                "the weights are rounded to 32 bits already; load or compile the network again "
                "for fp64"
            )
        self.to(torch.float64 if precision == "fp64" else torch.float32)
        self.precision, self.backend = precision, cast(Backend, backend)
        return self

    def forward(self, words: Tensor) -> Tensor:
        """Scores of the outputs after each letter: [B, T, outputs] for int64 words [B, T]."""
        return self.advance(words)[0]

    def __call__(self, words: Tensor) -> Tensor:
        """`forward`, with its type."""
        return cast(Tensor, super().__call__(words))

    def advance(
        self, words: Tensor, state: CompiledState | None = None
    ) -> tuple[Tensor, CompiledState]:
        """Reads the next letters of words; the score of an output is minus a distance.

        Args:
            words: int64 [B, T] with T at least 1.
            state: What an earlier call returned; None at the beginning.

        Raises:
            ConfigError: If there are no letters.
        """
        if words.shape[1] == 0:
            raise ConfigError("the piece of the words has no letters; expected at least one")
        scores = []
        for piece in torch.split(words, self.piece_length(len(words)), 1):
            distances, state = self.distances(piece, state)
            scores.append(-distances[-1])
        assert state is not None
        return torch.cat(scores, 1), state

    def distances(
        self, words: Tensor, state: CompiledState | None = None
    ) -> tuple[tuple[Tensor, ...], CompiledState]:
        """For each layer how far its state is from the nearest ones with each report.

        Args:
            words: int64 [B, T], few enough for one piece.
            state: What an earlier call returned; None at the beginning.

        Returns:
            [B, T, reports] for each layer, and the state after the words.
        """
        found: list[Tensor] = []
        after = []
        for place, layer in enumerate(self.compiled_layers()):
            reading = layer.advance(
                self._symbols(place, words, found),
                None if state is None else state.layers[place],
                self.backend,
                bf16=self.precision == "bf16",
            )
            found.append(reading.distances)
            after.append(reading.state)
        return tuple(found), CompiledState(tuple(after))

    def _symbols(self, place: int, words: Tensor, below: Sequence[Tensor]) -> Tensor:
        symbols = self.get_buffer(_lookup(place, 0))[words]
        for number, read in enumerate(self.reads[place], start=1):
            table = self.get_buffer(_lookup(place, number))
            symbols = table[symbols, below[read - 1].argmin(-1)]
        return symbols

    def piece_length(self, n_words: int) -> int:
        """How many letters of so many words are read at once."""
        largest = max(layer.entries_a_token for layer in self.compiled_layers())
        return max(1, _AT_ONCE // (n_words * largest))


def check_names(precision: str, backend: str) -> None:
    """Refuses a precision or a form of the kernels that does not exist.

    Raises:
        ConfigError: With those that do.

    >>> check_names("fp8", "auto")
    Traceback (most recent call last):
    monoscan.models.errors.ConfigError: unknown precision 'fp8'; expected fp32, bf16, fp64
    """
    for name, value, known in (
        ("precision", precision, PRECISIONS),
        ("backend", backend, BACKENDS),
    ):
        if value not in known:
            raise ConfigError(f"unknown {name} {value!r}; expected {', '.join(known)}")


def ordered(outputs: Sequence[Output]) -> tuple[Output, ...]:
    """The different outputs in the order in which they are numbered.

    >>> ordered([True, False, True])
    (False, True)
    """
    return tuple(sorted(set(outputs), key=lambda output: (str(output), output)))


def _lookup(place: int, number: int) -> str:
    return f"lookup_{place + 1}_{number}"
