"""Exact networks to compile, a table of them for every layer, and words to ask them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from itertools import product
from random import Random

import torch

from monoscan.automata import get_language
from monoscan.models.compile import CompiledModel
from monoscan.theory.constructions.registry import get_construction
from monoscan.theory.explore import CachedNetwork
from monoscan.theory.lrnn import LRNN, Case, Layer
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import zeta
from monoscan.theory.readout import StateTable
from monoscan.theory.semantics import Exact
from monoscan.theory.transition import (
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
)

Draw = Callable[[Random, int], Transition]

# Language, construction, layer: at least two of each layer, with inputs and stacks among them.
COMPILED = (
    ("parity", "scalar-parity", "diagonal"),
    ("flip-flop", "right-regular-band", "diagonal"),
    ("s3", "derived-series", "diagonal"),
    ("cycle-navigation-5", "abelian-one-layer", "diagonal"),
    ("parity", "scalar-parity", "deltanet"),
    ("flip-flop", "right-regular-band", "deltanet"),
    ("s3", "dihedral-two-layer", "deltanet"),
    ("a5-involutions", "a5-involutions-one-reflection", "deltanet"),
    ("s3", "dihedral-one-layer", "deltaproduct"),
    ("s4", "so3-groups-two-gh", "deltaproduct"),
    ("dyck-1-2", "nilpotent-cascade", "deltaproduct"),
    ("s3", "dihedral-two-layer", "gated_deltanet"),
    ("ends-with-ab", "sign-cascade", "gated_deltanet"),
    ("s3", "dihedral-one-layer", "gated_deltaproduct"),
    ("count-mod-4", "binary-counter", "ckda"),
    ("s3", "dihedral-two-layer", "ckda"),
    ("flip-flop", "right-regular-band", "ckda"),
    ("s3", "dihedral-two-layer", "rwkv7"),
    ("flip-flop", "right-regular-band", "rwkv7"),
    ("a4", "pd-ssm-n-states", "pd_ssm"),
    ("count-mod-6", "abelian-one-layer", "pd_ssm"),
    ("flip-flop", "right-regular-band", "pd_ssm"),
    ("even-pairs", "pd-ssm-n-states", "dense"),
    ("s4", "so3-groups-two-gh", "dense"),
)


@cache
def network(language: str, construction: str) -> LRNN:
    """The exact network of a language."""
    return get_construction(construction).build(get_language(language).build())


def one_layer(
    transitions: list[Transition], initial: Matrix, inputs: list[Matrix] | None = None
) -> LRNN:
    """A network of one layer whose letters a, b, ... have these matrices; it answers its state."""
    letters = "abcdef"[: len(transitions)]
    nothing = Matrix.zeros(*initial.shape)
    cases = {
        (letter,): Case(transition, inputs[place] if inputs else nothing)
        for place, (letter, transition) in enumerate(zip(letters, transitions, strict=True))
    }
    states = {initial: "0"}
    queue = [initial]
    for state in queue:
        for case in cases.values():
            following = case.apply(state)
            if following not in states and len(states) < 200:
                states[following] = str(len(states))
                queue.append(following)
    return LRNN(tuple(letters), (Layer(initial, cases, StateTable(states)),))


def words_of_length(n_letters: int, length: int) -> torch.Tensor:
    """All words of a length, [n_letters^length, length]."""
    return torch.tensor(list(product(range(n_letters), repeat=length)), dtype=torch.long)


def wrong_words(model: CompiledModel, lrnn: LRNN, longest: int) -> list[str]:
    """The words up to a length, at most 3,000 of them, to which the two answer differently."""
    n_letters = len(lrnn.alphabet)
    while n_letters**longest > 3_000:
        longest -= 1
    exact = CachedNetwork(lrnn, Exact())
    words = words_of_length(n_letters, longest)
    with torch.no_grad():
        given = model(words).argmax(-1).tolist()
    wrong = []
    for word, answers in zip(words.tolist(), given, strict=True):
        numbers = exact.start
        for place, letter in enumerate(word):
            numbers = exact.step(numbers, lrnn.alphabet[letter])
            if exact.output(numbers) != model.outputs[answers[place]]:
                wrong.append(" ".join(lrnn.alphabet[i] for i in word[: place + 1]))
    return wrong


# ------------------------------------------------- random matrices, one family for each layer


def _number(random: Random, *choices: str) -> Fraction:
    return Fraction(random.choice(choices))


def _direction(random: Random, n: int) -> tuple[Fraction, ...]:
    v = tuple(_number(random, "0", "1", "1", "-1", "2") for _ in range(n))
    return v if any(v) else (Fraction(1), *v[1:])


def _diagonal(random: Random, n: int) -> Transition:
    return Diagonal(tuple(_number(random, "0", "1", "-1", "1/2") for _ in range(n)))


def _complex_diagonal(random: Random, n: int) -> Transition:
    choices = (Fraction(0), zeta(3), zeta(4), zeta(5), Fraction(1))
    return Diagonal(tuple(random.choice(choices) for _ in range(n)))


def _factor(random: Random, n: int) -> Householder:
    return Householder(_direction(random, n), _number(random, "0", "1", "2", "1/2"))


def _product(random: Random, n: int) -> Transition:
    return HouseholderProduct(tuple(_factor(random, n) for _ in range(random.choice((1, 2, 3)))))


def _gated(random: Random, n: int) -> Transition:
    return Gated(_number(random, "0", "1", "1", "1/2"), _factor(random, n))


def _gated_product(random: Random, n: int) -> Transition:
    factors = tuple(_factor(random, n) for _ in range(2))
    return Gated(_number(random, "0", "1", "1"), HouseholderProduct(factors))


def _reflected_diagonal(random: Random, n: int) -> Transition:
    entries = tuple(_number(random, "0", "1", "-1") for _ in range(n))
    return HouseholderDiagonal(_direction(random, n), _number(random, "0", "1", "2"), entries)


def _rank_one(random: Random, n: int) -> Transition:
    w = (_number(random, "0", "1", "1"),) * n
    rates = (_number(random, "1", "1", "1/2", "0"),) * n
    return DiagonalPlusRankOne(w, _direction(random, n), rates, _number(random, "0", "1", "2"))


FAMILIES: dict[str, tuple[Draw, ...]] = {
    "diagonal": (_diagonal, _complex_diagonal),
    "deltanet": (_factor,),
    "deltaproduct": (_product,),
    "gated_deltanet": (_gated,),
    "gated_deltaproduct": (_gated_product,),
    "ckda": (_reflected_diagonal,),
    "rwkv7": (_rank_one,),
    "pd_ssm": (_diagonal, _complex_diagonal),
}
"""Matrices that each layer can have."""
