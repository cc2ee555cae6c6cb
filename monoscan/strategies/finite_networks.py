"""Random networks with few states, each with the automaton of what its layers remember together.

The numbers are drawn where the network is explored, so that it cannot grow; a seed that leads to
too many states is given up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any, cast

from hypothesis import strategies as st

from monoscan.automata import Automaton, canonical, minimize
from monoscan.strategies.errors import need, need_range
from monoscan.strategies.formats import semantics_of
from monoscan.theory.constructions.published.plane import point, rotation
from monoscan.theory.formats import FixedPoint, NumberFormat, RoundingMode
from monoscan.theory.lrnn import LRNN, Case, Delay, Layer, Queue, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.numbers import zeta
from monoscan.theory.readout import StateTable
from monoscan.theory.rounded_step import rounded_apply
from monoscan.theory.semantics import Exact, Semantics, SemanticsError
from monoscan.theory.transition import (
    Blocks,
    DeltaRule,
    Diagonal,
    DiagonalPlusRankOne,
    Gated,
    Householder,
    HouseholderDiagonal,
    HouseholderProduct,
    Transition,
    heads,
    transition_matrix,
)

MOST = 48
LETTERS = ("a", "b")
Draw = Callable[[Random, int], Transition]
States = tuple[Matrix | Queue, ...]


@dataclass(frozen=True)
class FiniteNetwork:
    """A network with few states, and what it remembers.

    Attributes:
        lrnn: The network.
        automaton: What its layers are in, one beside the other: it tells apart two words if some
            word after them leads some layer to different states.
        language: The minimal automaton of what it answers.
        semantics: How it computes.
    """

    lrnn: LRNN
    automaton: Automaton
    language: Automaton
    semantics: Semantics[Any]


def _numbers(random: Random, n: int, *choices: str) -> tuple[Fraction, ...]:
    return tuple(Fraction(random.choice(choices)) for _ in range(n))


def _direction(random: Random, n: int) -> tuple[Fraction, ...]:
    v = _numbers(random, n, "0", "1", "1", "-1")
    return v if any(v) else (Fraction(1), *v[1:])


def _nonnegative(random: Random, n: int) -> Transition:
    return Diagonal(_numbers(random, n, "0", "0", "1", "1", "1/2"))


def _real(random: Random, n: int) -> Transition:
    return Diagonal(_numbers(random, n, "0", "1", "-1"))


def _complex(random: Random, n: int) -> Transition:
    return Diagonal(tuple(random.choice((Fraction(0), zeta(3), zeta(4), zeta(1))) for _ in "x" * n))


def _factor(*betas: str) -> Draw:
    def draw(random: Random, n: int) -> Householder:
        return Householder(_direction(random, n), Fraction(random.choice(betas)))

    return draw


def _product(*betas: str) -> Draw:
    def draw(random: Random, n: int) -> Transition:
        count = random.choice((2, 2, 3))
        factors = [
            Householder(_direction(random, n), Fraction(random.choice(betas))) for _ in "x" * count
        ]
        return HouseholderProduct(tuple(factors))

    return draw


def _gated(random: Random, n: int) -> Transition:
    beta = Fraction(random.choice("012"))
    return Gated(Fraction(random.choice("011")), Householder(_direction(random, n), beta))


def _after_diagonal(random: Random, n: int) -> Transition:
    beta = Fraction(random.choice("0112"))
    return HouseholderDiagonal(_direction(random, n), beta, _numbers(random, n, "0", "1", "-1"))


def _below_limits(random: Random, n: int) -> Transition:
    return Diagonal(_numbers(random, n, "0", "0", "0", "1/2", "-1/2"))


def _released(random: Random, n: int) -> Transition:
    """RWKV-7 with c = 1, in half of the cases with w = a, so that the key's direction is lost."""
    w = Fraction(random.choice(("3/5", "3/4")))
    a = w if random.random() < 0.5 else Fraction("1/2")
    heads = [DiagonalPlusRankOne((w,), _direction(random, 1), (a,), Fraction(1)) for _ in range(n)]
    return Blocks(tuple(heads))


