"""Learns the automaton of a network and says how far it describes it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final, cast, final

import numpy as np
import torch
from torch import Tensor, nn

from monoscan.automata import Automaton, Output, Word, distinguishing_word, minimize
from monoscan.errors import check_number
from monoscan.models.evaluate import NOTHING, LengthResult, answers, share_interval, validate
from monoscan.models.learned.lstar import LettersSpent, Taught, TooManyStates, learn_by_queries
from monoscan.models.learned.quotients import Quotient, output_quotients
from monoscan.models.tasks import IGNORED, Task
from monoscan.models.train import VALIDATION_STREAM, TrainedRun
from monoscan.models.worst import SearchPlan, WorstCase, search_worst
from monoscan.models.worst.search import automaton_task, precision_of

RIGHT: Final = 0.95
"""A quotient is told if so many random words have no wrong answer up to it."""

_WORDS: Final = 1000


class LearnedEnd(StrEnum):
    """How learning ended."""

    LEARNED = "learned"
    TOO_MANY_STATES = "too-many-states"
    BUDGET_REACHED = "budget-reached"


@final
@dataclass(frozen=True, eq=False)
class Part:
    """The part of the target that the answers tell, if they do not tell all of it.

    Attributes:
        quotient: The finest quotient of the target that the answers are right about.
        right: Share of random words without a wrong answer about it.
        worst: The shortest word found with a wrong answer even about it.
    """

    quotient: Quotient
    right: float
    worst: WorstCase


@final
@dataclass(frozen=True, eq=False)
class Learned:
    """The automaton that a network computes on short words, and how far it describes the network.

    Attributes:
        end: Whether there is one: ``too-many-states`` or ``budget-reached`` if not.
        automaton: The automaton, minimal; None if there is none. A network has no answer to the
            empty word: its output there is the one that needs the fewest states.
        states: How many states it has, or had when learning stopped.
        length: Network and automaton were compared on words of up to so many letters.
        letters: How many letters the network has read for it.
        difference: The shortest word to which automaton and target answer differently; None if
            they are equal, or there is no automaton.
        target: The minimal automaton of the task.
        beyond: The shortest word found to which network and automaton answer differently; None if
            there is no automaton.
        part: What of the target the answers tell; None if the automaton is the target, or they
            tell nothing.
        validation: How the network does on random words of the greatest length of training.
    """

    end: LearnedEnd
    automaton: Automaton | None
    states: int
    length: int
    letters: int
    difference: Word | None
    target: Automaton
    beyond: WorstCase | None
    part: Part | None
    validation: LengthResult

    @property
    def is_target(self) -> bool:
        """Whether the automaton is that of the task."""
        return self.automaton is not None and self.difference is None

    @property
    def learned_nothing(self) -> bool:
        """Whether the answers are no better than a constant one, or hardly."""
        return self.validation.scaled_accuracy.value < NOTHING


def learn_run(
    run: TrainedRun,
    length: int = 16,
    max_states: int = 200,
    plan: SearchPlan | None = None,
) -> Learned:
    """The automaton that a trained network computes.

    It is the smallest one that agrees with the network on all words of up to ``length`` letters
    that were read: L*, whose equivalence queries try the shortest word on which what was learned
    differs from the target, random words, and the search for failing words.

    Args:
        run: The network.
        length: Of the words from which the automaton is learned.
        max_states: How many states it may have.
        plan: How a word is searched on which network and automaton differ; as many letters may be
            read for learning, too.

    Raises:
        ConfigError: If the task is no automaton.
        BadValue: If a number is out of range.
        ModelError: If a parameter is not finite.
        OutOfMemory: If the words do not fit.
    """
    task = automaton_task(run, "what a network has learned")
    check_number("length", length, 1, 1000)
    check_number("max_states", max_states, 1, 10_000)
    plan = plan or SearchPlan()
    context = precision_of(run)
    target = minimize(task.automaton)
    taught = Taught(run.model, task.outputs, target, context, length, plan.letters, max_states)
    validation = validate(run)
    found = Learned(LearnedEnd.LEARNED, None, 0, length, 0, None, target, None, None, validation)
    try:
        learned, letters = learn_by_queries(taught)
    except TooManyStates as stopped:
        found = replace(found, end=LearnedEnd.TOO_MANY_STATES, states=stopped.states)
    except LettersSpent:
        found = replace(found, end=LearnedEnd.BUDGET_REACHED)
    else:
        difference = distinguishing_word(learned, target)
        small = target if difference is None else _with_fewest_states(learned, task.outputs)
        beyond = search_worst(run.model, small, task.outputs, plan, context)
        found = replace(
            found,
            automaton=small,
            states=small.n_states,
            letters=letters,
            difference=difference,
            beyond=beyond,
        )
    return found if found.is_target else replace(found, part=_part(run, task, target, plan))


def _with_fewest_states(learned: Automaton, outputs: tuple[Output, ...]) -> Automaton:
    """The minimal automaton with the output to the empty word that needs the fewest states."""
    if (learned.table == 0).any():
        return minimize(learned)  # words lead back to the initial state, so its output is known
    options = [
        minimize(Automaton(learned.alphabet, learned.table, (output, *learned.outputs[1:])))
        for output in dict.fromkeys((learned.outputs[0], *outputs))
    ]
    return min(options, key=lambda option: option.n_states)


def _part(run: TrainedRun, task: Task, target: Automaton, plan: SearchPlan) -> Part | None:
    """The finest quotient of the target that the answers to random words are right about."""
    rng = np.random.default_rng([run.config.training.seed, VALIDATION_STREAM])
    batch = task.sample(rng, _WORDS, run.config.training.max_length)
    given, asked = answers(run, batch), batch.targets != IGNORED
    for quotient in output_quotients(target, task.outputs):
        classes = np.array(quotient.classes)
        wrong = (classes[given] != classes[np.where(asked, batch.targets, 0)]) & asked
        right = float((~wrong.any(axis=1)).mean())
        if share_interval(right, _WORDS).value >= RIGHT:
            merged = _Merged(run.model, quotient.classes)
            names = [str(number) for number in range(max(quotient.classes) + 1)]
            context = precision_of(run)
            return Part(
                quotient, right, search_worst(merged, quotient.automaton, names, plan, context)
            )
    return None


@final
class _Merged(nn.Module):
    """A network whose answers are merged: the score of a class is that of its best answer."""

    def __init__(self, network: nn.Module, classes: tuple[int, ...]) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("classes", torch.tensor(classes))

    def advance(self, words: Tensor, state: Any) -> tuple[Tensor, Any]:
        """Scores of the classes after each letter, and the network's state."""
        scores, after = cast(Any, self.network).advance(words, state)
        classes = self.get_buffer("classes").to(scores.device)
        merged = scores.new_full((*scores.shape[:2], int(classes.max()) + 1), -torch.inf)
        places = classes.expand(*scores.shape)
        return merged.scatter_reduce(2, places, scores, "amax"), after
