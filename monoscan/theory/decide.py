"""Does this network recognise this language, at all lengths? The decision for one exact LRNN.

Procedures in turn: a short breadth-first search for a disagreement or a closed set of states; under
`threshold` a search for boxes that no word leaves; the behaviour on ultimately periodic words
p u u u ..., settled by finite orbits or by the sign lemma; and the rest of the search. What they
find is a proof, a word, or an honest account of what was tried.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, TypeVar

from monoscan.automata import Automaton, Output
from monoscan.errors import NoAnswer, check_number
from monoscan.theory.boxes import BoxInvariant, NoInvariant, find_invariant
from monoscan.theory.explore import (
    Disagrees,
    JointState,
    Recognises,
    StateBudgetReached,
    UndefinedOutputError,
    Word,
    explore,
)
from monoscan.theory.inseparable import (
    InseparablePair,
    PeriodicBehaviour,
    automaton_response,
    early_pair,
    periodic_behaviour,
    periodic_words,
)
from monoscan.theory.lasso import Lasso
from monoscan.theory.lrnn import LRNN, LRNNError
from monoscan.theory.matrix import Matrix
from monoscan.theory.semantics import CastUnrolled, Exact, ExactThreshold, Semantics
from monoscan.theory.terms import is_representable, representable_terms

S = TypeVar("S", bound=Hashable)
Progress: TypeAlias = Callable[[str], None]
Limit: TypeAlias = Literal["states", "unrolled-states", "bits"]
MAX_STATES = 200_000
_FIRST_LOOK = 500
# Letters read in search of two words that the read-out cannot tell apart; most are found by 10.
_EARLY = 40
# Each state of the unrolled semantics holds a whole sum, which grows with the word.
UNROLLED_STATES = 400


@dataclass(frozen=True)
class Budget:
    """How much work a decision may do.

    Attributes:
        states: joint states of network and automaton (under `cast-unrolled` at most 400), and
            cells of boxes under `threshold`.
        steps: letters along which one finite orbit is followed.
        prefix: longest p of the ultimately periodic words p u u u ... that are tried.
        period: longest u.
        settle: whether the behaviour along the words of an inseparable pair is settled as well; it
            says more than the pair, and can take seconds when an eigenvalue is close to 1.
    """

    states: int = 20_000
    steps: int = 400
    prefix: int = 1
    period: int = 2
    settle: bool = True

    def __post_init__(self) -> None:
        check_number("max_states", self.states, 1, MAX_STATES)  # what the checker takes, at most
        check_number("steps", self.steps, 1)
        check_number("max_prefix", self.prefix, 0)
        check_number("max_period", self.period, 1)


@dataclass(frozen=True)
class Recognised:
    """The network recognises the language; the joint states are the proof.

    Attributes:
        states: all reachable joint states; of exact arithmetic also under `cast-unrolled`.
        terms: under `cast-unrolled`, all unrolled terms of each layer, values of the format.
    """

    states: tuple[JointState[Matrix], ...]
    terms: tuple[tuple[Matrix, ...], ...] | None = None


@dataclass(frozen=True)
class Enclosed:
    """The network recognises the language, and boxes that no word leaves are the proof.

    Attributes:
        invariant: the boxes and the cells.
    """

    invariant: BoxInvariant


@dataclass(frozen=True)
class Refuted:
    """The network does not recognise the language.

    Attributes:
        word: a word on which it is wrong.
        output: its answer there.
        expected: the language's answer.
        is_shortest: whether all shorter words were compared and agree.
        pair: two words that no table of the last read-out separates, if any were found.
        behaviour: what happens along the ultimately periodic word on which the pair lies, if it
            could be settled.
    """

    word: Word
    output: Output
    expected: Output
    is_shortest: bool
    pair: InseparablePair | None = None
    behaviour: PeriodicBehaviour | None = None


@dataclass(frozen=True)
class Undecided:
    """Neither a proof nor a failing word within the budget.

    Attributes:
        agrees_up_to: all words up to this length were compared and agree; None for words of any
            length.
        states: joint states explored.
        decided_words: ultimately periodic words on which the network was shown right for ever.
        undecided_words: ultimately periodic words whose behaviour could not be settled.
        limit: what stopped the search: the budget of states, that of `cast-unrolled`, or too
            large numbers; None if it closed, and what is missing is a certificate for casts that
            change some number.
        boxes: under `threshold`, why no boxes were found; else None.
    """

    agrees_up_to: int | None
    states: int
    decided_words: int
    undecided_words: int
    limit: Limit | None
    boxes: NoInvariant | None = None


Decision: TypeAlias = Recognised | Enclosed | Refuted | Undecided


def _silent(_message: str) -> None:
    pass


def decide(
    lrnn: LRNN,
    semantics: Semantics[Any],
    target: Automaton,
    budget: Budget | None = None,
    progress: Progress = _silent,
) -> Decision:
    """Decides whether a network recognises a language under a semantics.

    Args:
        lrnn: the network, exact.
        semantics: how it computes.
        target: the language, or any automaton with outputs.
        budget: limits of the search.
        progress: called with a line of text now and then.

    Raises:
        ValueError: if the alphabets differ.
        UndefinedOutputError: if the network has no output on some word.
        SemanticsError: if the network has no meaning under the semantics.

    >>> from monoscan.automata import get_language
    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> len(decide(scalar_parity(), Exact(), get_language("parity").build()).states)
    2
    """
    budget = budget or Budget()
    recognised = _as_exact(lrnn, semantics, target, budget)
    if recognised:
        return recognised
    unrolled = isinstance(semantics, CastUnrolled)
    first_look = min(budget.states, UNROLLED_STATES if unrolled else _FIRST_LOOK)
    progress(f"comparing all words, up to {first_look} joint states")
    first = explore(lrnn, semantics, target, first_look)
    if isinstance(first, Recognises) and not unrolled:
        return Recognised(first.states)
    if isinstance(first, Disagrees):
        return _refuted(first, lrnn, semantics, target, budget, progress)
    no_boxes = None
    if isinstance(semantics, ExactThreshold):
        enclosed = find_invariant(lrnn, target, budget.states, progress)
        if isinstance(enclosed, BoxInvariant):
            return Enclosed(enclosed)
        no_boxes = enclosed
    survey = _survey(lrnn, semantics, target, budget, progress)
    if survey.error is not None:
        word = survey.error
        refuted = Refuted(word, semantics.output(lrnn, word), target.output(word), False)
        return _with_pair(refuted, survey)
    found = _search_on(lrnn, semantics, target, budget, progress, survey)
    return replace(found, boxes=no_boxes) if isinstance(found, Undecided) else found


def _as_exact(
    lrnn: LRNN, semantics: Semantics[Any], target: Automaton, budget: Budget
) -> Recognised | None:
    """Under unrolled casts: recognition by an exact network in which no cast changes anything."""
    if not isinstance(semantics, CastUnrolled):
        return None
    terms = representable_terms(lrnn, semantics.format, budget.states)
    if terms is None:
        return None
    found = explore(lrnn, Exact(), target, budget.states)
    if isinstance(found, Recognises) and all(
        is_representable(layer, semantics.format)
        for state in found.states
        for layer in state.layers
        if isinstance(layer, Matrix)
    ):
        return Recognised(found.states, terms)
    return None


@dataclass(frozen=True)
class _Survey:
    error: Word | None
    pair: InseparablePair | None
    behaviour: PeriodicBehaviour | None
    decided: int
    undecided: int


def _survey(
    lrnn: LRNN, semantics: Semantics[Any], target: Automaton, budget: Budget, progress: Progress
) -> _Survey:
    """Looks for errors and inseparable pairs along short ultimately periodic words."""
    result = _Survey(None, None, None, 0, 0)
    for word in periodic_words(lrnn.alphabet, budget.prefix, budget.period):
        progress(f"settling the behaviour on {show_lasso(word)}")
        behaviour = _behaviour(lrnn, semantics, target, word, budget)
        if behaviour is None:
            result = replace(result, undecided=result.undecided + 1)
            continue
        error, pair = behaviour.first_error(), behaviour.inseparable_pair()
        result = replace(result, decided=result.decided + 1, error=result.error or error)
        if pair is not None:
            return replace(result, pair=pair, behaviour=behaviour)
    return result


def _behaviour(
    lrnn: LRNN, semantics: Semantics[Any], target: Automaton, word: Lasso[str], budget: Budget
) -> PeriodicBehaviour | None:
    try:
        return periodic_behaviour(lrnn, semantics, target, word, budget.steps)
    except NoAnswer as error:
        said = f"along the word {show_lasso(word)} {error}"
        raise UndefinedOutputError(said, word.stem + word.cycle) from error


def _refuted(
    found: Disagrees,
    lrnn: LRNN,
    semantics: Semantics[Any],
    target: Automaton,
    budget: Budget,
    progress: Progress,
) -> Refuted:
    """A disagreement, with a pair of words if one lies near the start of a short periodic word.

    Most pairs do; where none does, settled behaviours are searched. The behaviour along the pair's
    word is added if it can be settled.
    """
    refuted = Refuted(found.word, found.output, found.expected, True)
    words = [
        word
        for word in periodic_words(lrnn.alphabet, budget.prefix, budget.period)
        if not _is_constant(automaton_response(target, word))
    ]
    try:
        for word in words:
            progress(f"looking for inseparable words on {show_lasso(word)}")
            pair = early_pair(lrnn, semantics, target, word, _EARLY)
            if pair is not None:
                refuted = replace(refuted, pair=pair)
                settle = budget.settle
                behaviour = _behaviour(lrnn, semantics, target, word, budget) if settle else None
                return replace(refuted, behaviour=behaviour)
        if words:
            return _with_pair(refuted, _survey(lrnn, semantics, target, budget, progress))
    except (LRNNError, NoAnswer):
        pass  # a word without an output takes nothing from the disagreement that was found
    return refuted


def _is_constant(answers: Lasso[Output]) -> bool:
    """Whether a language gives one answer along a word, so that no pair lies on it."""
    return len(set(answers.stem + answers.cycle)) == 1


def _with_pair(refuted: Refuted, survey: _Survey) -> Refuted:
    return replace(refuted, pair=survey.pair, behaviour=survey.behaviour)


def _search_on(
    lrnn: LRNN,
    semantics: Semantics[Any],
    target: Automaton,
    budget: Budget,
    progress: Progress,
    survey: _Survey,
) -> Decision:
    unrolled = isinstance(semantics, CastUnrolled)
    max_states = min(budget.states, UNROLLED_STATES) if unrolled else budget.states
    progress(f"comparing all words, up to {max_states} joint states")
    found = explore(lrnn, semantics, target, max_states)
    if isinstance(found, Disagrees):
        return _refuted(found, lrnn, semantics, target, budget, progress)
    if isinstance(found, StateBudgetReached):
        capped = unrolled and found.limit == "states" and max_states < budget.states
        limit: Limit = "unrolled-states" if capped else found.limit
        return Undecided(found.length, found.explored, survey.decided, survey.undecided, limit)
    if unrolled:
        states = len(found.states)
        # The search closed, so words of every length agree; but no certificate says so.
        return Undecided(None, states, survey.decided, survey.undecided, None)
    return Recognised(found.states)


def show_lasso(word: Lasso[str]) -> str:
    """An ultimately periodic word for people.

    >>> show_lasso(Lasso(("0",), ("1", "1")))
    '0 (11)^n'
    """
    separator = "" if all(len(letter) == 1 for letter in word.stem + word.cycle) else " "
    cycle = separator.join(word.cycle)
    power = f"{cycle}^n" if len(cycle) == 1 else f"({cycle})^n"
    return f"{separator.join(word.stem)} {power}".strip()
