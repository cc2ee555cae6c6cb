"""The search for a network of a class that recognises a language, and its proof.

A construction counts only once its network was compared with the automaton on all words, and the
network was found to lie in the class as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, lru_cache
from heapq import heapify, heappop, heappush
from typing import TypeAlias, final

from monoscan.automata import Automaton, BudgetExceeded
from monoscan.theory.boxes import BoxInvariant, find_invariant
from monoscan.theory.constructions.index import INDEX, Outline
from monoscan.theory.constructions.letter_kinds import one_of_each_kind
from monoscan.theory.constructions.matrices import Matrices, network_of
from monoscan.theory.constructions.registry import (
    NOT_DECIDED,
    Construction,
    UnsupportedError,
    get_construction,
)
from monoscan.theory.cyclotomic_field import totient
from monoscan.theory.exact_format import numbers_of
from monoscan.theory.explore import Recognises, StateBudgetReached, UndefinedOutputError, explore
from monoscan.theory.inside_open_ranges import inside_open_ranges, layers_inside
from monoscan.theory.lrnn import LRNN, field_order
from monoscan.theory.lrnn_json.fields import MAX_DEGREE, MAX_SIZE
from monoscan.theory.matrix import Matrix
from monoscan.theory.model_classes import ModelClass, containing, get_model_class
from monoscan.theory.model_classes.shapes import RankOneUpdate
from monoscan.theory.prediction import (
    DEFAULT_JOINT_STATES,
    SEMANTICS,
    ProvedNetwork,
    Question,
)
from monoscan.theory.respelling import rounded_ways, standard_classes, ways_of, written
from monoscan.theory.semantics import ExactThreshold, OpRound, Semantics
from monoscan.theory.windows import fit

Proof: TypeAlias = Recognises[Matrix] | BoxInvariant
_Place: TypeAlias = tuple[int, int, int]

MANY_LAYERS = DEFAULT_JOINT_STATES
"""In the place of a number of layers that only a network tells."""

_FIRST_LOOK = 500


class WrongConstructionError(AssertionError):
    """A construction whose network does not recognise the language it was made for."""


class WrongParentError(ValueError):
    """A class whose description says that it lies in another one, which does not hold it."""


@final
class NetworkSearch:
    """Finds networks for one language, and remembers those it has built.

    Args:
        automaton: the minimal automaton of the language.
        max_states: budget of joint states of a network.
        progress: told which network is being built.
    """

    def __init__(
        self,
        automaton: Automaton,
        max_states: int,
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.whole = automaton
        self.automaton = one_of_each_kind(automaton)
        self.max_states = max_states
        self._progress = progress
        self._reasons: dict[str, str | None] = {}
        self._networks: dict[tuple[str, str], ProvedNetwork | str] = {}
        self._answers: dict[tuple[str, str, str], ProvedNetwork | str | None] = {}
        self._spellings: dict[tuple[str, str, str], LRNN | None] = {}
        self._proofs: dict[tuple[str, str, str], Proof | str | None] = {}
        self._formats: dict[tuple[str, str, bool], ProvedNetwork | str] = {}
        self._costs: dict[str, _Place] = {}
        self._arithmetics: dict[str, tuple[Semantics[Matrix], ...]] = {}

    def networks(self, question: Question) -> Iterator[ProvedNetwork]:
        """The proved networks of the class, one a construction, as few layers as known first.

        Raises:
            WrongParentError: if the class is said to lie in one that does not hold its matrices.
        """
        if question.is_rounded and isinstance(question.model_class.shape, RankOneUpdate):
            return  # no order of its operations is documented that could be rounded
        for construction in self._candidates(question):
            found = self._of_class(construction, question)
            if isinstance(found, ProvedNetwork):
                yield found

    def _of_class(
        self, construction: Construction, question: Question
    ) -> ProvedNetwork | str | None:
        """The network of a construction; the limit that it is over; None if it is no answer."""
        is_exact = question.is_rounded and question.semantics not in self._made_for(construction)
        found = self.prove(construction, "exact" if is_exact else question.semantics)
        if isinstance(found, str):
            return found
        key = (construction.id, question.semantics, question.model_class.id)
        if key not in self._answers:
            inside = self._rounded_inside if is_exact else self._in_parameters
            self._answers[key] = inside(found, question.model_class)
        answer = self._answers[key]
        if isinstance(answer, ProvedNetwork):
            return answer if answer.fits(question.depth, question.windows) else None
        return answer if found.fits(question.depth, question.windows) else None

    def _rounded_inside(
        self, network: ProvedNetwork, model_class: ModelClass
    ) -> ProvedNetwork | str | None:
        """An exact network as one of a class that does the same in some format, with its proof."""
        reason: str | None = None
        closed = _with_ends(model_class)
        for way in ways_of(closed, is_rounded=True):
            lrnn = written(network.lrnn, way, is_rounded=True)
            if lrnn is None or closed.outside(lrnn, as_written=True) is not None:
                continue
            found = self._rounded(network, way, is_open=closed != model_class)
            if isinstance(found, str):
                reason = reason or found
                continue
            if model_class.outside(found.lrnn, as_written=True) is not None:
                continue
            way = found.spelling
            if model_class not in standard_classes():  # so it is in a certificate of its own
                way = f"{way}-{model_class.id}".lstrip("-")
            return replace(found, spelling=way, asked=model_class)
        return reason

    def _rounded(
        self, network: ProvedNetwork, way: str, *, is_open: bool = False
    ) -> ProvedNetwork | str:
        """An exact network, written in a way, with a format in which it computes the same."""
        key = (network.construction.id, way, is_open)
        if key not in self._formats:
            self._formats[key] = self._in_a_format(network, way, is_open=is_open)
        return self._formats[key]

    def _in_a_format(
        self, network: ProvedNetwork, way: str, *, is_open: bool
    ) -> ProvedNetwork | str:
        lrnn = written(network.lrnn, way, is_rounded=True)
        if lrnn is None:
            return "its keys have no exact unit vectors, or its numbers are irrational"
        numbers = _too_large(lrnn) or numbers_of(lrnn, self.automaton, self.max_states)
        if isinstance(numbers, str):
            return numbers
        if is_open:
            lrnn, numbers = inside_open_ranges(lrnn, numbers)
        number_format = numbers.format()
        if isinstance(number_format, str):
            return number_format
        semantics = OpRound(number_format)
        proof = self._explored(network.construction, lrnn, semantics)
        if isinstance(proof, str):
            return proof
        way = f"{way}-inside".lstrip("-") if is_open else way
        return replace(network, lrnn=lrnn, semantics=semantics, proof=proof, spelling=way)

    def _in_parameters(
        self, network: ProvedNetwork, model_class: ModelClass
    ) -> ProvedNetwork | str | None:
        """The network written in the parameters of a class, with its proof, if it lies in it."""
        is_rounded = network.is_rounded
        closed = _with_ends(model_class) if is_rounded else model_class
        for way in ways_of(closed, is_rounded=is_rounded):
            lrnn = self._written(network, way)
            if lrnn is not None and model_class != closed:
                lrnn, way = layers_inside(lrnn, network.semantics), f"{way}-inside".lstrip("-")
            if lrnn is not None and model_class.outside(lrnn, as_written=is_rounded) is None:
                proof = self._proof_as(network, way, lrnn)
                if proof is None or isinstance(proof, str):
                    return proof
                if model_class not in standard_classes():  # so it is in a certificate of its own
                    way = f"{way}-{model_class.id}".lstrip("-")
                made = replace(network, lrnn=lrnn, spelling=way, proof=proof, asked=model_class)
                return _too_large(lrnn) or made
        return None

    def _written(self, network: ProvedNetwork, way: str) -> LRNN | None:
        key = (network.construction.id, network.semantics.name, way)
        if key not in self._spellings:
            is_rounded = network.is_rounded
            self._spellings[key] = written(network.lrnn, way, is_rounded=is_rounded)
        return self._spellings[key]

    def _proof_as(self, network: ProvedNetwork, way: str, lrnn: LRNN) -> Proof | str | None:
        """The proof for a network as it is written; None if it gives wrong answers."""
        starts = [[x.initial for x in stack.layers] for stack in (lrnn, network.lrnn)]
        if not way or (not network.is_rounded and starts[0] == starts[1]):
            return network.proof
        key = (network.construction.id, network.semantics.name, way)
        if key not in self._proofs:
            self._proofs[key] = self._compared(lrnn, network.semantics)
        return self._proofs[key]

    def _compared(self, lrnn: LRNN, semantics: Semantics[Matrix]) -> Proof | str | None:
        """The proof that a network is right; the limit that it is over; None if it is wrong."""
        is_endless = isinstance(semantics, ExactThreshold)
        most = min(self.max_states, _FIRST_LOOK) if is_endless else self.max_states
        try:
            found = explore(lrnn, semantics, self.automaton, most)
        except UndefinedOutputError:
            return None
        if isinstance(found, Recognises):
            return found
        if is_endless and isinstance(found, StateBudgetReached):
            enclosed = find_invariant(lrnn, self.automaton, self.max_states)
            if isinstance(enclosed, BoxInvariant):
                return enclosed
            return f"no boxes were found that prove it: {enclosed.reason}"
        return self._not_proved(found)

    def _not_proved(self, found: object) -> str | None:
        """Which limit was reached, if it is no word on which a network is wrong."""
        return None if hasattr(found, "word") else f"more than {self.max_states} joint states"

    def _candidates(self, question: Question) -> Iterator[Construction]:
        """Constructions whose networks may be of the class, in the order in which they are tried.

        Few layers come first, then matrices that lie in many classes, then narrow windows; where
        only a network tells the layers, the order is that of the index. A construction is imported,
        and asked whether it has a network for the automaton, when its turn comes, since finding out
        may take seconds. Its turn comes by the fewest layers and the simplest matrices that it may
        have, and again by those that it has for the automaton.
        """
        waiting = [(_bound(id, outline), id) for id, outline in _that_may_serve(question)]
        heapify(waiting)
        while waiting:
            bound, id = heappop(waiting)
            construction = get_construction(id)
            if self._reason(construction) is not None:
                continue
            cost = self._cost(construction)
            if not (_may_fit(cost[0], question) and self._holds(construction, question)):
                continue
            if cost > bound:
                heappush(waiting, (cost, id))
            elif question.semantics in self._names(construction):
                self._check_parents(construction, question)
                yield construction

    def _holds(self, construction: Construction, question: Question) -> bool:
        return _hold(question, construction.matrices_for(self.automaton))

    def _cost(self, construction: Construction) -> _Place:
        """The layers for the automaton, and what counts among constructions with as many."""
        if construction.id not in self._costs:
            layers = construction.depth_for(self.automaton)
            matrices = construction.matrices_for(self.automaton)
            self._costs[construction.id] = _place(construction.id, layers, matrices)
        return self._costs[construction.id]

    def _check_parents(self, construction: Construction, question: Question) -> None:
        """Whether the classes above hold what the class holds, on the example at hand."""
        if question.is_rounded:
            return  # where a scalar and a Householder factor are computed in different ways
        matrices = construction.matrices_for(self.automaton)
        for parent in map(get_model_class, question.model_class.parents):
            if not _hold(replace(question, model_class=parent), matrices):
                raise WrongParentError(
                    f"{question.model_class.id} is said to lie in {parent.id}, but matrices of it "
                    f"do not: {parent.outside(network_of(matrices))}. Correct its parents or one "
                    "of the two regions"
                )

    def _semantics(self, construction: Construction) -> tuple[Semantics[Matrix], ...]:
        if construction.id not in self._arithmetics:
            self._arithmetics[construction.id] = construction.semantics(self.automaton)
        return self._arithmetics[construction.id]

    def _reason(self, construction: Construction) -> str | None:
        """Why a construction has no network, or None; finding out may take seconds."""
        if construction.id not in self._reasons:
            self._reasons[construction.id] = construction.supports(self.automaton)
        return self._reasons[construction.id]

    def prove(self, construction: Construction, semantics: str) -> ProvedNetwork | str:
        """The network of a construction with its proof, or why there is none within the budget.

        Args:
            construction: one that supports the automaton.
            semantics: name of the arithmetic.

        Raises:
            WrongConstructionError: if its network does not recognise the language.
        """
        key = (construction.id, semantics)
        if key not in self._networks:
            self._networks[key] = self._prove(construction, semantics)
        return self._networks[key]

    def _prove(self, construction: Construction, semantics: str) -> ProvedNetwork | str:
        made_for = [s for s in self._semantics(construction) if serves(s.name, semantics)]
        if semantics == OpRound.name and semantics not in self._made_for(construction):
            return self._rounded_anyhow(construction)
        chosen = [s for s in made_for if s.name == semantics]
        if not made_for:
            return f"its networks are not made for {semantics}"
        if not chosen:
            made = self.prove(construction, made_for[0].name)
            return made if isinstance(made, str) else replace(made, semantics=ExactThreshold())
        self._progress(f"building {construction.id}")
        try:
            lrnn = construction.build_within(self.automaton, self.max_states)
            found = _too_large(lrnn) or self._explored(construction, lrnn, chosen[0])
        except (BudgetExceeded, UnsupportedError) as error:
            return str(error)
        if isinstance(found, str):
            return found
        return ProvedNetwork(construction, self.whole, lrnn, chosen[0], found)

    def _rounded_anyhow(self, construction: Construction) -> ProvedNetwork | str:
        """The network in the first way in which its operations can be rounded."""
        found = self.prove(construction, "exact")
        if isinstance(found, str):
            return found
        ways = [self._rounded(found, way) for way in rounded_ways()]
        return next((x for x in ways if isinstance(x, ProvedNetwork)), ways[0])

    def _explored(
        self, construction: Construction, lrnn: LRNN, semantics: Semantics[Matrix]
    ) -> Proof | str:
        found = self._compared(lrnn, semantics)
        if found is None:
            wrong = explore(lrnn, semantics, self.automaton, self.max_states)
            raise WrongConstructionError(f"{construction.id}: {wrong}")
        return found

    def limits(self, question: Question) -> dict[str, str]:
        """The limits because of which constructions for the class gave no network, by their ids."""
        found = {c.id: self._of_class(c, question) for c in self._candidates(question)}
        reached = {id: reason for id, reason in found.items() if isinstance(reason, str)}
        return {**reached, **self._undecided(question)}

    def _undecided(self, question: Question) -> dict[str, str]:
        """The constructions for the class that could not tell whether they have a network."""
        found = {}
        for id, _ in _that_may_serve(question):
            construction = get_construction(id)
            if callable(construction.matrices):
                continue  # matrices that depend on what could not be told
            reason = self._reason(construction) or ""
            if reason.startswith(NOT_DECIDED) and question.semantics in self._names(construction):
                found[construction.id] = reason.removeprefix(NOT_DECIDED)
        return found

    def _names(self, construction: Construction) -> tuple[str, ...]:
        made_for = self._made_for(construction)
        return tuple(name for name in SEMANTICS if any(serves(m, name) for m in made_for))

    def _made_for(self, construction: Construction) -> list[str]:
        try:
            return [entry.name for entry in self._semantics(construction)]
        except BudgetExceeded:  # an arithmetic that depends on what could not be told
            self._arithmetics[construction.id] = ()
            return []


def serves(made_for: str, asked: str) -> bool:
    """Whether networks that are made for one arithmetic answer questions about another one.

    Finitely many states are a special case of any number of them, and finitely many rational
    numbers are values of some format, in which nothing is rounded.

    >>> serves("exact", "threshold"), serves("threshold", "exact"), serves("exact", "op-round")
    (True, False, True)
    """
    return made_for == asked or (made_for == "exact" and asked in ("threshold", "op-round"))


@lru_cache(maxsize=4_096)
def _hold(question: Question, matrices: Matrices) -> bool:
    """Whether such matrices can be written in the parameters of the class that is asked about.

    Where operations are rounded a network is looked at once more, as it is written.
    """
    is_rounded, model_class = question.is_rounded, question.model_class
    model_class = _with_ends(model_class) if is_rounded else model_class
    for way in ways_of(model_class):
        found = _example(matrices, way)
        if found and model_class.outside(found) is None:
            return True
    return False


def _with_ends(model_class: ModelClass) -> ModelClass:
    """The class with the ends of its range, if that is open."""
    closed = model_class.closure_contains
    return get_model_class(closed) if closed else model_class


@lru_cache(maxsize=512)
def _example(matrices: Matrices, way: str) -> LRNN | None:
    """A network with these matrices, written in one of the ways of `ways_of`."""
    return written(network_of(matrices), way)


@cache
def _rarity(matrices: Matrices) -> int:
    """The fewer classes hold some matrices, the larger; what a class holds, those above it hold."""
    holding: set[str] = set()
    for model_class in standard_classes():
        if model_class.id not in holding and _hold(Question(model_class), matrices):
            holding.update(larger.id for larger in containing(model_class))
    return -sum(model_class.id in holding for model_class in standard_classes())


def _that_may_serve(question: Question) -> Iterator[tuple[str, Outline]]:
    """The constructions that may answer a question, for all that the index says, by their ids."""
    for id in sorted(INDEX):
        outline = INDEX[id]
        if outline.only not in ("", question.semantics):
            continue
        if (
            _may_fit(outline.layers or MANY_LAYERS, question)
            and fit(outline.windows, question.windows)
            and _hold(question, outline.matrices)
        ):
            yield id, outline


def _bound(id: str, outline: Outline) -> _Place:
    """The least that `NetworkSearch._cost` can be."""
    return _place(id, outline.layers, outline.matrices)


def _place(id: str, layers: int | None, matrices: Matrices) -> _Place:
    """Few layers first, then matrices of many classes, then narrow windows.

    These make networks of fewer states. If only a network tells the layers, the index decides.
    """
    if layers is None:
        return MANY_LAYERS, list(INDEX).index(id), 0
    return layers, _rarity(matrices), sum(INDEX[id].windows)


def _may_fit(layers: int, question: Question) -> bool:
    """Whether so many layers are few enough; how many they are may not be known."""
    return layers == MANY_LAYERS or question.depth == "any" or layers <= question.depth


def _too_large(lrnn: LRNN) -> str:
    """Why a network cannot be written as a certificate, or nothing."""
    layers = lrnn.recurrent.values()
    n_rows = max(layer.initial.shape[0] for layer in layers)
    if n_rows > MAX_SIZE:
        return f"its states have {n_rows} rows, and a certificate holds at most {MAX_SIZE}"
    for order in map(field_order, layers):
        if totient(order) > MAX_DEGREE:
            return (
                f"its numbers are of the cyclotomic field of order {order} and degree "
                f"{totient(order)}, and the degree in a certificate is at most {MAX_DEGREE}"
            )
    return ""
