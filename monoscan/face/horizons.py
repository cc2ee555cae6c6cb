"""Up to which length a network is right on all words, in an arithmetic that rounds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from monoscan.automata import format_word, with_alphabet
from monoscan.errors import BadInput
from monoscan.face.network import Network, network
from monoscan.face.sources import language as as_language
from monoscan.face.words import NOT_CHECKED
from monoscan.proofs_check.checked import Checked, check_findings, recheck
from monoscan.proofs_check.claim_table import files_checked
from monoscan.proofs_check.horizons import HorizonFinding
from monoscan.tables import Records, Table
from monoscan.theory.horizon.search import MAX_STATES, find_horizon
from monoscan.theory.orders import computed

if TYPE_CHECKING:
    from monoscan.proofs_check.certificates.sealing import Certificate
    from monoscan.theory.formats import NumberFormat
    from monoscan.theory.lrnn import LRNN
    from monoscan.theory.semantics import Semantics


@final
@dataclass(frozen=True, eq=False, repr=False)
class Horizon:
    """Up to which length a network answers every word rightly, and a word on which it fails.

    Attributes:
        found: what was found.
        note: what was done to the numbers of the network; empty if nothing.
        checked: what the independent program says of the certificates; None before `certify`.
    """

    found: HorizonFinding
    note: str = ""
    checked: Checked[HorizonFinding] | None = None

    @property
    def length(self) -> int | str | None:
        """Every word of up to so many letters is answered rightly; "all" for words of any length.

        None if not even the empty word is, or if the independent program rejected a certificate.
        """
        failed = self.checked is not None and self.checked.status == "failed"
        return None if failed else self.found.horizon.certified

    @property
    def failing_word(self) -> str | None:
        """A word on which the network is wrong or has no answer; None if none was found.

        It is the shortest one if `found.horizon.is_shortest` says so.
        """
        word = self.found.horizon.failing_word
        return None if word is None else format_word(word, self.found.horizon.lrnn.alphabet)

    @property
    def network(self) -> Network:
        """The network with the numbers that it computes with."""
        return Network(self.found.horizon.lrnn)

    @property
    def certificate(self) -> Certificate | None:
        """What the independent program can check of the length; None if there is none."""
        make = self.found.certificates.get("horizon")
        return None if make is None else make()

    @property
    def certificates(self) -> dict[str, Certificate]:
        """All certificates by their names."""
        return {name: make() for name, make in self.found.certificates.items()}

    def lines(self) -> list[str]:
        """The answer in sentences."""
        lines = list(self.found.describe())
        if self.note:
            lines.append(self.note)
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
        checked = self._checked()
        return Table(
            (),
            (),
            title=checked.status,
            introduction=tuple(self.lines()),
            notes=tuple(files_checked(checked.checks, shown)),
            records=Records(("status", "problem"), ((checked.status, checked.problem),)),
            value={**checked.to_json(), "note": self.note, "recheck": recheck(checked.paths)},
        )

    @property
    def exit_code(self) -> int:
        """What a command ends with that prints the checked answer.

        Raises:
            ValueError: if it was not checked yet.
        """
        return self._checked().outcome.code

    def _checked(self) -> Checked[HorizonFinding]:
        if self.checked is None:
            raise ValueError(NOT_CHECKED)
        return self.checked

    def __repr__(self) -> str:
        return " ".join(self.lines())

    def certified(self, directory: Path, progress: Callable[[str], None]) -> Horizon:
        """The same answer, with what the independent program says of its certificates."""
        (checked,) = check_findings([(self.found, directory)], progress=progress)
        return replace(self, checked=checked)

    def to_json(self) -> dict[str, Any]:
        """The answer as one JSON object."""
        return {"note": self.note, **(self.checked or self.found).to_json()}


def horizon(
    net: object,
    language: object,
    number_format: NumberFormat | str | None = None,
    order: str = "operations",
    *,
    max_states: int = MAX_STATES,
    max_word: int = 10_000,
    progress: Callable[[str], None] = lambda _: None,
) -> Horizon:
    """Up to which length a network answers every word rightly, and a word on which it fails.

    The numbers of the network are rounded to the format first. The length is exact where the
    states of the rounded network can be listed; else it is a bound, and longer words may be right.

    Args:
        net: a network, as `network` takes it.
        language: as `language` takes it; its letters may stand in another order.
        number_format: such as ``bf16`` or ``fixed:1/8:-16:127/8``; None for exact arithmetic.
        order: how a step is computed: a name of ``monoscan list orders``.
        max_states: budget of joint states of network and automaton.
        max_word: longest word that is searched for a failure.
        progress: told now and then what is being done.

    Raises:
        BadInput: if the letters differ, or a number is no real one.
        BadValue: if there is no such order, or a limit is out of range.
        FormatError: if there is no such format.

    >>> import monoscan as ms
    >>> net = ms.construct("count-mod-5", construction="cyclic-rotation-two-gh").network
    >>> found = ms.horizon(net, "count-mod-5", "bf16")
    >>> found.length, len(found.failing_word), ms.check(found.certificate).verdict
    (119, 120, 'valid')
    """
    exact, target = network(net).lrnn, as_language(language).automaton
    if set(exact.alphabet) != set(target.alphabet):
        raise BadInput(
            f"the network's alphabet is {', '.join(exact.alphabet)}, the language's is "
            f"{', '.join(target.alphabet)}; they must have the same letters, in any order"
        )
    if number_format is None and order == "operations":
        lrnn, semantics = computed(exact, None, "exact")
    else:
        lrnn, semantics = rounded(exact, number_format, order)
    found = find_horizon(
        lrnn, semantics, with_alphabet(target, lrnn.alphabet), max_states, max_word, progress
    )
    note = "" if lrnn == exact else ROUNDED
    return Horizon(HorizonFinding(found), note)


def rounded(
    lrnn: LRNN, number_format: NumberFormat | str | None, order: str
) -> tuple[LRNN, Semantics[Any]]:
    """A network with rounded numbers, and the semantics of an order of operations.

    Raises:
        BadInput: if there is no format.
        BadValue: if there is no such order.
        FormatError: if there is no such format.
    """
    if number_format is None:
        raise BadInput(f"order {order}: exact arithmetic has no order; name a number format")
    if isinstance(number_format, str):
        from monoscan.theory.formats import parse_format

        number_format = parse_format(number_format)
    return computed(lrnn, number_format, order)


ROUNDED = (
    "The numbers of the network were rounded to the format first; single states in read-outs were "
    "replaced by thresholds where they were rounded."
)
