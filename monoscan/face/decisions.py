"""Whether one network recognises one language, at all lengths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from monoscan.automata import format_word
from monoscan.errors import BadInput
from monoscan.face.architectures import one_asked
from monoscan.face.horizons import ROUNDED, rounded
from monoscan.face.network import Network, network
from monoscan.face.sources import language as as_language
from monoscan.face.words import NOT_CHECKED
from monoscan.proofs_check.decision_words import describe_network
from monoscan.proofs_check.verify_lrnn import (
    LRNNReport,
    NetworkFinding,
    check_network,
    decide_network,
)
from monoscan.theory.decide import Budget, Enclosed, Recognised, Refuted
from monoscan.theory.semantics import named_semantics
from monoscan.theory.unit_keys import with_delta_rules
from monoscan.theory.windows import fit, show_windows

if TYPE_CHECKING:
    from monoscan.proofs_check.certificates.sealing import Certificate
    from monoscan.tables import Table
    from monoscan.theory.formats import NumberFormat
    from monoscan.theory.model_classes import ModelClass


_DELTA_RULES = (
    "Its Householder factors with a vector v of length 1 were computed as delta rules with the key "
    "v: the matrices are the same, and their operations can be rounded."
)


class NotInClassError(BadInput):
    """A network that does not lie in the class that it was asked to lie in."""


@final
@dataclass(frozen=True, eq=False, repr=False)
class Decision:
    """The answer about one network and one language.

    Attributes:
        found: what was found.
        model_class: the class that the network was asked to lie in, and does; None if none was.
        checked: what the independent program says of the certificates; None before `certify`.
        note: how the network was read, if otherwise than it was given; else empty.
    """

    found: NetworkFinding
    model_class: ModelClass | None = None
    checked: LRNNReport | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """`proved`, `refuted` or `undecided`; `failed` if a certificate was rejected."""
        if self.checked is not None:
            return self.checked.status
        kinds = {Recognised: "proved", Enclosed: "proved", Refuted: "refuted"}
        return kinds.get(type(self.found.decision), "undecided")

    @property
    def network(self) -> Network:
        """The network."""
        return Network(self.found.lrnn)

    @property
    def word(self) -> str | None:
        """A word to which the network answers otherwise than the language; None if none is known.

        It is the first such word, the shorter first, if `found.decision.is_shortest` says so.
        """
        decision = self.found.decision
        if not isinstance(decision, Refuted):
            return None
        return format_word(decision.word, self.found.lrnn.alphabet)

    @property
    def certificate(self) -> Certificate | None:
        """What the independent program can check: the proof, or the failing word; or nothing."""
        return next(iter(self.certificates.values()), None)

    @property
    def certificates(self) -> dict[str, Certificate]:
        """All certificates by their names."""
        return {name: make() for name, make in self.found.certificates.items()}

    def lines(self) -> list[str]:
        """The answer in sentences."""
        lines = list(self.found.describe())
        if self.note:
            lines.append(self.note)
        model_class = None if self.verdict == "failed" else self.model_class
        lines += describe_network(self.found.windows, model_class)
        if self.checked is None and self.found.certificates:
            lines.append(NOT_CHECKED)
        elif self.checked is not None and self.checked.problem:
            lines.append(self.checked.problem)
        return lines

    def table(self, shown: Callable[[Path], str] = str) -> Table:
        """The checked answer in sentences, with its files and how to check them again.

        Args:
            shown: how a path is written.

        Raises:
            ValueError: if it was not checked yet.
        """
        from monoscan.proofs_check.network_table import network_table

        table = network_table(self._checked(), self.model_class, shown)
        note = (self.note,) if self.note else ()
        return replace(table, introduction=(*table.introduction, *note))

    @property
    def exit_code(self) -> int:
        """What a command ends with that prints the checked answer.

        Raises:
            ValueError: if it was not checked yet.
        """
        return self._checked().outcome.code

    def _checked(self) -> LRNNReport:
        if self.checked is None:
            raise ValueError(NOT_CHECKED)
        return self.checked

    def __repr__(self) -> str:
        return f"{self.verdict}: {' '.join(self.lines())}"

    def certified(self, directory: Path, progress: Callable[[str], None]) -> Decision:
        """The same answer, with what the independent program says of its certificates."""
        return replace(self, checked=check_network(self.found, directory, progress))

    def to_json(self) -> dict[str, Any]:
        """The answer as one JSON object."""
        return {"verdict": self.verdict, **(self.checked or self.found).to_json()}


def decide(
    net: object,
    language: object,
    semantics: str = "exact",
    number_format: NumberFormat | str | None = None,
    *,
    order: str = "",
    architecture: object = None,
    max_states: int = Budget.states,
    max_prefix: int = Budget.prefix,
    max_period: int = Budget.period,
    progress: Callable[[str], None] = lambda _: None,
) -> Decision:
    """Whether a network recognises a language: a proof for all lengths, or a failing word.

    Args:
        net: a network, as `network` takes it.
        language: as `language` takes it; its letters may stand in another order.
        semantics: ``exact``, ``threshold``, ``cast-unrolled``, ``seq-round`` or
            ``op-round`` (docs/semantics.md).
        number_format: of a semantics that rounds, such as ``e4m3`` or ``fixed:1/8:-16:127/8``.
            Under ``op-round`` a Householder factor with a vector of length 1 is computed as a
            delta rule, and the answer says so.
        order: in the place of a semantics, an order of operations (``monoscan list orders``); the
            numbers of the network are then rounded to the format first, and the answer says so.
        architecture: a class, or a name with its variant, that the network must lie in.
        max_states: budget of joint states of network and automaton.
        max_prefix: longest p of the words p u u u ... that are tried.
        max_period: longest u.
        progress: told now and then what is being done.

    Raises:
        NotInClassError: if the network does not lie in the class.
        SemanticsError: if there is no such semantics, or the network has no meaning there.
        ValueError: if the letters or the outputs have nothing in common, or a limit is out of
            range.

    >>> import monoscan as ms
    >>> net = ms.construct("parity", "deltanet, extended").network
    >>> ms.decide(net, "parity").verdict
    'proved'
    >>> refuted = ms.decide(net, ms.regex("0*", "01"))
    >>> refuted.verdict, refuted.word
    ('refuted', '11')
    """
    exact, target = network(net), as_language(language)
    if order:
        if semantics != "exact":
            raise BadInput(f"order {order} and semantics {semantics} are two ways; leave one out")
        lrnn, chosen = rounded(exact.lrnn, number_format, order)
        note = ROUNDED if lrnn != exact.lrnn else ""
    else:
        lrnn, note, chosen = exact.lrnn, "", named_semantics(semantics, number_format)
    budget = Budget(states=max_states, prefix=max_prefix, period=max_period)
    if semantics == "op-round":
        lrnn = with_delta_rules(lrnn)
        note = _DELTA_RULES if lrnn != exact.lrnn else ""
    model_class = None
    if architecture is not None:
        asked = one_asked(architecture)
        model_class = asked.model_class
        _require_inside(Network(lrnn), model_class, rounded=chosen.name == "op-round")
        windows = chosen.windows_of(lrnn)
        if asked.variant and not fit(windows, asked.windows):
            raise NotInClassError(
                f"the network looks further back than {asked}: {show_windows(windows)}, and "
                f"of {asked}, {show_windows(asked.windows)}"
            )
    properties = () if model_class is None else (model_class.id,)
    found = decide_network(lrnn, chosen, target.automaton, budget, progress, properties)
    return Decision(found, model_class, note=note)


def _require_inside(net: Network, model_class: ModelClass, *, rounded: bool) -> None:
    fault = model_class.outside(net.lrnn, as_written=rounded)
    if fault is not None:
        raise NotInClassError(f"the network does not lie in the class {model_class.id}: {fault}")
