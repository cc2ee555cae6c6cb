"""Reads words through a network, letter by letter where it must be, and judges every answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, Protocol, Self, cast, final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from monoscan.automata import Automaton, Output
from monoscan.models.errors import ConfigError, ModelError
from monoscan.models.memory import memory_watched
from monoscan.models.tasks import run

Letters = NDArray[np.int32]
Context = Callable[[], AbstractContextManager[object]]


class State(Protocol):
    """What a network keeps of the words that it has read."""

    def rows(self, chosen: Tensor) -> Self:
        """The states of some of the words, each as often as it is named."""
        ...

    def vectors(self) -> Tensor | None:
        """A real vector for each word; None if they grow with the words."""


@final
@dataclass(frozen=True, eq=False)
class Place:
    """Where the reading of some words stands.

    Attributes:
        state: Of the network.
        targets: int64 [B], the states of the automaton.
    """

    state: State
    targets: Tensor

    def rows(self, chosen: Tensor) -> Place:
        """The places of some of the words, each as often as it is named."""
        return Place(self.state.rows(chosen), self.targets[chosen])


@final
@dataclass(frozen=True, eq=False)
class Reading:
    """The answers to a piece of some words.

    Attributes:
        margins: [B, T], by how much the score of the right answer is above the next.
        wrong: [B, T].
        place: After the piece.
    """

    margins: Tensor
    place: Place

    @property
    def wrong(self) -> NDArray[np.bool_]:
        """[B, T], where the right answer is not above all others; `Reader.first_error` is strict.

        A score that is no number is not above anything.
        """
        return cast("NDArray[np.bool_]", (~(self.margins > 0)).cpu().numpy())


@final
class Reader:
    """Reads words through a network, and counts the letters.

    Args:
        network: A module with ``advance``, such as `SequenceModel` and `CompiledModel`.
        automaton: Gives the right answers.
        outputs: What the numbers of the network's answers stand for.
        letters: How many letters may be read.
        context: What the reading happens in: the precision.
        progress: Told how many letters were read.

    Raises:
        ConfigError: If the automaton answers what the network cannot.
        ModelError: If a parameter is not finite.
    """

    def __init__(
        self,
        network: nn.Module,
        automaton: Automaton,
        outputs: Sequence[Output],
        letters: int,
        context: Context = nullcontext,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        check_finite(network)
        numbers = {output: place for place, output in enumerate(outputs)}
        for output in automaton.outputs:
            if output not in numbers:
                raise ConfigError(
                    f"the automaton answers {output!r}, and the network has no such answer; "
                    f"expected {', '.join(map(repr, outputs))}"
                )
        self.device = next(network.parameters()).device
        self.n_letters, self.budget, self.count = len(automaton.alphabet), letters, 0
        self._network, self._automaton, self._context = cast(Any, network), automaton, context
        self._progress = progress
        self._numbers = np.array([numbers[output] for output in automaton.outputs])

    @property
    def left(self) -> int:
        """How many letters may still be read."""
        return self.budget - self.count

    def read(self, words: Letters, place: Place | None = None) -> Reading:
        """The answers to the next letters of words.

        Args:
            words: [B, T], at least one letter.
            place: Where earlier pieces ended; None at the start of the words.

        Raises:
            OutOfMemory: If the words do not fit.
        """
        self._spend(words.size)
        before = None if place is None else place.targets.cpu().numpy().astype(np.int32)
        states = run(self._automaton, words, before)
        expected = self._to_device(self._numbers[states])
        with torch.inference_mode(), self._context(), memory_watched(*words.shape):
            given, state = self._network.advance(
                self._to_device(words), None if place is None else place.state
            )
            scores = given.float()
            right = scores.gather(-1, expected.unsqueeze(-1))
            others = scores.scatter(-1, expected.unsqueeze(-1), -torch.inf).amax(-1)
            margins = (right.squeeze(-1) - others).nan_to_num(nan=-torch.inf)
        return Reading(margins, Place(state, self._to_device(states[:, -1])))

    def first_error(self, word: Letters) -> int | None:
        """How long the shortest prefix is that fails; the word [T] is read alone from its start."""
        wrong = self.answers(word[None])[0] != self.expected(word[None])[0]
        return int(wrong.argmax()) + 1 if wrong.any() else None

    def answers(self, words: Letters) -> NDArray[np.int64]:
        """The numbers of the answers after each letter, [B, T], from the start of the words.

        As in evaluations the answer is the first of those with the greatest score; -1 if a score
        is no number.
        """
        self._spend(words.size)
        with torch.inference_mode(), self._context(), memory_watched(*words.shape):
            scores, _ = self._network.advance(self._to_device(words), None)
            given = scores.argmax(-1).where(~scores.isnan().any(-1), -1)
        return cast("NDArray[np.int64]", given.cpu().numpy())

    def expected(self, words: Letters) -> NDArray[np.int64]:
        """The numbers of the right answers after each letter, [B, T]."""
        return cast("NDArray[np.int64]", self._numbers[run(self._automaton, words)])

    def _spend(self, letters: int) -> None:
        self.count += letters
        self._progress(self.count)

    def _to_device(self, values: NDArray[np.integer[Any]]) -> Tensor:
        return torch.from_numpy(values.astype(np.int64)).to(self.device)


def check_finite(network: nn.Module) -> None:
    """Refuses a network with a parameter that is not finite.

    Raises:
        ModelError: With the name of the parameter.
    """
    for name, parameter in network.named_parameters():
        if not bool(parameter.isfinite().all()):
            raise ModelError(
                f"the parameter {name} of the network holds numbers that are not finite, so that "
                "its answers mean nothing; expected a network that training or compiling gave"
            )
