"""Networks with exact weights that recognise a language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, final

from monoscan.automata.budget import DEFAULT_MONOID_BUDGET
from monoscan.errors import BadInput
from monoscan.face.architectures import one_asked
from monoscan.face.language import Language
from monoscan.face.predictions import predictor_of
from monoscan.face.sources import language as as_language
from monoscan.face.words import TITLES, describe_question, read_semantics
from monoscan.proofs_check.checked import check_findings
from monoscan.proofs_check.verify_prediction import CheckedPrediction, PredictionFinding
from monoscan.theory.lemmas import Obstruction
from monoscan.theory.lemmas.obstruction import check_depth
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.predict import Predictor
from monoscan.theory.prediction import (
    DEFAULT_JOINT_STATES,
    Citation,
    Prediction,
    ProvedNetwork,
    Question,
)

if TYPE_CHECKING:
    from monoscan.face.network import Network
    from monoscan.proofs_check.certificates.sealing import Certificate
    from monoscan.theory.lemmas import Depth


class NoNetworkError(ValueError):
    """There is no network where one is asked for; the message says why.

    Attributes:
        verdict: `not-expressible`, `unknown`, or `over-budget` if a limit was reached.
    """

    def __init__(self, message: str, verdict: str) -> None:
        super().__init__(message)
        self.verdict = verdict


@final
@dataclass(frozen=True, eq=False, repr=False)
class Constructed:
    """A network with exact weights, and the proof that it recognises the language at all lengths.

    Attributes:
        language: what it recognises.
        proved: the network with its proof, as `monoscan.theory` gives it.
        found: the prediction that it is evidence for.
        checked: what the independent program says of its certificate; None before `certify`.
    """

    language: Language
    proved: ProvedNetwork
    found: PredictionFinding
    checked: CheckedPrediction | None = None

    @property
    def network(self) -> Network:
        """The network."""
        from monoscan.face.network import Network

        return Network(self.proved.network)

    @property
    def certificate(self) -> Certificate:
        """What the independent program can check."""
        (make,) = self.found.certificates.values()
        return make()

    def certified(self, directory: Path, progress: Callable[[str], None]) -> Constructed:
        """The same network, with what the independent program says of its certificate."""
        (checked,) = check_findings([(self.found, directory)], progress=progress)
        return replace(self, checked=checked)

    @property
    def classes(self) -> tuple[str, ...]:
        """The ids of the classes that it lies in, as the certificate states them."""
        return tuple(map(str, self.proved.model_classes))

    def __repr__(self) -> str:
        number, noun = self.proved.size
        return (
            f"{self.network} ({self.proved.construction.id}; right on words of every length, "
            f"{number} {noun}{'s' if number > 1 else ''})"
        )


def construct(
    language: object,
    architecture: object = None,
    *,
    construction: str = "",
    depth: Depth = "any",
    semantics: str = "exact",
    max_states: int = DEFAULT_JOINT_STATES,
) -> Constructed:
    """The exact weights of a network of an architecture that recognises a language.

    Args:
        language: as `language` takes it.
        architecture: a name with its variant, or a class.
        construction: in its place, the id of a construction (`monoscan list constructions`).
        depth: at most this many layers, or ``any``.
        semantics: ``exact``, ``threshold``, or ``rounded`` for some number format that
            saturates.
        max_states: the most joint states of a network with the automaton.

    Raises:
        NamingError: if the architecture is unknown, or several variants are meant.
        UnknownId: if there is no such construction.
        NoNetworkError: if no network of the class recognises the language, or none is known.
        TypeError: unless an architecture or a construction is given, and not both.

    >>> import monoscan as ms
    >>> ms.construct("parity", "deltanet, extended").network.run("0110")
    True
    """
    given = as_language(language)
    found = next(networks(given, architecture, construction, depth, semantics, max_states))
    return Constructed(given, *found)


def networks(
    language: Language,
    architecture: object,
    construction: str,
    depth: Depth,
    semantics: str,
    max_states: int,
) -> Iterator[tuple[ProvedNetwork, PredictionFinding]]:
    """The known networks of a class, or that of a construction, with what they answer.

    Raises:
        NoNetworkError: if there is none.
    """
    if (architecture is None) == (not construction):
        raise TypeError(
            "give an architecture, such as 'deltanet, extended', or the id of a "
            "construction, and not both"
        )
    check_depth(depth)
    semantics = read_semantics(semantics)
    predictor = predictor_of(language, max_states, DEFAULT_MONOID_BUDGET)
    if construction:
        found = _of_construction(predictor, construction, depth, semantics)
        model_class = get_model_class(str(found.model_classes[0]))
        question = Question(model_class, depth, semantics, found.windows)
        yield found, PredictionFinding(Prediction(question, found))
        return
    asked = one_asked(architecture)
    question = Question(asked.model_class, depth, semantics, asked.windows)
    _require_network(predictor.predict(question))
    for found in predictor.networks(question):
        yield found, PredictionFinding(Prediction(question, found))


def _require_network(prediction: Prediction) -> None:
    """Says why there is no network, if there is none."""
    question, evidence = prediction.question, prediction.evidence
    where = f"{question.model_class.id}; {describe_question(question)}"
    if isinstance(evidence, Obstruction):
        raise NoNetworkError(
            f"no network recognises this language ({where}): {evidence}", "not-expressible"
        )
    if isinstance(evidence, Citation):
        raise NoNetworkError(f"no network is built here ({where}); {evidence}", "unknown")
    if isinstance(evidence, str):
        raise NoNetworkError(f"unknown ({where}): {evidence}", "unknown")


def _of_construction(
    predictor: Predictor, name: str, depth: Depth, semantics: str
) -> ProvedNetwork:
    from monoscan.theory.constructions.registry import get_construction
    from monoscan.theory.network_search import serves

    construction = get_construction(name)
    reason = construction.supports(predictor.automaton)
    if reason is not None:
        raise NoNetworkError(f"{name} gives no network for this language: {reason}", "unknown")
    made_for = [s.name for s in construction.semantics(predictor.automaton)]
    if not any(serves(name, semantics) for name in made_for):
        known = ", ".join(title for id_, title in TITLES.items() if id_ in made_for)
        raise BadInput(
            f"the networks of {name} are made for {known} and not for {TITLES[semantics]}; "
            "name another semantics"
        )
    found = predictor.prove(construction, semantics)
    if isinstance(found, str):
        raise NoNetworkError(f"{name}: {found}", "over-budget")
    if not found.fits(depth, found.windows):
        raise NoNetworkError(
            f"the network of {name} has {found.depth} layers, more than the depth {depth}",
            "unknown",
        )
    return found
