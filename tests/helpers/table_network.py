"""Networks that follow an automaton exactly, and a run around any network."""

from __future__ import annotations

from helpers.small_runs import small_run
from torch import Tensor, nn, ones, tensor

from monoscan.automata import Automaton, Output
from monoscan.models.train import TrainedRun


class States:
    """The state of the automaton for each word."""

    def __init__(self, states: Tensor) -> None:
        self.states = states

    def rows(self, chosen: Tensor) -> States:
        return States(self.states[chosen])

    def vectors(self) -> Tensor:
        return self.states.float().unsqueeze(1)


class TableNetwork(nn.Module):
    """Answers as an automaton does, if all of its answers are among the outputs."""

    def __init__(self, automaton: Automaton, outputs: tuple[Output, ...]) -> None:
        super().__init__()
        self.scale = nn.Parameter(ones(1))
        self.table = tensor(automaton.table.tolist())
        self.answers = tensor([outputs.index(output) for output in automaton.outputs])
        self.n_outputs = len(outputs)

    def advance(self, words: Tensor, state: States | None = None) -> tuple[Tensor, States]:
        current = words.new_zeros(len(words)) if state is None else state.states
        seen = []
        for letters in words.unbind(1):
            current = self.table[current, letters]
            seen.append(current)
        given = self.answers[tensor([s.tolist() for s in seen]).T]
        return nn.functional.one_hot(given, self.n_outputs) * self.scale, States(current)


def run_of(network: nn.Module, language: str) -> TrainedRun:
    """A run on a language whose network is this one."""
    return TrainedRun(small_run(language), network, 0, (), 0.0)