def _common_phase(random: Random, n: int) -> Transition:
    """A phase for each place of a head, the same in every matrix."""
    decays = _numbers(random, n, "0", "1", "1", "1/2")
    return Diagonal(tuple(g * zeta((4, 3, 2, 1)[i]) for i, g in enumerate(decays)))


def _gate_order(random: Random, n: int) -> Transition:
    """Matrices g I - b k k^T: the gate does not multiply the erased part."""
    gates, ones = (Fraction(random.choice("011")),) * n, (Fraction(1),) * n
    return DiagonalPlusRankOne(gates, _direction(random, n), ones, Fraction(random.choice("011")))


def _delta(random: Random, n: int) -> Transition:
    k = _numbers(random, n, "0", "1", "2", "1/2", "-1")
    return DeltaRule(k, Fraction(random.choice(("0", "1/4", "1/2", "3/4", "1", "2"))))


def narrow_deltas(random: Random, n: int) -> Transition:
    """Heads of width 1 whose matrices are 1, 0 or -1, written as delta rules."""
    pairs = [("2", "0"), ("2", "1/4"), ("2", "1/2")]
    chosen = [random.choice(pairs) for _ in range(n)]
    return Blocks(tuple(DeltaRule((Fraction(k),), Fraction(beta)) for k, beta in chosen))


def _blocks(random: Random, n: int) -> Transition:
    draws = (_nonnegative, _real, _delta)
    return Blocks(tuple(random.choice(draws)(random, 1) for _ in range(n)))


def simplex_symmetries(random: Random, _n: int) -> Transition:
    """Symmetries of a simplex with five corners in R^4, each with at most two factors a head.

    Corner j has the angle 2 pi j/5 in one plane and twice that in the other. So a turn of the
    corners is a turn of either plane, and a swap of two of them is one reflection of the space.
    """
    if random.random() < 0.5:
        i, j = random.sample(range(5), 2)
        pairs = zip(_corner(i).entries(), _corner(j).entries(), strict=True)
        return Householder(tuple(x - y for x, y in pairs), Fraction(2))
    turns = random.randrange(1, 5)
    if random.random() < 0.5:
        return Blocks(tuple(HouseholderProduct(rotation(k * turns, 5)) for k in (2, 4)))
    mirrored = [rotation(k * turns, 5)[0] for k in (2, 4)]
    one = Fraction(1)
    return Blocks(tuple(HouseholderDiagonal(m.v, m.beta, (one, -one)) for m in mirrored))


def _corner(j: int) -> Matrix:
    return Matrix.column([*point(2 * j, 5).entries(), *point(4 * j, 5).entries()])


EXACT: tuple[Draw, ...] = (
    *(_nonnegative, _nonnegative, _real, _complex, _factor("0", "1"), _factor("0", "1", "2")),
    *(_product("0", "1"), _product("0", "1", "2"), _gated, _after_diagonal, simplex_symmetries),
    *(_below_limits, _released, _common_phase, _gate_order),
)
SEQ_ROUND: tuple[Draw, ...] = (_nonnegative, _real, _factor("0", "1/2", "1"), _delta, _gated)
OP_ROUND: tuple[Draw, ...] = (_nonnegative, _real, _delta, _blocks, narrow_deltas)
DRAWS = {"exact": EXACT, "seq-round": SEQ_ROUND, "op-round": OP_ROUND}


