"""Tasks: what a network reads and what it should answer; one kind a file.

A kind is a class derived from `SequenceTask` and registered by `task_kind`: an automaton (`Task`),
arithmetic expressions (`Expressions`), the text of source files (`Corpus`).
"""

from monoscan.models.tasks.automaton import TARGETS, WORDS, Task, run
from monoscan.models.tasks.batch import IGNORED, Batch, Integers
from monoscan.models.tasks.corpus import Corpus
from monoscan.models.tasks.expressions import OPERATORS, Expressions
from monoscan.models.tasks.task import (
    SequenceTask,
    all_task_kinds,
    task_from_value,
    task_kind,
    task_to_value,
)

__all__ = [
    "IGNORED",
    "OPERATORS",
    "TARGETS",
    "WORDS",
    "Batch",
    "Corpus",
    "Expressions",
    "Integers",
    "SequenceTask",
    "Task",
    "all_task_kinds",
    "run",
    "task_from_value",
    "task_kind",
    "task_to_value",
]
