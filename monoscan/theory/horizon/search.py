"""Up to which length a network is right on all words: explore its states, then bound them.

Where the states of the network and the automaton close, or a wrong word is met, the answer is
exact. Else all words up to the last complete level are right, and balls may show more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from monoscan.automata import Automaton
from monoscan.errors import NoAnswer, check_number
from monoscan.theory.chunk_scan import ChunkScan
from monoscan.theory.explore import (
    Disagrees,
    Recognises,
    UndefinedOutputError,
    Word,
    explore,
)
from monoscan.theory.horizon.balls import ALL, Balls, Length, NoBalls, bound_by_balls
from monoscan.theory.horizon.centres import find_centres
from monoscan.theory.horizon.hard_words import failing_word
from monoscan.theory.horizon.segments import Segments, explore_segments, scan_cells
from monoscan.theory.lrnn import LRNN, LRNNError
from monoscan.theory.matrix import Matrix
from monoscan.theory.semantics import Semantics

MAX_STATES = 20_000
MAX_CELLS = 2_000
MAX_WORD = 100_000
_STEPS = 400_000  # the checker does these in less than a minute; one is a product of two numbers
_STEPS_A_STATE = 10


@dataclass(frozen=True)
class Horizon:
    """Up to which length a network answers every word rightly.

    Attributes:
        lrnn: the network, with the numbers that it computes with.
        semantics: how it computes.
        target: the automaton that it should agree with.
        certified: the length up to which all words are right, or "all"; None if the empty word
            is not.
        failing_word: a word on which it is wrong or has no answer, None if none was found.
        is_shortest: whether the failing word is the shortest one.
        states: the joint states, if all of them were found: then it is right at all lengths.
        balls: the proof by balls, if it shows the certified length.
        segments: the proof along the trees of a scan, if it shows the certified length.
        reason: why balls show no more, in words; empty if they were not needed.
    """

    lrnn: LRNN
    semantics: Semantics[Any]
    target: Automaton
    certified: Length | None
    failing_word: Word | None = None
    is_shortest: bool = False
    states: Recognises[Matrix] | None = None
    balls: Balls | None = None
    segments: Segments | None = None
    reason: str = ""

    @property
    def proof(self) -> str:
        """What shows the certified length: "words", "balls" or "segments"."""
        shown = {"balls": self.balls, "segments": self.segments}
        return next((name for name, found in shown.items() if found is not None), "words")


def find_horizon(
    lrnn: LRNN,
    semantics: Semantics[Any],
    target: Automaton,
    max_states: int = MAX_STATES,
    max_word: int = 10_000,
    progress: Callable[[str], None] = lambda _: None,
) -> Horizon:
    """The longest length that is shown, and a word that fails if one is found.

    Args:
        lrnn: the network, with numbers that the semantics allows.
        semantics: how it computes; not `cast-unrolled`.
        target: the automaton, with the letters of the network in the same order.
        max_states: budget of joint states.
        max_word: longest word that is searched for a failure, in letters.
        progress: called with a line of text now and then.

    Raises:
        SemanticsError: if the network has no meaning under the semantics.
        ValueError: if the alphabets differ.

    >>> from monoscan.automata import get_language
    >>> from monoscan.theory.constructions.parity import scalar_parity
    >>> from monoscan.theory.semantics import Exact
    >>> find_horizon(scalar_parity(), Exact(), get_language("parity").build()).certified
    'all'
    """
    check_number("max_states", max_states, 1)
    check_number("max_word", max_word, 0, MAX_WORD)
    progress(f"comparing all words, up to {max_states} joint states")
    if isinstance(semantics, ChunkScan):
        return _scanned(lrnn, semantics, target, max_states, max_word, progress)
    size = max(layer.initial.shape[0] for layer in lrnn.recurrent.values())
    most = max(2, _STEPS // (len(lrnn.alphabet) * size * size * lrnn.depth))
    try:
        found = explore(lrnn, semantics, target, min(max_states, most))
    except UndefinedOutputError as error:
        return _failing(lrnn, semantics, target, error.word)  # no answer is a wrong one
    if isinstance(found, Recognises):
        return Horizon(lrnn, semantics, target, ALL, states=found)
    if isinstance(found, Disagrees):
        return _failing(lrnn, semantics, target, found.word)
    progress("looking for balls around the states")
    balls, reason = _balls(lrnn, semantics, target)
    word = None
    if balls is None or balls.length != ALL:
        progress(f"searching a failing word of at most {max_word} letters")
        word = failing_word(lrnn, semantics, target, max_word)
    if balls is None or (isinstance(balls.length, int) and balls.length <= found.length):
        return Horizon(lrnn, semantics, target, found.length, word, reason=reason)
    return Horizon(lrnn, semantics, target, balls.length, word, balls=balls)


def _scanned(
    lrnn: LRNN,
    semantics: ChunkScan,
    target: Automaton,
    max_states: int,
    max_word: int,
    progress: Callable[[str], None],
) -> Horizon:
    """The same where a state is no function of the one before: all words, part by part."""
    semantics.validate(lrnn)
    cells = scan_cells(lrnn, target, MAX_CELLS)
    found = None
    if cells is not None:
        budget = min(_STEPS, _STEPS_A_STATE * max_states)
        found = explore_segments(lrnn, semantics, target, cells, budget)
        if found.length is None:
            return Horizon(lrnn, semantics, target, ALL, segments=found)
        if found.word is not None and _is_wrong(lrnn, semantics, target, found.word):
            certified = found.length if found.word else None
            return Horizon(lrnn, semantics, target, certified, found.word, True, segments=found)
    progress("looking for balls around the states")
    balls, reason = _balls(lrnn, semantics, target)
    progress(f"searching a failing word of at most {max_word} letters")
    word = failing_word(lrnn, semantics, target, max_word)
    listed = -1 if found is None else cast("int", found.length)
    if balls is not None and cast("int", balls.length) > listed:
        return Horizon(lrnn, semantics, target, balls.length, word, balls=balls)
    length = None if listed == -1 else listed
    return Horizon(lrnn, semantics, target, length, word, segments=found, reason=reason)


def _is_wrong(lrnn: LRNN, semantics: ChunkScan, target: Automaton, word: Word) -> bool:
    try:
        return semantics.output(lrnn, word) != target.output(word)
    except (NoAnswer, LRNNError):
        return True


def _failing(lrnn: LRNN, semantics: Semantics[Any], target: Automaton, word: Word) -> Horizon:
    """All shorter words are right."""
    certified = len(word) - 1 if word else None
    return Horizon(lrnn, semantics, target, certified, word, is_shortest=True)


def _balls(lrnn: LRNN, semantics: Semantics[Any], target: Automaton) -> tuple[Balls | None, str]:
    centres = find_centres(lrnn, target, MAX_CELLS)
    if centres is None:
        return None, f"no {MAX_CELLS} states were found that the network stays near to"
    balls = bound_by_balls(lrnn, semantics, target, centres)
    return (None, balls.reason) if isinstance(balls, NoBalls) else (balls, "")
