"""Training with the law: the states of a network are told to move as those of the automaton.

R_q is the state of the network, of all its layers together, after the shortest word that leads to
the state q of the automaton. The law is

    mean over q and x of |step(R_q, x) - R_(q.x)|^2 / mean over q of |R_q|^2,

for each layer, and the mean of the layers; the start of a word counts as one more q. A layer above
the first reads what those below it give in the same step. By induction on the word a law of 0 makes
all words that lead to q end in R_q; then every answer is right that the read-out gives to all R_q
and letters. So the network is told the automaton: what training reaches with it says nothing of
what training finds alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

import numpy as np
import torch
from torch import Tensor

from monoscan.automata import Automaton
from monoscan.models.errors import ConfigError
from monoscan.models.model import ModelConfig, ModelState, SequenceModel
from monoscan.models.tasks import SequenceTask, Task

PAIRS_A_STEP: Final = 256
_RAMP: Final = 0.3  # of the steps, in which the weight rises
_MOST_LETTERS: Final = 20_000
_GROWING: Final = ("transformer",)


@final
@dataclass(frozen=True)
class LawMeasure:
    """How well the states of a network obey the law.

    Attributes:
        error: The root of the law: how far a step ends from where it should, over the size of
            the states; an average over states and letters.
        gap: The least distance of two of the states R_q, over their size. If it is 0, states are
            merged, and the law is obeyed by telling nothing.
    """

    error: float
    gap: float


@final
class Law:
    """The law of an automaton.

    Args:
        automaton: The automaton.

    Raises:
        ConfigError: If the shortest words to its states are too many letters.
    """

    def __init__(self, automaton: Automaton) -> None:
        table = automaton.table
        words = shortest_words(automaton)
        n_letters = sum(map(len, words.values()))
        if n_letters > _MOST_LETTERS:
            raise ConfigError(
                f"the law reads the shortest words to all {len(words)} states in each step, "
                f"{n_letters} letters; the limit is {_MOST_LETTERS}: take a smaller automaton, or "
                "train without the law"
            )
        by_length: dict[int, list[tuple[int, ...]]] = {}
        for word in words.values():  # in the order of their lengths
            by_length.setdefault(len(word), []).append(word)
        self._words = [torch.tensor(same) for same in by_length.values()]
        row = {state: number for number, state in enumerate(words)}
        self._pairs = torch.tensor(
            [
                (row[state], letter, row[after])
                for state in words
                for letter, after in enumerate(table[state].tolist())
            ]
        )
        self._first = torch.tensor([row[after] for after in table[0].tolist()])

    def penalty(self, model: SequenceModel, rng: np.random.Generator | None = None) -> Tensor:
        """The law, a scalar with gradients.

        Args:
            model: The network.
            rng: Draws `PAIRS_A_STEP` pairs of a state and a letter, if there are more; None: all.
        """
        device = model.embedding.weight.device
        pairs = self._pairs
        if rng is not None and len(pairs) > PAIRS_A_STEP:
            drawn = rng.choice(len(pairs), PAIRS_A_STEP, replace=False)
            pairs = pairs[torch.from_numpy(drawn)]
        sources, letters, targets = pairs.to(device).unbind(1)
        states = self._states(model)
        stepped = model.advance(letters.unsqueeze(1), states.rows(sources))[1]
        begun = model.advance(torch.arange(len(self._first), device=device).unsqueeze(1))[1]
        after = ModelState.joined([stepped, begun])
        wanted = states.rows(torch.cat([targets, self._first.to(device)]))
        parts = [
            _squares(a - b).mean() / _squares(r).mean().clamp(min=1e-12)
            for a, b, r in zip(after.parts(), wanted.parts(), states.parts(), strict=True)
        ]
        return torch.stack(parts).mean()

    def measure(self, model: SequenceModel) -> LawMeasure:
        """How well the network obeys the law, over all states and letters."""
        with torch.inference_mode():
            error = float(self.penalty(model)) ** 0.5
            sized = [
                part.flatten(1) / _squares(part).mean().clamp(min=1e-12).sqrt()
                for part in self._states(model).parts()
            ]
            real = [torch.view_as_real(p).flatten(1) if p.is_complex() else p for p in sized]
            distances = torch.pdist(torch.cat(real, 1)) / len(real) ** 0.5
        return LawMeasure(error, float(distances.min()) if len(distances) else float("inf"))

    def _states(self, model: SequenceModel) -> ModelState:
        """The states after the shortest words."""
        device = model.embedding.weight.device
        return ModelState.joined([model.advance(same.to(device))[1] for same in self._words])


def shortest_words(automaton: Automaton) -> dict[int, tuple[int, ...]]:
    """The shortest word with a letter that leads to each state, in numbers of letters.

    States that no such word leads to are left out; the order is that of the lengths.

    >>> shortest_words(Automaton("01", [[0, 1], [1, 0]], (True, False)))
    {0: (0,), 1: (1,)}
    """
    words: dict[int, tuple[int, ...]] = {}
    level: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    while level:
        following = []
        for state, word in level:
            for letter, after in enumerate(automaton.table[state].tolist()):
                if after not in words:
                    words[after] = (*word, letter)
                    following.append((after, words[after]))
        level = following
    return words


def _squares(x: Tensor) -> Tensor:
    """The squares of the lengths of tensors [B, ...], [B]."""
    return x.abs().square().flatten(1).sum(1)


def weight_at(weight: float, step: int, steps: int) -> float:
    """The weight of the law at a step: it rises in the first three tenths of the steps.

    >>> weight_at(2.0, 15, 100), weight_at(2.0, 30, 100), weight_at(2.0, 100, 100)
    (1.0, 2.0, 2.0)
    """
    return weight * min(1.0, step / max(_RAMP * steps, 1.0))


def law_of(task: SequenceTask, model: ModelConfig) -> Law:
    """The law for a network on a task.

    Raises:
        ConfigError: If the task has no automaton or one that is too large, or the network keeps
            more of a word than states that the automaton could say.
    """
    if not isinstance(task, Task):
        raise ConfigError(
            f"the law needs the automaton of the task, and {task.title} is a task of the kind "
            f"{task.kind}, which has none; train on a language, or without the law"
        )
    if model.convolution or model.layer.layer in _GROWING:
        what, remedy = f"the layer {model.layer.layer}", ""
        if model.convolution:
            what, remedy = "a convolution", ", or with no convolution (--convolution 0)"
        raise ConfigError(
            f"with {what} the network keeps the last letters of a word, whatever state the "
            f"automaton is in, so that no law can hold; train it without the law{remedy}"
        )
    return Law(task.automaton)
