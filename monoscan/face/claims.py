"""Claims: statements about linear RNNs, verified row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, final

from monoscan.face.given import described
from monoscan.proofs_check.claim import Claim, Setting, get_claim
from monoscan.proofs_check.verify import ClaimReport, verify_claim, verify_claims

if TYPE_CHECKING:
    from monoscan.tables import Table


@final
@dataclass(frozen=True, eq=False, repr=False)
class VerifiedClaim:
    """A claim, and what the independent program says of each row.

    Attributes:
        report: the rows with their evidence and their checks.
    """

    report: ClaimReport

    @property
    def is_as_documented(self) -> bool:
        """Whether every row has the status that its page says."""
        return not self.report.undocumented

    @property
    def statuses(self) -> dict[str, str]:
        """The status of each row by its key."""
        return {row.found.row.key: str(row.status) for row in self.report.rows}

    def table(self, shown: Callable[[Path], str] = str) -> Table:
        """The rows as a table, under what they state, with sources and witnesses.

        Args:
            shown: how a path is written.
        """
        from monoscan.proofs_check.claim_table import claim_table

        return claim_table(self.report, shown)

    def __repr__(self) -> str:
        counts = Counter(row.status for row in self.report.rows)
        parts = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
        documented = len(self.report.rows) - len(self.report.undocumented)
        return (
            f"{self.report.claim.id}: {len(self.report.rows)} rows: {parts}; "
            f"{documented} as documented"
        )

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def to_json(self) -> dict[str, Any]:
        """The rows as one JSON object."""
        return self.report.to_json()


def verify(
    claim: str | Claim,
    folder: str | PathLike[str] | None = None,
    *,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> VerifiedClaim:
    """Verifies a claim: makes the evidence of every row and has it checked independently.

    Args:
        claim: its id (`monoscan list claims`).
        folder: where the certificates go and stay; None: they are not kept.
        seed: of everything random.
        progress: told the row that is worked on.

    Raises:
        UnknownId: if there is no such claim; the message names the nearest.
        OSError: if a file cannot be written.

    >>> import monoscan as ms
    >>> ms.verify("gh-norm-le-one").is_as_documented
    True
    """
    if not isinstance(claim, (str, Claim)):
        raise TypeError(f"{described(claim)} is no claim; expected an id such as 'gh-norm-le-one'")
    chosen = get_claim(claim) if isinstance(claim, str) else claim
    if folder is not None:
        return VerifiedClaim(verify_claim(chosen, Setting(seed), Path(folder), progress))
    with TemporaryDirectory() as made:
        return VerifiedClaim(verify_claim(chosen, Setting(seed), Path(made), progress))


def verify_each(
    claims: Iterable[str],
    folder: str | PathLike[str],
    *,
    seed: int = 0,
    progress: Callable[[str, str], None] = lambda _claim, _text: None,
) -> Iterator[VerifiedClaim]:
    """Verifies several claims; each comes as soon as it is complete.

    Args:
        claims: their ids.
        folder: where the certificates go, a folder a claim.
        seed: of everything random.
        progress: told the id of a claim and what is done for it.

    Raises:
        UnknownId: if there is no such claim.
        OSError: if a file cannot be written.
    """
    chosen = map(get_claim, claims)
    return map(VerifiedClaim, verify_claims(chosen, Setting(seed), Path(folder), progress))
