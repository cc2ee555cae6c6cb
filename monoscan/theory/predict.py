"""Predicts, for one language, which classes of networks recognise it.

An obstruction is looked for in the class and in all classes that contain it; then a construction
whose networks lie in the class; last a published theorem. A construction counts only once its
network was compared with the automaton on all words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, lru_cache
from heapq import heapify, heappop, heappush
from typing import final

from monoscan.automata import Automaton, BudgetExceeded, minimize
from monoscan.automata.monoid import DEFAULT_MONOID_BUDGET
from monoscan.theory.citations import find_citation
from monoscan.theory.constructions.matrices import Matrices, network_of
from monoscan.theory.constructions.registry import (
    DEFAULT_JOINT_STATES,
    NOT_DECIDED,
    Construction,
    UnsupportedError,
    all_constructions,
)
from monoscan.theory.cyclotomic_field import totient
from monoscan.theory.explore import Recognises, explore
from monoscan.theory.lemmas import Depth, Obstruction, find
from monoscan.theory.lrnn import LRNN, field_order
from monoscan.theory.lrnn_json.fields import MAX_DEGREE, MAX_SIZE
from monoscan.theory.matrix import Matrix
from monoscan.theory.missing import in_one_line, in_print, show_limits
from monoscan.theory.model_classes import (
    ModelClass,
    get_model_class,
)
from monoscan.theory.prediction import Citation, Prediction, ProvedNetwork, Question, Verdict
from monoscan.theory.respelling import standard_classes, ways_of, written, written_in
from monoscan.theory.semantics import Semantics

MANY_LAYERS = DEFAULT_JOINT_STATES
"""In the place of a number of layers that only a network tells."""


class WrongConstructionError(AssertionError):
    """A construction whose network does not recognise the language it was made for."""


class WrongParentError(ValueError):
    """A class whose description says that it lies in another one, which does not hold it."""


class ContradictionError(AssertionError):
    """A network and an obstruction for the same question: one of them is wrong."""


@final
class Predictor:
    """Answers questions about one language, and remembers the networks it has built.

    Args:
        automaton: the language; what is predicted is about its minimal automaton.
        max_states: budget of joint states of a network.
        budget: of elements of the syntactic monoid, for the search for obstructions.

    >>> from monoscan.automata import get_language
    >>> from monoscan.theory.model_classes import get_model_class
    >>> parity = Predictor(get_language("parity").build())
    >>> [parity.predict(Question(get_model_class(name))).verdict.value
    ...  for name in ("diagonal-nonnegative", "householder")]
    ['not-expressible', 'expressible']
    """

    def __init__(
        self,
        automaton: Automaton,
        max_states: int = DEFAULT_JOINT_STATES,
        budget: int = DEFAULT_MONOID_BUDGET,
    ) -> None:
        self.automaton = minimize(automaton)
        self.max_states = max_states
        self.budget = budget
        self._reasons: dict[str, str | None] = {}
        self._networks: dict[tuple[str, str], ProvedNetwork | str] = {}
        self._obstructions: dict[tuple[str, str, Depth], Obstruction | str | None] = {}
        self._answers: dict[tuple[str, str, str], ProvedNetwork | str | None] = {}
        self._spellings: dict[tuple[str, str, str], LRNN | None] = {}
        self._proofs: dict[tuple[str, str, str], Recognises[Matrix] | str | None] = {}
        self._costs: dict[str, tuple[int, int]] = {}
        self._arithmetics: dict[str, tuple[Semantics[Matrix], ...]] = {}

    def predict(self, question: Question) -> Prediction:
        """The answer to a question, with its evidence.

        Raises:
            WrongConstructionError: if a construction is wrong; never expected.
        """
        obstruction = self.obstruction(question)
        if obstruction is not None:
            return Prediction(question, obstruction, self._limit(question))
        network = self.network(question)
        if network is not None:
            return Prediction(question, network)
        citation = find_citation(question, self.automaton)
        return Prediction(question, citation or self._missing(question))

    def _limit(self, question: Question) -> ProvedNetwork | None:
        """A proved network at the limits of an open range, with as few layers."""
        closed = question.model_class.closure_contains
        if not closed or question.semantics != "exact":
            return None
        found = self.predict(replace(question, model_class=get_model_class(closed))).evidence
        return found if isinstance(found, ProvedNetwork) else None

    def obstruction(self, question: Question) -> Obstruction | None:
        """An obstruction for the class or for one that contains it."""
        key = _key(question)
        if key not in self._obstructions:
            try:
                self._obstructions[key] = find(self.automaton, *key, self.budget)
            except BudgetExceeded as error:
                self._obstructions[key] = str(error)
        found = self._obstructions[key]
        return None if isinstance(found, str) else found

    def network(self, question: Question) -> ProvedNetwork | None:
        """A proved network of the class: one of known small depth, or of the smallest class."""
        return next(self.networks(question), None)

    def networks(self, question: Question) -> Iterator[ProvedNetwork]:
        """The proved networks of the class, one a construction; see `network` for the first.

        Raises:
            WrongParentError: if the class is said to lie in one that does not hold its matrices.
        """
        for construction in self._candidates(question):
            found = self._of_class(construction, question)
            if isinstance(found, ProvedNetwork):
                yield found

    def _of_class(
        self, construction: Construction, question: Question
    ) -> ProvedNetwork | str | None:
        """The network of a construction; the limit that it is over; None if it is no answer."""
        found = self.prove(construction, question.semantics)
        if isinstance(found, str):
            return found
        if not found.fits(question.depth):
            return None
        key = (construction.id, question.semantics, question.model_class.id)
        if key not in self._answers:
            self._answers[key] = self._in_parameters(found, question.model_class)
        return self._answers[key]

    def _in_parameters(
        self, network: ProvedNetwork, model_class: ModelClass
    ) -> ProvedNetwork | str | None:
        """The network written in the parameters of a class, with its proof, if it lies in it."""
        is_rounded = network.semantics.name != "exact"
        for way in ways_of(model_class, is_rounded=is_rounded):
            lrnn = self._written(network, way)
            if lrnn is not None and model_class.outside(lrnn, as_written=is_rounded) is None:
                proof = self._proof_as(network, way, lrnn)
                if not isinstance(proof, Recognises):
                    return proof
                if model_class not in standard_classes():  # so it is in a certificate of its own
                    way = f"{way}-{model_class.id}".lstrip("-")
                made = replace(network, lrnn=lrnn, spelling=way, proof=proof, asked=model_class)
                return _too_large(lrnn) or made
        return None

    def _written(self, network: ProvedNetwork, way: str) -> LRNN | None:
        key = (network.construction.id, network.semantics.name, way)
        if key not in self._spellings:
            is_rounded = network.semantics.name != "exact"
            self._spellings[key] = written(network.lrnn, way, is_rounded=is_rounded)
        return self._spellings[key]

    def _proof_as(
        self, network: ProvedNetwork, way: str, lrnn: LRNN
    ) -> Recognises[Matrix] | str | None:
        """All joint states of a network as it is written; None if it gives wrong answers."""
        starts = [[layer.initial for layer in stack.layers] for stack in (lrnn, network.lrnn)]
        if not way or (network.semantics.name == "exact" and starts[0] == starts[1]):
            return network.proof
        key = (network.construction.id, network.semantics.name, way)
        if key not in self._proofs:
            found = explore(lrnn, network.semantics, self.automaton, self.max_states)
            self._proofs[key] = found if isinstance(found, Recognises) else self._not_proved(found)
        return self._proofs[key]

    def _not_proved(self, found: object) -> str | None:
        """Which limit was reached, if it is no word on which a network is wrong."""
        return None if hasattr(found, "word") else f"more than {self.max_states} joint states"

    def check_consistency(self, question: Question) -> None:
        """Looks for evidence for and against: checked or, where there is none, in print.

        Raises:
            ContradictionError: if both exist.
        """
        obstruction, network = self.obstruction(question), self.network(question)
        cited = find_citation(question, self.automaton)
        yes = network.construction.id if network else _cited(cited, Verdict.EXPRESSIBLE)
        no = obstruction.lemma if obstruction else _cited(cited, Verdict.NOT_EXPRESSIBLE)
        if yes and no:
            raise ContradictionError(
                f"{question}: {yes} makes a network, and {no} says that there is none"
            )

    def _candidates(self, question: Question) -> Iterator[Construction]:
        """Constructions whose networks may be of the class, in the order in which they are tried.

        Few layers come first, then matrices that lie in many classes. Whether a construction has a
        network for the automaton is asked when its turn comes, since finding out may take seconds;
        where the number of layers or the matrices depend on the automaton, with the first that it
        may have.
        """
        waiting = [
            (_bound(construction), construction.id, construction)
            for construction in all_constructions()
            if self._may_serve(construction, question)
        ]
        heapify(waiting)
        while waiting:
            bound, id, construction = heappop(waiting)
            if self._reason(construction) is not None:
                continue
            cost = self._cost(construction)
            if cost > bound:
                if _may_fit(cost[0], question) and self._holds(construction, question):
                    heappush(waiting, (cost, id, construction))
            elif question.semantics in self._names(construction):
                self._check_parents(construction, question)
                yield construction

    def _may_serve(self, construction: Construction, question: Question) -> bool:
        """Whether a construction may answer a question, for all that its data says."""
        matrices = construction.matrices
        return _may_fit(_bound(construction)[0], question) and (
            callable(matrices) or _hold(question, matrices)
        )

    def _holds(self, construction: Construction, question: Question) -> bool:
        return _hold(question, construction.matrices_for(self.automaton))

    def _cost(self, construction: Construction) -> tuple[int, int]:
        """The layers, and how few classes hold the matrices, for the automaton."""
        if construction.id not in self._costs:
            layers = construction.depth_for(self.automaton) or MANY_LAYERS
            matrices = construction.matrices_for(self.automaton)
            self._costs[construction.id] = (layers, _rarity(matrices))
        return self._costs[construction.id]

    def _check_parents(self, construction: Construction, question: Question) -> None:
        """Whether the classes above hold what the class holds, on the example at hand."""
        if question.semantics != "exact":
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
        chosen = [s for s in self._semantics(construction) if s.name == semantics]
        if not chosen:
            return f"its networks are not made for {semantics}"
        try:
            lrnn = construction.build_within(self.automaton, self.max_states)
            found = _too_large(lrnn) or self._explored(construction, lrnn, chosen[0])
        except (BudgetExceeded, UnsupportedError) as error:
            return str(error)
        if isinstance(found, str):
            return found
        return ProvedNetwork(construction, self.automaton, lrnn, chosen[0], found)

    def _explored(
        self, construction: Construction, lrnn: LRNN, semantics: Semantics[Matrix]
    ) -> Recognises[Matrix] | str:
        found = explore(lrnn, semantics, self.automaton, self.max_states)
        if isinstance(found, Recognises):
            return found
        limit = self._not_proved(found)
        if limit is None:
            raise WrongConstructionError(f"{construction.id}: {found}")
        return limit

    def _missing(self, question: Question) -> str:
        if not question.model_class.has_exact_networks:
            return question.model_class.note
        search = self._obstructions[_key(question)]
        parts = ["no obstruction applies"]
        if isinstance(search, str):
            parts = [f"the search for obstructions was stopped ({in_one_line(search)})"]
        limits = {**self._failures(question), **self._undecided(question)}
        if limits:
            parts.append(f"constructions over a limit: {show_limits(limits)}")
        printed = in_print(question)
        if printed:
            parts.append(printed)
        if not limits and not printed:
            parts.append(_no_construction(question))
        return "; ".join(parts)

    def _failures(self, question: Question) -> dict[str, str]:
        """Why constructions that should have given a network gave none."""
        found = {c.id: self._of_class(c, question) for c in self._candidates(question)}
        return {id: reason for id, reason in found.items() if isinstance(reason, str)}

    def _undecided(self, question: Question) -> dict[str, str]:
        """The constructions for the class that could not tell whether they have a network."""
        found = {}
        for construction in all_constructions():
            if callable(construction.matrices) or not self._may_serve(construction, question):
                continue  # matrices that depend on what could not be told
            reason = self._reason(construction) or ""
            if reason.startswith(NOT_DECIDED) and question.semantics in self._names(construction):
                found[construction.id] = reason.removeprefix(NOT_DECIDED)
        return found

    def _names(self, construction: Construction) -> tuple[str, ...]:
        try:
            return tuple(entry.name for entry in self._semantics(construction))
        except BudgetExceeded:  # an arithmetic that depends on what could not be told
            self._arithmetics[construction.id] = ()
            return ()


def _cited(citation: Citation | None, verdict: Verdict) -> str:
    """The source of a citation with this verdict, or nothing."""
    return citation.source if citation and citation.verdict is verdict else ""


@lru_cache(maxsize=4_096)
def _hold(question: Question, matrices: Matrices) -> bool:
    """Whether such matrices can be written in the parameters of the class that is asked about."""
    is_rounded = question.semantics != "exact"
    made = network_of(matrices)
    return written_in(made, question.model_class, is_rounded=is_rounded) is not None


@cache
def _rarity(matrices: Matrices) -> int:
    """The fewer classes hold some matrices, the larger."""
    return -sum(_hold(Question(model_class), matrices) for model_class in standard_classes())


def _bound(construction: Construction) -> tuple[int, int]:
    """The least that `Predictor._cost` can be."""
    layers = construction.depth if isinstance(construction.depth, int) else MANY_LAYERS
    if callable(construction.depth):
        layers = 1
    if callable(construction.depth) or callable(construction.matrices):
        return layers, -len(standard_classes()) - 1
    return layers, _rarity(construction.matrices)


def _may_fit(layers: int, question: Question) -> bool:
    """Whether so many layers are few enough; how many they are may not be known."""
    return layers == MANY_LAYERS or question.depth == "any" or layers <= question.depth


def _no_construction(question: Question) -> str:
    if question.semantics != "exact":
        return "no construction is made for these operations"
    layers = {"any": "", 1: " with one layer"}.get(
        question.depth, f" with at most {question.depth} layers"
    )
    return f"no construction gives a network{layers}"


def _too_large(lrnn: LRNN) -> str:
    """Why a network cannot be written as a certificate, or nothing."""
    n_rows = max(layer.initial.shape[0] for layer in lrnn.layers)
    if n_rows > MAX_SIZE:
        return f"its states have {n_rows} rows, and a certificate holds at most {MAX_SIZE}"
    for order in map(field_order, lrnn.layers):
        if totient(order) > MAX_DEGREE:
            return (
                f"its numbers are of the cyclotomic field of order {order} and degree "
                f"{totient(order)}, and the degree in a certificate is at most {MAX_DEGREE}"
            )
    return ""


def _key(question: Question) -> tuple[str, str, Depth]:
    return question.model_class.id, question.semantics, question.depth
