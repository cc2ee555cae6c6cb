"""What every task is, and the registry of their kinds. To add one, add a file to this package."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self, TypeVar

import numpy as np

from monoscan.models.errors import ConfigError
from monoscan.models.tasks.batch import Batch
from monoscan.registry import Registry, UnknownId

_Kind = TypeVar("_Kind", bound="type[SequenceTask]")


class SequenceTask(ABC):
    """Words with right answers, drawn at random. Immutable; equal tasks draw equal words.

    Attributes:
        kind: The name of the class in configurations.
        min_length: The length of the shortest word.
        lengths_grow: Whether training may begin with short words and lengthen them once almost
            all answers are right; if not, its words have the greatest length from the start.
    """

    kind: ClassVar[str]
    min_length: ClassVar[int] = 1
    lengths_grow: ClassVar[bool] = True

    @property
    @abstractmethod
    def letters(self) -> tuple[str, ...]:
        """What the numbers in words stand for."""

    @property
    @abstractmethod
    def n_outputs(self) -> int:
        """The number of different answers."""

    @property
    @abstractmethod
    def asks_every_letter(self) -> bool:
        """Whether an answer is asked for after each letter, or after the last one only."""

    @abstractmethod
    def sample(
        self, rng: np.random.Generator, n_words: int, length: int, min_length: int | None = None
    ) -> Batch:
        """Random words with their targets; they depend on the arguments only.

        Args:
            rng: The source of randomness.
            n_words: B, at least 1.
            length: T, at least `SequenceTask.min_length`: the length of the words, or the
                greatest one.
            min_length: If given, lengths are uniform between it and ``length``.

        Raises:
            ConfigError: If a size is out of range.
        """

    @abstractmethod
    def options(self) -> dict[str, Any]:
        """What tells this task from others of its kind, as values of JSON."""

    @classmethod
    @abstractmethod
    def from_options(cls, value: Mapping[str, Any]) -> Self:
        """The task with these options.

        Raises:
            ConfigError: If an option has a value that cannot be.
            KeyError: If one is missing.
        """

    @property
    def title(self) -> str:
        """What the task is called, for people."""
        return self.kind

    @property
    def n_letters(self) -> int:
        """The number of letters."""
        return len(self.letters)

    @property
    def held_out(self) -> SequenceTask:
        """The task that an evaluation draws from: fresh words, or text that training never sees."""
        return self


TASKS = Registry["type[SequenceTask]"]("kind of task", "tasks", "monoscan.models.tasks")


def task_kind(name: str) -> Callable[[_Kind], _Kind]:
    """Registers the decorated class under a name.

    Raises:
        ValueError: If the name is taken.
    """

    def register(kind: _Kind) -> _Kind:
        TASKS.add(name, kind)
        kind.kind = name
        return kind

    return register


def all_task_kinds() -> tuple[str, ...]:
    """The names of the kinds of task, sorted.

    >>> all_task_kinds()
    ('automaton', 'corpus', 'expressions')
    """
    return TASKS.ids()


def task_to_value(task: SequenceTask) -> dict[str, Any]:
    """A task as a value of JSON: the same for equal tasks.

    >>> from monoscan.models.tasks import Expressions
    >>> task_to_value(Expressions(3, "+"))
    {'kind': 'expressions', 'modulus': 3, 'operators': '+', 'brackets': True}
    """
    return {"kind": task.kind, **task.options()}


def task_from_value(value: Mapping[str, Any]) -> SequenceTask:
    """Reads what `task_to_value` writes.

    Raises:
        ConfigError: If there is no such kind, or an option has a value that cannot be.
        KeyError: If the kind or an option is missing.
    """
    try:
        kind = TASKS.get(str(value["kind"]))
    except UnknownId as error:
        raise ConfigError(str(error)) from None
    return kind.from_options(value)