def finite_networks(
    semantics: str = "exact", *, depth: int = 1, same_heads: bool = False
) -> st.SearchStrategy[FiniteNetwork]:
    """Networks with at most 48 states over the letters a and b, from every class of matrices.

    Args:
        semantics: `exact`, `seq-round` or `op-round`; the rounded ones with a format that
            saturates.
        depth: How many layers; each reads the states of all layers below.
        same_heads: Whether a layer has the same heads for all letters, as classes of heads ask.

    Raises:
        EmptySetError: If there are no such networks.

    >>> from hypothesis import find
    >>> found = find(finite_networks(), lambda drawn: drawn.automaton.n_states == 2)
    >>> len(found.automaton.outputs)
    2
    """
    need(semantics in DRAWS, f"semantics {semantics!r}: expected one of {', '.join(DRAWS)}")
    need_range("layers", 1, 1, depth)
    # Not `st.randoms`: its numbers are drawn one by one, and most networks take too many.
    drawn = st.integers(0, 2**32 - 1).map(
        lambda seed: random_network(Random(seed), semantics, depth, same_heads=same_heads)
    )
    return drawn.filter(_has_meaning)  # type: ignore[return-value]


def _has_meaning(found: FiniteNetwork | None) -> bool:
    """Whether there is a network, and all its numbers are values of its format."""
    if found is None:
        return False
    try:
        found.semantics.validate(found.lrnn)
    except SemanticsError:
        return False
    return True


def random_network(
    random: Random,
    semantics: str,
    depth: int,
    draws: tuple[Draw, ...] = (),
    *,
    same_heads: bool = False,
    delays: int = 0,
) -> FiniteNetwork | None:
    """A network of that depth with few states; None if this draw leads to too many.

    Args:
        random: The source of all choices.
        semantics: `exact`, `seq-round` or `op-round`; rounded ones with a saturating format.
        depth: The number of layers; each reads the states of all layers below.
        draws: Where a layer takes its matrices from, if not from everywhere.
        same_heads: Whether all letters of a layer have the same heads, as classes of heads ask.
        delays: At most so many delays stand below each layer; A, B, both or neither see them.

    >>> random_network(Random(1), "exact", 1).automaton.n_states
    5
    """
    number_format = None if semantics == "exact" else _format(random)
    layers: list[_Growing | Delay] = []
    for _ in range(depth):
        draw = random.choice(draws or DRAWS[semantics])
        if delays:
            layers += _delays(random, delays, layers)
        old = tuple(n for n, item in enumerate(layers, start=1) if isinstance(item, Delay))
        layers.append(_Growing(random, draw, number_format, semantics, same_heads, old))
    start: States = tuple(layer.initial for layer in layers)
    joints, table = [start], []
    numbers = {start: 0}
    for joint in joints:
        row = []
        for letter in LETTERS:
            following = _advance(layers, joint, letter)
            if following not in numbers:
                numbers[following] = len(joints)
                joints.append(following)
            row.append(numbers[following])
        table.append(row)
        if len(joints) > MOST:
            return None
    lrnn = LRNN(LETTERS, tuple(x if isinstance(x, Delay) else x.layer() for x in layers))
    answers = [lrnn.last.output(cast("Matrix", joint[-1])) for joint in joints]
    return FiniteNetwork(
        lrnn,
        minimize(canonical(LETTERS, table, [_seen(joint) for joint in joints])),
        minimize(canonical(LETTERS, table, answers)),
        Exact() if number_format is None else semantics_of(semantics, number_format),
    )


def _seen(joint: States) -> str:
    """The states of the layers, which read-outs see, and not those of the delays."""
    return " ".join(str(state) for state in joint if isinstance(state, Matrix))


def _delays(random: Random, most: int, below: list[_Growing | Delay]) -> list[Delay]:
    sources = [0, *(n for n, item in enumerate(below, start=1) if isinstance(item, _Growing))]
    return [
        Delay(random.choice(sources), random.choice((1, 1, 2)))
        for _ in range(random.randint(0, most))
    ]


