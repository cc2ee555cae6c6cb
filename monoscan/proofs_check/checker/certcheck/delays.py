"""Delays: letters, and outputs of layers, from some letters ago."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from .limits import MAX_SIDE, WORK
from .reading import Node, Output

Value = Output | None  # None: the word had not begun
Queue = tuple[Value, ...]  # of the last letters, the oldest first


class Delay(NamedTuple):
    """Hands on the letter (0) or the output of a layer, from so many letters ago."""

    of: int
    steps: int

    @property
    def initial(self) -> Queue:
        """The state before the first letter."""
        return (None,) * self.steps

    def step(self, queue: Queue, value: Value) -> Queue:
        """The next state; what is handed on is the first value of the state before it."""
        WORK.spend(3_000 + 100 * self.steps)
        return (*queue[1:], value)

    def read_state(self, node: Node) -> Queue:
        """A state: as many values as there are steps."""
        return tuple(read_value(item) for item in node.items(self.steps, self.steps))


def read_delay(node: Node, layers: Collection[int]) -> Delay:
    """A delay of the letter or of one of the layers with these numbers."""
    (inner,) = node.members("delay")
    of_node, steps_node = inner.members("of", "steps")
    of, steps = of_node.integer(), steps_node.integer()
    if of != 0 and of not in layers:
        of_node.fail("expected 0 for the letter, or the number of a layer below that is no delay")
    if not 1 <= steps <= MAX_SIDE:
        steps_node.fail(f"expected between 1 and {MAX_SIDE} letters")
    return Delay(of, steps)


def read_value(node: Node) -> Value:
    """An output or a letter; null where the word had not begun."""
    return None if node.value is None else node.output()
