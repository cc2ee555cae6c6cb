"""Predicts, for one language, which classes of networks recognise it.

An obstruction is looked for in the class and in all classes that contain it; then a construction
whose networks lie in the class; last a published theorem. A construction counts only once its
network was compared with the automaton on all words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import final

from monoscan.automata import Automaton, BudgetExceeded, minimize
from monoscan.automata.monoid import DEFAULT_MONOID_BUDGET
from monoscan.theory.citations import find_citation
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
    containing,
    get_model_class,
    is_inside,
    is_inside_as_written,
)
from monoscan.theory.prediction import Citation, Prediction, ProvedNetwork, Question, Verdict
from monoscan.theory.semantics import Semantics
from monoscan.theory.spelled_network import spelled_in


class WrongConstructionError(AssertionError):
    """A construction whose network does not recognise the language it was made for."""


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
        self._spellings: dict[tuple[str, str], list[ProvedNetwork]] = {}
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
        """The proved networks of the class, one a construction; see `network` for the first."""
        for construction in self._candidates(question):
            found = self.prove(construction, question.semantics)
            if isinstance(found, ProvedNetwork) and found.fits(question.depth):
                spelled = self._spelled(found, question.model_class)
                if not _too_large(spelled.lrnn):
                    yield spelled

    def _spelled(self, network: ProvedNetwork, model_class: ModelClass) -> ProvedNetwork:
        known = self._spellings.setdefault((network.construction.id, network.semantics.name), [])
        for spelled in known:
            if model_class.id in spelled.model_classes:
                return spelled
        known.append(spelled_in(network, model_class))
        return known[-1]

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
        """Constructions whose networks lie in the class, in the order in which they are tried."""
        contains = _containment(question)
        for construction, classes in sorted(self._supported(question), key=self._cost):
            if not _may_fit(construction.depth_for(self.automaton), question):
                continue
            if all(s.name != question.semantics for s in self._semantics(construction)):
                continue
            if any(contains(model_class, question.model_class) for model_class in classes):
                yield construction

    def _semantics(self, construction: Construction) -> tuple[Semantics[Matrix], ...]:
        if construction.id not in self._arithmetics:
            self._arithmetics[construction.id] = construction.semantics(self.automaton)
        return self._arithmetics[construction.id]

    def _reason(self, construction: Construction) -> str | None:
        """Why a construction has no network, or None; finding out may take seconds."""
        if construction.id not in self._reasons:
            self._reasons[construction.id] = construction.supports(self.automaton)
        return self._reasons[construction.id]

    def _supported(self, question: Question) -> Iterator[tuple[Construction, list[ModelClass]]]:
        """The constructions for this automaton, less those known to be for other classes."""
        for construction in _serving(question):
            if self._reason(construction) is None:
                classes = construction.classes_of(self.automaton)
                yield construction, [get_model_class(id) for id in classes]

    def _cost(self, entry: tuple[Construction, list[ModelClass]]) -> tuple[int, int, str]:
        """Known depths and small classes first."""
        construction, classes = entry
        above = max(len(list(containing(model_class))) for model_class in classes)
        layers = construction.depth_for(self.automaton) or DEFAULT_JOINT_STATES
        return layers, -above, construction.id

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
        classes = construction.classes_of(self.automaton)
        return ProvedNetwork(construction, classes, self.automaton, lrnn, chosen[0], found)

    def _explored(
        self, construction: Construction, lrnn: LRNN, semantics: Semantics[Matrix]
    ) -> Recognises[Matrix] | str:
        found = explore(lrnn, semantics, self.automaton, self.max_states)
        if isinstance(found, Recognises):
            return found
        if hasattr(found, "word"):
            raise WrongConstructionError(f"{construction.id}: {found}")
        return f"more than {self.max_states} joint states"

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
        reasons = {}
        for construction in self._candidates(question):
            found = self.prove(construction, question.semantics)
            if isinstance(found, ProvedNetwork) and found.fits(question.depth):
                found = _too_large(self._spelled(found, question.model_class).lrnn)
            if isinstance(found, str):
                reasons[construction.id] = found
        return reasons

    def _undecided(self, question: Question) -> dict[str, str]:
        """The constructions for the class that could not tell whether they have a network."""
        found = {}
        for construction in _serving(question):
            reason = self._reason(construction) or ""
            if not reason.startswith(NOT_DECIDED) or not _may_fit(construction.depth, question):
                continue
            if callable(construction.model_classes):  # which depend on what could not be told
                continue
            if question.semantics in self._names(construction):
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


def _containment(question: Question) -> Callable[[ModelClass, ModelClass], bool]:
    return is_inside if question.semantics == "exact" else is_inside_as_written


def _serving(question: Question) -> Iterator[Construction]:
    """The constructions whose networks may lie in the class, for all that their data says."""
    contains = _containment(question)
    for construction in all_constructions():
        classes = construction.model_classes
        if callable(classes) or any(
            contains(get_model_class(id), question.model_class) for id in classes
        ):
            yield construction


def _may_fit(layers: object, question: Question) -> bool:
    """Whether so many layers, if it is a number, are few enough."""
    return not isinstance(layers, int) or question.depth == "any" or layers <= question.depth


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
