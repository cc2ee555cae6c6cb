"""Predicts, for one language, which classes of networks recognise it.

An obstruction is looked for in the class and in all classes that contain it; then a construction
whose networks lie in the class; last a published theorem. A construction counts only once its
network was compared with the automaton on all words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, final

from monoscan.automata import Automaton, BudgetExceeded, minimize
from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.theory.lemmas import Depth, Obstruction, find
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.model_classes.shapes import RankOneUpdate
from monoscan.theory.prediction import (
    DEFAULT_JOINT_STATES,
    Citation,
    Prediction,
    ProvedNetwork,
    Question,
    Verdict,
)
from monoscan.theory.windows import Windows

if TYPE_CHECKING:
    from monoscan.theory.constructions.registry import Construction
    from monoscan.theory.network_search import NetworkSearch


_Key: TypeAlias = tuple[str, str, Depth, Windows]


class ContradictionError(AssertionError):
    """A network and an obstruction for the same question: one of them is wrong."""


@final
class Predictor:
    """Answers questions about one language, and remembers the networks it has built.

    Args:
        automaton: the language; what is predicted is about its minimal automaton.
        max_states: budget of joint states of a network.
        budget: of elements of the syntactic monoid, for the search for obstructions.
        progress: told which network is being built.

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
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.automaton = minimize(automaton)
        self.max_states = max_states
        self.budget = budget
        self._progress = progress
        self._obstructions: dict[_Key, Obstruction | str | None] = {}
        self._not_cited: dict[Question, str] = {}

    @cached_property
    def _search(self) -> NetworkSearch:
        # Imported here: an obstruction needs no exact arithmetic.
        from monoscan.theory.network_search import NetworkSearch

        return NetworkSearch(self.automaton, self.max_states, self._progress)

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
        found = self._cited(question) or self._missing(question)
        is_yes = _cited(found, Verdict.EXPRESSIBLE) if isinstance(found, Citation) else ""
        return Prediction(question, found, None if is_yes else self._limit(question))

    def _cited(self, question: Question) -> Citation | None:
        from monoscan.theory.citations import find_citation

        try:
            return find_citation(question, self.automaton, self.budget)
        except BudgetExceeded as error:
            self._not_cited[question] = str(error)
            return None

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
                self._obstructions[key] = find(self.automaton, *key[:3], self.budget, key[3])
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
        return self._search.networks(question)

    def prove(self, construction: Construction, semantics: str) -> ProvedNetwork | str:
        """The network of a construction with its proof, or why there is none within the budget.

        Args:
            construction: one that supports the automaton.
            semantics: name of the arithmetic.

        Raises:
            WrongConstructionError: if its network does not recognise the language.
        """
        return self._search.prove(construction, semantics)

    def check_consistency(self, question: Question) -> None:
        """Looks for evidence for and against: checked or, where there is none, in print.

        Raises:
            ContradictionError: if both exist.
        """
        obstruction, network = self.obstruction(question), self.network(question)
        cited = self._cited(question)
        yes = network.construction.id if network else _cited(cited, Verdict.EXPRESSIBLE)
        no = obstruction.lemma if obstruction else _cited(cited, Verdict.NOT_EXPRESSIBLE)
        if yes and no:
            raise ContradictionError(
                f"{question}: {yes} makes a network, and {no} says that there is none"
            )

    def _missing(self, question: Question) -> str:
        from monoscan.theory.missing import (
            in_one_line,
            in_print,
            of_rounded_operations,
            show_limits,
        )

        if not question.model_class.has_exact_networks:
            reached = self._not_cited.get(question)
            if reached is None:
                return question.model_class.note
            return f"whether a theorem in print applies was not told ({in_one_line(reached)})"

        if question.is_rounded and isinstance(question.model_class.shape, RankOneUpdate):
            return f"no obstruction applies; {of_rounded_operations(question.model_class)}"
        search = self._obstructions[_key(question)]
        parts = ["no obstruction applies"]
        if isinstance(search, str):
            parts = [f"the search for obstructions was stopped ({in_one_line(search)})"]
        limits = self._search.limits(question)
        if limits:
            which = "without a network here" if question.is_rounded else "over a limit"
            parts.append(f"constructions {which}: {show_limits(limits)}")
        printed = in_print(question)
        if printed:
            parts.append(printed)
        if not limits and not printed:
            parts.append(_no_construction(question))
        return "; ".join(parts)


def _cited(citation: Citation | None, verdict: Verdict) -> str:
    """The source of a citation with this verdict, or nothing."""
    return citation.source if citation and citation.verdict is verdict else ""


def _no_construction(question: Question) -> str:
    from monoscan.theory.missing import of_rounded_operations

    if question.is_rounded:
        return of_rounded_operations(question.model_class)
    layers = {"any": "", 1: " with one layer"}.get(
        question.depth, f" with at most {question.depth} layers"
    )
    return f"no construction gives a network{layers}"


def _key(question: Question) -> _Key:
    return question.model_class.id, question.semantics, question.depth, question.windows
