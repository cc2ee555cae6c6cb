"""A certified length of a trained network: balls around its states, wide enough for all rounding.

The recurrence with the float32 numbers of the network is an exact one whose steps are off, each by
at most what `rounding_of` says. Thresholds say which score is the largest, with room for what the
scores lose. Everything here may be computed in floating point: the independent checker computes it
again in exact arithmetic, but for the two bounds on rounding, which are stated in what it checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, final

import numpy as np

from monoscan.automata import Automaton, Output
from monoscan.models.errors import ConfigError
from monoscan.models.horizon.numbers import Floats, Letters, letters_of
from monoscan.models.horizon.rounding import Rounding, rounding_of
from monoscan.models.law import shortest_words
from monoscan.models.tasks import Task
from monoscan.models.train import TrainedRun
from monoscan.models.worst.search import automaton_task
from monoscan.theory.horizon.balls import Balls, LayerBound, letters_within
from monoscan.theory.horizon.centres import CentreCell, Centres
from monoscan.theory.horizon.search import Horizon
from monoscan.theory.lrnn import LRNN, Case, Layer, Symbol
from monoscan.theory.matrix import Matrix
from monoscan.theory.readout import Functional, Threshold
from monoscan.theory.semantics import Disturbed
from monoscan.theory.transition import Blocks, Dense, Diagonal, Transition

_SWEEPS: Final = 40  # of the descent that moves the centres to where the steps fit best
_GRID: Final = 40  # centres are multiples of 2^-40
_SAFE: Final = 1 + 2.0**-30  # far more than float64 loses here
_MOST_NUMBERS: Final = 20_000_000  # in all moves together; more take the checker too long


@final
@dataclass(frozen=True, eq=False)
class TrainedHorizon:
    """What bounds the words that a trained network answers rightly.

    Attributes:
        horizon: the length, and its proof by balls.
        rounding: what float32 loses at most in a step, and in a score.
        drift: how far a step leads from the next centre, without rounding.
        radius: how far a state may be from its centre; no threshold is nearer.
        reach: the length of the longest state.
    """

    horizon: Horizon
    rounding: Rounding
    drift: float
    radius: float
    reach: float


def horizon_of_run(run: TrainedRun, *, one_by_one: bool = False) -> TrainedHorizon:
    """A length such that a trained network answers every word of up to so many letters rightly.

    Args:
        run: the network; it must have a linear read-out.
        one_by_one: whether letters are read one at a time, which loses less; else words may be
            read in pieces of any length.

    Raises:
        ConfigError: if the task is no automaton, the network has no linear read-out, or nothing
            can be shown of it.
        ModelError: if a parameter is not finite.
    """
    task = automaton_task(run, "a certified length")
    device = run.model.embedding.weight.device.type
    if device != "cpu" or run.config.training.precision != "fp32":
        raise ConfigError(
            f"a length is certified for the kernels of a processor in fp32, and this network runs "
            f"on {device} in {run.config.training.precision}; expected one trained in fp32, loaded "
            "on the cpu"
        )
    letters = letters_of(run.model)
    exact = _Exact(letters)
    cells = _Cells(letters, exact, task.automaton)
    size = len(cells.points) * len(letters.a) * cells.points[0].size
    if size > _MOST_NUMBERS:
        raise ConfigError(
            f"{len(cells.points)} states, {len(letters.a)} letters and {cells.points[0].size} "
            f"numbers a state are {size:,} numbers to check; the limit is {_MOST_NUMBERS:,}: take "
            "a smaller automaton or a narrower network"
        )
    scores = _scores(letters)
    right = cells.right_answers(task, scores)
    widest, _ = _margin(scores, cells.flat, right, 0.0)
    reach = float(np.linalg.norm(cells.flat, axis=1).max() + max(widest, 0.0)) * _SAFE
    spectral = np.linalg.norm(cells.points, 2, axis=(2, 3))
    thin = float(np.linalg.norm(spectral, axis=1).max() + max(widest, 0.0)) * _SAFE
    rounding = rounding_of(letters, reach, thin, one_by_one=one_by_one)
    radius, middle = _margin(scores, cells.flat, right, rounding.score)
    if radius <= 0:
        raise ConfigError(
            "no threshold tells the scores of right answers from those of wrong ones, even after "
            "short words, so that no length can be certified; train the network for longer, or "
            "with the law"
        )
    start = float(np.linalg.norm(cells.points[0] - letters.start)) * _SAFE
    drift = cells.drift(exact)
    growth = Fraction(float(np.linalg.norm(exact.a, 2, axis=(2, 3)).max()) * _SAFE)
    added = Fraction(drift) + Fraction(rounding.step)
    length = letters_within(Fraction(start), growth, added, Fraction(radius))
    if start > radius or length == 0:
        raise ConfigError(
            f"a step leads {drift:.2g} from where it should, and rounding adds "
            f"{rounding.step:.2g}, more than the distance {radius:.2g} of the nearest threshold, "
            "so that no length can be certified; train the network for longer, or with the law"
        )
    readout = _readout(scores, task.outputs, rounding.score, middle)
    lrnn = exact.network(task.automaton.alphabet, letters, readout)
    balls = Balls(length, cells.centres(), (LayerBound(growth, Fraction(radius)),))
    target = cells.target(task.automaton, [task.outputs[number] for number in right])
    semantics = Disturbed(Fraction(rounding.step))
    found = Horizon(lrnn, semantics, target, length, balls=balls)
    return TrainedHorizon(found, rounding, drift, radius, reach)


def _margin(
    scores: _Scores, points: Floats, right: Sequence[int], room: float
) -> tuple[float, float]:
    """How far states may be from the centres, and what scores are compared with.

    Args:
        scores: the scores.
        points: [Q, D].
        right: for each centre the number of the right answer.
        room: what a score may be off, beside.
    """
    flat = scores.flat()
    values = points @ flat.T + scores.bias
    if scores.is_difference:
        is_right, middle = np.array(right)[:, None] == 1, 0.0
    else:
        is_right = np.arange(len(flat)) == np.array(right)[:, None]
        low, high = values[~is_right].max(), values[is_right].min()
        middle = round(float(low + high) * 2.0**19) / 2.0**20
    above = np.where(is_right, values - middle, middle - values)
    slack = _slack(scores, room)
    lengths = np.linalg.norm(flat, axis=1) * _SAFE + 1e-30
    return float(((above - slack) / lengths).min()) / _SAFE - 1e-12, middle


def _slack(scores: _Scores, room: float) -> float:
    """The room around a threshold: of two scores, one hundredth more for what float64 loses."""
    return 1.01 * room * (2 if scores.is_difference else 1)


def _readout(scores: _Scores, outputs: Sequence[Output], room: float, middle: float) -> Threshold:
    """Thresholds that say which score is the largest, also where scores are off by `room`.

    A score that is above the middle by more than that is the largest if all others are below it by
    more than that.
    """
    slack, n = Fraction(_slack(scores, room)), len(scores.bias)
    functionals = tuple(
        Functional(
            scores.exact(place), ">=", Fraction(middle) + side - Fraction(scores.bias[place])
        )
        for place in range(n)
        for side in (slack, -slack)
    )
    if scores.is_difference:
        return Threshold(functionals, {"11": outputs[1], "00": outputs[0]})
    table = {"00" * i + "11" + "00" * (n - i - 1): output for i, output in enumerate(outputs)}
    return Threshold(functionals, table)


@final
class _Exact:
    """A and B of all letters, exactly and in float64."""

    def __init__(self, letters: Letters) -> None:
        heads, n, d = letters.start.shape
        self.cases: list[Case] = []
        self.a = np.empty((len(letters.a), heads, n, n))
        self.b = np.empty((len(letters.a), heads, n, d))
        for letter in range(len(letters.a)):
            pairs = [letters.exact(letter, head) for head in range(heads)]
            self.a[letter] = np.array([pair[0] for pair in pairs], dtype=float)
            self.b[letter] = np.array([pair[1] for pair in pairs], dtype=float)
            if n == 1:
                moved: Transition = Diagonal(tuple(pair[0][0][0] for pair in pairs))
            else:
                blocks = tuple(Dense(Matrix.of(pair[0])) for pair in pairs)
                moved = Blocks(blocks) if heads > 1 else blocks[0]
            self.cases.append(Case(moved, Matrix.of([row for pair in pairs for row in pair[1]])))

    def step(self, points: Floats, letter: int) -> Floats:
        """A S + B for points [Q, H, K, V]."""
        moved: Floats = np.einsum("hij,qhjv->qhiv", self.a[letter], points) + self.b[letter]
        return moved

    def network(self, alphabet: Sequence[str], letters: Letters, readout: Threshold) -> LRNN:
        """The exact network."""
        cases: dict[Symbol, Case] = {
            (letter,): case for letter, case in zip(alphabet, self.cases, strict=True)
        }
        return LRNN(tuple(alphabet), (Layer(_matrix(letters.start), cases, readout),))


@final
class _Cells:
    """The states after shortest words, moved to where the steps between them fit best.

    Where the network comes back to its initial state, that one is the first cell. Elsewhere it is
    one of its own, beside a state of the automaton that no letter leads to.

    Attributes:
        points: [Q, H, K, V], the centres; the first one is that of the initial state.
        states: for each cell the state of `target`.
        after: [Q, L], the cell after each letter.
        has_own_start: whether the start is of its own.
    """

    def __init__(self, letters: Letters, exact: _Exact, automaton: Automaton) -> None:
        words = shortest_words(automaton)
        found = dict.fromkeys(words, letters.start)
        for state, word in words.items():
            for letter in word:
                found[state] = exact.step(found[state][None], letter)[0]
        gaps = {q: float(np.linalg.norm(point - letters.start)) for q, point in found.items()}
        self.has_own_start = gaps.get(0, np.inf) > 0.25 * min(
            (gap for q, gap in gaps.items() if q), default=np.inf
        )
        shift = int(self.has_own_start)
        order = [0] if self.has_own_start else []
        order += [0, *(q for q in words if q)] if 0 in words else list(words)
        self.points = np.array([found.get(q, letters.start) for q in order])
        if self.has_own_start:
            self.points[0] = letters.start
        place = {q: number + shift for number, q in enumerate(order[shift:])}
        self.after = np.array([[place[q] for q in automaton.table[q].tolist()] for q in order])
        self._of_task = order
        self.states = [q + shift for q in order]
        if shift:
            self.states[0] = 0
        self._fit(exact)

    def _fit(self, exact: _Exact) -> None:
        """Least squares of all gaps, by descent; a start of its own stays."""
        norms = np.linalg.norm(exact.a, 2, axis=(2, 3)).max(1) ** 2
        pull = np.full(len(self.points), norms.sum())
        np.add.at(pull, self.after, 1.0)
        rate = 1.0 / (2 * np.maximum(pull, 1.0))[:, None, None, None]
        for _ in range(_SWEEPS):
            slope = np.zeros_like(self.points)
            for letter in range(len(exact.a)):
                gap = exact.step(self.points, letter) - self.points[self.after[:, letter]]
                slope += np.einsum("hji,qhjv->qhiv", exact.a[letter], gap)
                np.add.at(slope, self.after[:, letter], -gap)
            if self.has_own_start:
                slope[0] = 0
            self.points = self.points - rate * slope
        self.points = np.round(self.points * 2.0**_GRID) / 2.0**_GRID

    @property
    def flat(self) -> Floats:
        """The centres as vectors."""
        found: Floats = self.points.reshape(len(self.points), -1)
        return found

    def right_answers(self, task: Task, scores: _Scores) -> list[int]:
        """For each cell the number of the right answer; at a start of its own any one is."""
        numbers = {output: number for number, output in enumerate(task.outputs)}
        right = [numbers[task.automaton.outputs[q]] for q in self._of_task]
        if self.has_own_start:
            values = scores.flat() @ self.flat[0] + scores.bias
            right[0] = int(values[0] > 0) if scores.is_difference else int(values.argmax())
        return right

    def target(self, automaton: Automaton, answers: Sequence[Output]) -> Automaton:
        """What the cells follow: the automaton, or one with a start of its own."""
        if not self.has_own_start:
            return automaton
        table = [(automaton.table[0] + 1).tolist(), *(automaton.table + 1).tolist()]
        return Automaton(automaton.alphabet, table, (answers[0], *automaton.outputs))

    def centres(self) -> Centres:
        """The centres and the cells."""
        cells = tuple(
            CentreCell((number,), state, tuple(after))
            for number, (state, after) in enumerate(
                zip(self.states, self.after.tolist(), strict=True)
            )
        )
        return Centres((tuple(map(_matrix, self.points)),), cells)

    def drift(self, exact: _Exact) -> float:
        """The largest distance of a step from the next centre."""
        return max(
            float(
                np.linalg.norm(
                    (exact.step(self.points, letter) - self.points[self.after[:, letter]]).reshape(
                        len(self.points), -1
                    ),
                    axis=1,
                ).max()
            )
            for letter in range(len(exact.a))
        )


@final
@dataclass(frozen=True, eq=False)
class _Scores:
    """Linear functions of the state, with numbers of 2^-20 taken off that are the same in all.

    Attributes:
        query: [H, K].
        weight: [scores, H, V].
        bias: [scores].
        is_difference: whether there is one, the difference of two scores.
    """

    query: Floats
    weight: Floats
    bias: Floats
    is_difference: bool

    def flat(self) -> Floats:
        """[scores, H K V]."""
        found = self.query[None, :, :, None] * self.weight[:, :, None, :]
        return found.reshape(len(found), -1)

    def exact(self, score: int) -> Matrix:
        """A score as a matrix of the shape of states."""
        pairs = zip(self.query, self.weight[score], strict=True)
        return Matrix.of(
            [[Fraction(q) * Fraction(w) for w in row] for head, row in pairs for q in head]
        )


def _matrix(point: Floats) -> Matrix:
    """A state [H, K, V], head below head."""
    rows = point.reshape(-1, point.shape[-1]).tolist()
    return Matrix.of([[Fraction(x) for x in row] for row in rows])


def _scores(letters: Letters) -> _Scores:
    weight, bias = letters.weight, letters.bias
    if len(bias) == 2:
        # float64 holds differences of float32 values of such sizes; else the least bits are lost
        # in `exact`, too, so take them off here.
        return _Scores(letters.query, weight[1:] - weight[:1], bias[1:] - bias[:1], True)
    mean = np.round(weight.mean(0) * 2.0**20) / 2.0**20
    middle = round(float(bias.mean()) * 2.0**20) / 2.0**20
    return _Scores(letters.query, weight - mean, bias - middle, False)