class _Growing:
    """A layer that draws a case for a symbol when it reads it for the first time."""

    def __init__(
        self,
        random: Random,
        draw: Draw,
        number_format: NumberFormat | None,
        semantics: str,
        same_heads: bool,
        old: tuple[int, ...],
    ) -> None:
        self.random, self.draw = random, draw
        self.number_format, self.semantics = number_format, semantics
        self.size = random.choice((1, 2, 2, 3, 4))
        # The sizes of the heads; None: drawn anew for each symbol, which no class of heads allows.
        partitions = ((self.size,), _cut(random, self.size), None)
        self.sizes = random.choice(partitions[:2] if same_heads else partitions)
        if draw is simplex_symmetries:
            self.size, self.sizes = 4, (4,)
        self.shared = self._transition() if random.random() < 0.2 else None
        self.smallest = () if number_format is None else (str(number_format.to_json()["step"]),)
        self.initial = self._column("0", "1", "2", *self.smallest)
        if draw is simplex_symmetries:
            self.initial = _corner(0)
        # The places of a symbol that A, and B, do not look at: those of delays, or none.
        self.unseen = [old if old and random.random() < 0.5 else () for _ in "AB"]
        self.transitions: dict[Symbol, Transition] = {}
        self.inputs: dict[Symbol, Matrix] = {}
        self.cases: dict[Symbol, Case] = {}
        self.names = {self.initial: "0"}

    def _column(self, *choices: str) -> Matrix:
        return Matrix.column(_numbers(self.random, self.size, *choices))

    def step(self, symbol: Symbol, state: Matrix) -> Matrix:
        if symbol not in self.cases:
            for_a, for_b = (
                tuple(part for place, part in enumerate(symbol) if place not in unseen)
                for unseen in self.unseen
            )
            if for_a not in self.transitions:
                self.transitions[for_a] = self.shared or self._transition()
            if for_b not in self.inputs:
                self.inputs[for_b] = self._input(self.transitions[for_a])
            self.cases[symbol] = Case(self.transitions[for_a], self.inputs[for_b])
        moved = self._moved(self.cases[symbol], state)
        self.names.setdefault(moved, str(len(self.names)))
        return moved

    def _transition(self) -> Transition:
        sizes = self.sizes or _cut(self.random, self.size)
        drawn = [heads(self.draw(self.random, size)) for size in sizes]
        found = tuple(head for several in drawn for head in several)
        return found[0] if len(found) == 1 else Blocks(found)

    def _input(self, transition: Transition) -> Matrix:
        if self.draw is simplex_symmetries:
            return Matrix.zeros(4, 1)
        column = self._column("0", "0", "1", "-1", *self.smallest)
        if self.number_format is not None or self.random.random() < 0.1:
            return column
        # Written where A forgets, nothing where A turns: then few states are likely.
        power = transition_matrix(transition).power(12)
        return column - power @ column

    def _moved(self, case: Case, state: Matrix) -> Matrix:
        if self.number_format is None:
            return case.apply(state)
        if self.semantics == "op-round":
            return rounded_apply(case, state, self.number_format)
        rows = case.apply(state).rows
        return Matrix.of([[self.number_format.round(entry) for entry in row] for row in rows])

    def layer(self) -> Layer:
        return Layer(self.initial, self.cases, StateTable(self.names))


def _cut(random: Random, size: int) -> tuple[int, ...]:
    """Sizes of heads that add up to the size."""
    sizes = [1]
    for _ in range(size - 1):
        if random.random() < 0.5:
            sizes.append(0)
        sizes[-1] += 1
    return tuple(sizes)


def _advance(layers: list[_Growing | Delay], joint: States, letter: str) -> States:
    symbol: Symbol = (letter,)
    states: list[Matrix | Queue] = []
    for layer, state in zip(layers, joint, strict=True):
        if isinstance(layer, Delay):
            said, queue = layer.step(cast("Queue", state), symbol[layer.of])
            states.append(queue)
        else:
            moved = layer.step(symbol, cast("Matrix", state))
            states.append(moved)
            said = layer.names[moved]
        symbol = (*symbol, said)
    return tuple(states)


def _format(random: Random) -> NumberFormat:
    most = Fraction(random.choice((2, 3, 4)))
    mode = random.choice(list(RoundingMode))
    return FixedPoint(Fraction(random.choice(("1/4", "1/4", "1/2"))), -most, most, mode)
