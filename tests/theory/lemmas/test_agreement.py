"""No obstruction coexists with a construction, on random automata of several kinds."""

from __future__ import annotations

from random import Random

import pytest
from helpers.effort import part_of

from monoscan.automata import Automaton, canonical
from monoscan.face.architectures import shown_classes
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import Question

SHAPES = ("any", "permutations", "resets", "length", "diagonal")


def random_automaton(shape: str, seed: int) -> Automaton:
    """An automaton of a shape for which many constructions are made."""
    random = Random(f"{shape} {seed}")
    states, letters = random.randint(2, 5), random.randint(1, 3)
    columns = [_column(random, shape, states) for _ in range(letters)]
    if shape == "length":
        columns = columns[:1] * letters
    table = [list(row) for row in zip(*columns, strict=True)]
    outputs = [bool(random.getrandbits(1)) for _ in range(states)]
    return canonical("abc"[:letters], table, outputs)


def _column(random: Random, shape: str, states: int) -> list[int]:
    everything = list(range(states))
    if shape in ("any", "length"):
        return [random.randrange(states) for _ in everything]
    if shape == "permutations" or (shape == "diagonal" and random.random() < 0.5):
        turn = random.randrange(states) if shape == "diagonal" else 0
        mixed = random.sample(everything, states) if shape == "permutations" else everything
        return [mixed[(q + turn) % states] for q in everything]
    target = random.randrange(states)
    return [target] * states if random.random() < 0.7 else everything


def check(shape: str, seed: int) -> None:
    predictor = Predictor(random_automaton(shape, seed), max_states=1_000)
    for model_class in shown_classes():
        for depth in (1, 2, 3, "any"):
            predictor.check_consistency(Question(model_class, depth))
        predictor.check_consistency(Question(model_class, "any", "op-round"))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", part_of(range(3), 1))
def test_no_obstruction_and_construction(shape: str, seed: int) -> None:
    check(shape, seed)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(3, 60))
def test_no_obstruction_and_construction_of_many(shape: str, seed: int) -> None:
    check(shape, seed)
