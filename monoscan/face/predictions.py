"""What classes of networks can do with a language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.errors import BadInput, check_number
from monoscan.face.answers import Answer, AnswerCell, AnswerRow
from monoscan.face.architectures import all_asked, mixed_ends, notes
from monoscan.face.language import Language
from monoscan.face.sources import language as as_language
from monoscan.face.words import TITLES, read_semantics
from monoscan.proofs_check.verify_prediction import PredictionFinding
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import DEFAULT_JOINT_STATES, Question

if TYPE_CHECKING:
    from monoscan.theory.architectures import Asked
    from monoscan.theory.lemmas import Depth


def predict(
    language: object,
    architectures: object = None,
    *,
    depth: Depth = "any",
    semantics: str | Sequence[str] = tuple(TITLES.values()),
    max_states: int = DEFAULT_JOINT_STATES,
    budget: int = DEFAULT_MONOID_BUDGET,
    progress: Callable[[str], None] = lambda _: None,
) -> Answer:
    """Whether networks of an architecture recognise a language, and why.

    Args:
        language: as `language` takes it.
        architectures: a name, ``NAME, VARIANT``, the id of a class, or several; None for every
            class.
        depth: at most this many layers, or ``any`` finite number.
        semantics: one arithmetic or several, side by side: ``exact``, ``threshold``, or
            ``rounded`` for some number format that saturates (``op-round`` in certificates).
        max_states: the most joint states of a network with the automaton.
        budget: the most elements of the syntactic monoid.
        progress: told the class that is being asked about, and the networks that are built.

    Raises:
        NamingError: if there is no such architecture or class; the message names the nearest.
        BadValue: if depth, semantics or a limit is out of range.

    >>> import monoscan as ms
    >>> for row in ms.predict("parity", "deltanet [-1,1]", semantics="exact"):
    ...     print(row)
    deltanet, extended: exact: expressible; abelian-one-layer, 1 layer, 2 joint states
    """
    given = as_language(language)
    predictor = predictor_of(given, max_states, budget, progress)
    everything = all_asked(architectures)
    named = (semantics,) if isinstance(semantics, str) else semantics
    chosen = tuple(dict.fromkeys(map(read_semantics, named)))
    if not chosen:
        raise BadInput(f"no semantics was given; expected some of {', '.join(TITLES.values())}")
    questions = [_questions(asked, depth, chosen) for asked in everything]
    rows = []
    for asked, several in zip(everything, questions, strict=True):
        progress(asked.model_class.id)
        found = (AnswerCell(PredictionFinding(predictor.predict(one))) for one in several)
        rows.append(AnswerRow(asked, tuple(found)))
    said = () if architectures is None else (mixed_ends(everything), *notes(everything))
    return Answer(given, tuple(rows), tuple(filter(None, said)))


def _questions(asked: Asked, depth: Depth, semantics: Sequence[str]) -> list[Question]:
    """One for each arithmetic; what is no linear RNN is asked about once."""
    questions = [Question(asked.model_class, depth, name, asked.windows) for name in semantics]
    return questions if asked.model_class.has_exact_networks else questions[:1]


def predictor_of(
    language: Language,
    max_states: int,
    budget: int,
    progress: Callable[[str], None] = lambda _: None,
) -> Predictor:
    """What answers questions about a language.

    Raises:
        BadValue: if a limit is below 1.
    """
    check_number("max_states", max_states, 1)
    check_number("budget", budget, 1)
    return Predictor(language.automaton, max_states, budget, progress)
