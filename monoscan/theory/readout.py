"""Read-outs: what a layer reports about its state, as a finite amount of data.

A read-out first makes an *observation* of the state (the state itself, or the bits of finitely
many linear thresholds) and then looks the observation up in a table. Two words with equal
observations get equal outputs whatever the table says; that is why refutations compare
observations.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal, TypeAlias

from monoscan.automata import Output
from monoscan.errors import NoAnswer
from monoscan.theory.matrix import Matrix, ShapeError
from monoscan.theory.numbers import Number

Observation: TypeAlias = Matrix | str


class ReadoutUndefinedError(NoAnswer):
    """A reachable state whose observation has no entry in the read-out table."""


@dataclass(frozen=True)
class StateTable:
    """Looks the state itself up.

    Attributes:
        table: n x d state -> output.
    """

    table: Mapping[Matrix, Output]
    _key: frozenset[tuple[Matrix, Output]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.table:
            raise ValueError("the read-out table is empty; list at least one state")
        shapes = {state.shape for state in self.table}
        if len(shapes) > 1:
            raise ShapeError(f"the read-out table lists states of different shapes: {shapes}")
        object.__setattr__(self, "table", MappingProxyType(dict(self.table)))
        object.__setattr__(self, "_key", frozenset(self.table.items()))

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def shape(self) -> tuple[int, int]:
        """The shape of the states that it reads."""
        return next(iter(self.table)).shape

    def observe(self, state: Matrix) -> Matrix:
        """The state."""
        return state

    def output(self, observation: Observation) -> Output:
        """The table's entry.

        Raises:
            ReadoutUndefinedError: if there is none.
        """
        if not isinstance(observation, Matrix) or observation not in self.table:
            raise ReadoutUndefinedError(
                f"the read-out table has no entry for the reachable state {observation}; "
                "add it, or read out through thresholds"
            )
        return self.table[observation]


@dataclass(frozen=True)
class Functional:
    """The bit [ <weights, H> relation bound ].

    Attributes:
        weights: n x d.
        relation: ">=" or ">".
        bound: the threshold.
    """

    weights: Matrix
    relation: Literal[">=", ">"]
    bound: Number

    def __post_init__(self) -> None:
        if self.relation not in (">=", ">"):
            raise ValueError(f'relation is {self.relation!r}; expected ">=" or ">"')

    def holds(self, state: Matrix) -> bool:
        """The bit for this state."""
        value = self.weights.dot(state)
        return value >= self.bound if self.relation == ">=" else value > self.bound


@dataclass(frozen=True)
class Scale:
    """The functionals that compare one weighted sum, in the order in which a growing sum passes.

    Attributes:
        weights: n x d.
        marks: (bound, whether the sum has to lie above it), ascending.
        places: for each mark the number of its functional, from 0.
    """

    weights: Matrix
    marks: tuple[tuple[Number, bool], ...]
    places: tuple[int, ...]

    def passed(self, value: Number) -> int:
        """How many marks a sum passes: those before it in the order, and no others."""
        return bisect_right(self.marks, (value, False))


@dataclass(frozen=True)
class Threshold:
    """Compares linear functionals of the state with bounds and looks the bits up.

    Attributes:
        functionals: at least one; functional i gives bit i.
        table: bit string, such as "01" -> output.
    """

    functionals: tuple[Functional, ...]
    table: Mapping[str, Output]
    _key: frozenset[tuple[str, Output]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.functionals:
            raise ValueError("a threshold read-out needs at least one functional")
        shapes = {functional.weights.shape for functional in self.functionals}
        if len(shapes) > 1:
            raise ShapeError(f"functionals have weights of different shapes: {shapes}")
        for bits in self.table:
            if len(bits) != len(self.functionals) or set(bits) - {"0", "1"}:
                raise ValueError(
                    f"{bits!r} in the read-out table is no string of {len(self.functionals)} "
                    "bits; write one character 0 or 1 for each functional"
                )
        object.__setattr__(self, "table", MappingProxyType(dict(self.table)))
        object.__setattr__(self, "_key", frozenset(self.table.items()))

    def __hash__(self) -> int:
        return hash((self.functionals, self._key))

    @property
    def shape(self) -> tuple[int, int]:
        """The shape of the states that it reads."""
        return self.functionals[0].weights.shape

    @cached_property
    def scales(self) -> tuple[Scale, ...]:
        """The functionals by their weights: a state is compared with few of many bounds.

        >>> from monoscan.theory.numbers import number
        >>> total = Matrix.of([[1]])
        >>> bits = Functional(total, ">", number(1)), Functional(total, ">=", number(0))
        >>> Threshold(bits, {"01": True}).scales[0].places
        (1, 0)
        """
        by_weights: dict[Matrix, list[int]] = {}
        for number, functional in enumerate(self.functionals):
            by_weights.setdefault(functional.weights, []).append(number)
        return tuple([self._scale(weights, found) for weights, found in by_weights.items()])

    def _scale(self, weights: Matrix, numbers: list[int]) -> Scale:
        bits = self.functionals
        marks = {number: (bits[number].bound, bits[number].relation == ">") for number in numbers}
        places = sorted(numbers, key=lambda number: marks[number])
        return Scale(weights, tuple([marks[number] for number in places]), tuple(places))

    def bits(self, passed: Sequence[int]) -> str:
        """The bit string of the states that pass so many marks of each scale."""
        found = ["0"] * len(self.functionals)
        for scale, marks in zip(self.scales, passed, strict=True):
            for place in scale.places[:marks]:
                found[place] = "1"
        return "".join(found)

    def observe(self, state: Matrix) -> str:
        """The bit string of a state."""
        return self.bits([scale.passed(scale.weights.dot(state)) for scale in self.scales])

    def output(self, observation: Observation) -> Output:
        """The table's entry.

        Raises:
            ReadoutUndefinedError: if there is none.
        """
        if not isinstance(observation, str) or observation not in self.table:
            raise ReadoutUndefinedError(
                f"the read-out table has no entry for the reachable bits {observation}; add it"
            )
        return self.table[observation]


Readout: TypeAlias = StateTable | Threshold
