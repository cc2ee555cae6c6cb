"""A trained network, and what can be asked of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, final

from monoscan.automata import Word
from monoscan.face.given import letters_of
from monoscan.face.language import Language
from monoscan.face.layers import NamedLayer
from monoscan.face.learned import LearnedAutomaton, nothing_learned
from monoscan.face.needed import need_models
from monoscan.face.network import Network
from monoscan.face.spectra import Spectra

if TYPE_CHECKING:
    from monoscan.face.decisions import Decision
    from monoscan.face.horizons import Horizon
    from monoscan.models.evaluate import LengthResult
    from monoscan.models.law import LawMeasure
    from monoscan.models.layers import LayerConfig
    from monoscan.models.model import SequenceModel
    from monoscan.models.snap import Snapped
    from monoscan.models.train import TrainedRun
    from monoscan.models.worst import WorstCase
    from monoscan.proofs_check.certificates.sealing import Certificate


@final
@dataclass(frozen=True, repr=False)
class Worst:
    """The shortest failing word that was found, or what was read without finding one.

    Attributes:
        found: the word and what was read, as `monoscan.models.worst` gives them.
    """

    found: WorstCase

    @property
    def word(self) -> Word | None:
        """The failing word; None if none was found."""
        return self.found.word

    @property
    def length(self) -> int | None:
        """Its length; None if none was found."""
        return self.found.length

    @property
    def end(self) -> str:
        """`found`, `none-found`, or `budget-reached` if the letters did not suffice to look."""
        return self.found.end.value

    def lines(self) -> list[str]:
        """What was found and what was read, a sentence each."""
        return self.found.lines()

    def __repr__(self) -> str:
        return "; ".join(self.lines()[:1])


@final
@dataclass(frozen=True, eq=False, repr=False)
class SnappedRun:
    """The exact network nearest to a trained one: what it recognises, and its weights in torch.

    Attributes:
        found: the exact network, and how far it is, as `monoscan.models.snap` gives them.
        before: the trained network.
    """

    found: Snapped
    before: Run

    @property
    def network(self) -> Network:
        """The exact network."""
        return Network(self.found.network)

    @property
    def run(self) -> Run | None:
        """The trained network with the exact weights, rounded; None if they do not fit into it."""
        return None if self.found.run is None else Run(self.found.run, self.before.named)

    @cached_property
    def decision(self) -> Decision:
        """Whether the exact network recognises the language of the task, at all lengths."""
        from monoscan.face.decisions import decide
        from monoscan.models.worst.search import automaton_task

        config = self.before.trained.config
        automaton = automaton_task(self.before.trained, "snapping a network").automaton
        target = Language(automaton, config.language)
        return decide(self.network, target, architecture=self.found.model_class)

    def lines(self) -> list[str]:
        """What was found, a sentence each; see `decision` for the proof."""
        found, distance = self.found, self.found.distance
        lines = nothing_learned(found.validation)
        what = "head" if found.of_columns > 1 else "layer"
        for said, number in Counter(found.heads).items():
            lines.append(f"{number} {what}{'s' * (number > 1)}: {said}")
        lines.append(
            "distance from the trained weights: transitions differ by at most "
            f"{distance.largest:.2g} in the spectral norm (root mean square {distance.mean:.2g}), "
            f"the initial state by {distance.start:.2g} of its size"
        )
        lines.append(
            "the exact network reads its state by a table; the trained read-out is not part of it"
        )
        if found.columns < found.of_columns:
            lines.append(
                f"the exact network keeps {found.columns} of the {found.of_columns} columns of a "
                "state; letters do the same to all of them"
            )
        if found.run is None:
            lines.append(f"the weights were not put back into the network: {found.no_run}")
        return lines

    def __repr__(self) -> str:
        return "\n".join([*self.lines(), *self.decision.lines()])


@final
@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """A trained network with what it was trained on.

    Attributes:
        trained: the network, its configuration and its history, as `monoscan.models` has them.
        named: what the layer was called, and which trainable layer that is.
    """

    trained: TrainedRun
    named: NamedLayer | None = None

    @property
    def model(self) -> SequenceModel:
        """The network: a torch module that reads numbers of letters, int64 [words, letters]."""
        return self.trained.model

    @property
    def layer(self) -> LayerConfig:
        """What its layers are."""
        return self.trained.config.model.layer

    @cached_property
    def validation(self) -> LengthResult:
        """How it does on fresh words of the greatest length of training."""
        from monoscan.models.evaluate import validate

        with self._threads():
            return validate(self.trained)

    def _threads(self) -> AbstractContextManager[None]:
        """One thread if the network is small: more would wait for each other."""
        from monoscan.models.threads import threads_for, using_threads

        return using_threads(threads_for(self.layer.width))

    def evaluate(self, lengths: Sequence[int], words: int = 1000) -> list[LengthResult]:
        """How it does on fresh words of some lengths, with confidence intervals.

        Args:
            lengths: each at least 1.
            words: how many words of each length.

        Raises:
            ConfigError: if a length or the number of words is below 1.
            OutOfMemory: if even a few words do not fit.
        """
        from monoscan.models.evaluate import evaluate

        with self._threads():
            return evaluate(self.trained, lengths, words)

    def accuracy(self, length: int, words: int = 1000) -> float:
        """The share of right answers on fresh words of one length; see `evaluate` for more.

        Raises:
            ConfigError: if the length or the number of words is below 1.
        """
        (found,) = self.evaluate([length], words)
        return found.token_accuracy.value

    def worst(
        self,
        length: int = 640,
        letters: int = 2_000_000,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Worst:
        """The shortest word on which it fails, as far as a search finds one.

        Random words flatter: errors add up along words that repeat. All short words are read, all
        words that soon repeat, and words that are chosen by what they do to the network.

        Args:
            length: the longest word of the search.
            letters: how many letters the network may read in it.
            progress: told how many it has read.

        Raises:
            ConfigError: if the task is no automaton, or a number is out of range.
            ModelError: if a parameter is not finite.
            OutOfMemory: if the words do not fit.
        """
        from monoscan.models.worst import SearchPlan, worst_of_run

        with self._threads():
            plan = SearchPlan(length, letters)
            return Worst(worst_of_run(self.trained, plan, progress=progress))

    def learned(
        self,
        length: int = 16,
        *,
        max_states: int = 200,
        worst_length: int = 640,
        letters: int = 2_000_000,
    ) -> LearnedAutomaton:
        """The automaton that it computes on short words, and how far that describes it.

        Args:
            length: of the words from which the automaton is learned.
            max_states: of the automaton.
            worst_length: the longest word on which network and automaton are compared.
            letters: how many letters may be read for learning, and in each search.

        Raises:
            NotInstalled: if AALpy is not installed.
            BadInput: if the task is no automaton, or a number is out of range.
            ModelError: if a parameter is not finite.
            OutOfMemory: if the words do not fit.
        """
        need_models("run.learned", "aalpy")
        from monoscan.models.learned import learn_run
        from monoscan.models.worst import SearchPlan

        plan = SearchPlan(worst_length, letters)
        with self._threads():
            found = learn_run(self.trained, length, max_states, plan)
        return LearnedAutomaton(found, self.trained.config.language)

    def snap(self) -> SnappedRun:
        """The exact network nearest to it, decided for all lengths, and its weights put back.

        Raises:
            BadInput: if the task is no automaton or has too large a group, or the layers are of a
                kind that is not snapped.
            ModelError: if a parameter is not finite.
        """
        from monoscan.models.snap import snap_run

        with self._threads():
            return SnappedRun(snap_run(self.trained), self)

    def horizon(self, *, one_by_one: bool = True) -> Horizon:
        """A length N such that this very network answers every word of up to N letters rightly.

        The network must have a linear read-out, and run in fp32 on a processor. What a letter does
        is taken as torch computes it for all letters together; all that float32 can lose in a step
        and in a score is bounded, in whatever order the kernel adds. `certify` has the independent
        program check the rest. No failing word is searched here: see `worst`.

        Args:
            one_by_one: whether the network reads letter by letter; else words in pieces of any
                length, which may lose more.

        Raises:
            ConfigError: if the read-out is not linear, or nothing can be shown of this network.
            ModelError: if a parameter is not finite.
        """
        from monoscan.face.horizons import Horizon
        from monoscan.models.horizon import horizon_of_run
        from monoscan.proofs_check.horizons import HorizonFinding

        with self._threads():
            found = horizon_of_run(self.trained, one_by_one=one_by_one)
        how = "letters are read one by one" if one_by_one else "words are read in any pieces"
        note = (
            f"A step leads {found.drift:.2g} from where it should, and float32 adds at most "
            f"{found.rounding.step:.2g} if {how}; a state may be {found.radius:.2g} from its "
            "centre before a score could be wrong."
        )
        return Horizon(HorizonFinding(found.horizon), note)

    def owns(self, certificate: Certificate, *, one_by_one: bool = True) -> bool:
        """Whether a certificate of `horizon` is about exactly this network.

        It is if this network gives the same certificate, but for a greater length. One of another
        run, or of weights that differ in one bit on which a step depends, is not.

        Args:
            certificate: The certificate.
            one_by_one: as for `horizon`.

        Raises:
            ConfigError: as for `horizon`.
        """
        own = self.horizon(one_by_one=one_by_one).found
        body = own.certificates["horizon"]().body
        stated, longest = {**certificate.body}, own.horizon.certified
        length = stated.pop("length", None)
        shorter = longest == "all" or (
            isinstance(length, str) and length.isdecimal() and int(length) <= int(longest or 0)
        )
        return (
            certificate.kind == "horizon"
            and shorter
            and stated == {key: value for key, value in body.items() if key != "length"}
        )

    def law(self) -> LawMeasure:
        """How far a step of its states is from that of the automaton, and how far states are apart.

        Raises:
            ConfigError: if the task is no automaton, or the network keeps more than a state.
        """
        from monoscan.models.law import law_of

        config = self.trained.config
        return law_of(config.task, config.model).measure(self.model)

    def spectra(self, word: str | Sequence[str]) -> Spectra:
        """The eigenvalues of the product of a word's transitions, for each layer and head.

        Args:
            word: a letter or a word: text, read letter by letter or by blanks, or a sequence.

        Raises:
            ConfigError: if the layers have no transition matrices, or the word is empty.
            WordError: if a letter of a text is none of the task.
        """
        from monoscan.models.spectra import spectra_of_word

        letters = self.trained.config.task.letters
        return Spectra(tuple(spectra_of_word(self.trained, letters_of(word, letters))))

    def __repr__(self) -> str:
        config, layer = self.trained.config, self.layer
        what, letters = config.language or config.task.kind, config.model.convolution
        seen = f", convolution {letters}" if letters else ""
        return (
            f"run of {layer.layer} {layer.range}{seen} on {what}: {self.trained.step} steps, seed "
            f"{config.training.seed}; {self.model.n_parameters} parameters, "
            f"{config.model.depth} x {layer.model_class}"
        )
