"""Which claims hold in which arithmetic: their rows side by side, a column a semantics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from os import PathLike

from monoscan.face.claims import VerifiedClaim, verify_each
from monoscan.proofs_check.claim import claim_ids
from monoscan.tables import Column, Records, Table

COLUMNS = ("exact", "threshold", "cast-unrolled", "seq-round", "op-round", "scan-round")
_ROUNDED = COLUMNS[2:]


def arithmetic(
    folder: str | PathLike[str],
    *,
    claims: Iterable[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Table, tuple[VerifiedClaim, ...]]:
    """The statements of claims with a row where numbers are rounded, by semantics.

    Args:
        folder: where the certificates go, a folder a claim.
        claims: ids; none for all.
        progress: told now and then what is being done.

    Returns:
        The table, and the verified claims.

    Raises:
        UnknownId: if there is no such claim.
        OSError: if a file cannot be written.
    """
    ids = tuple(claims) or claim_ids()
    found = tuple(verify_each(ids, folder, progress=lambda name, _: progress(name)))
    rows, records = list[tuple[str, ...]](), list[tuple[str, ...]]()
    for verified in found:
        report = verified.report
        if not {row.found.row.semantics for row in report.rows} & set(_ROUNDED):
            continue
        cells: dict[str, dict[str, Counter[str]]] = {}
        for row in report.rows:
            said = row.found.row
            if said.semantics not in COLUMNS:
                continue
            cell = cells.setdefault(said.statement, {}).setdefault(said.semantics, Counter())
            cell[str(row.status)] += 1
            records.append(
                (report.claim.id, said.statement, said.semantics, said.model_class, str(row.status))
            )
        rows += [
            (report.claim.id, statement, *(_shown(by.get(name)) for name in COLUMNS))
            for statement, by in cells.items()
        ]
    columns = (
        Column("claim"),
        Column("statement", wraps=True),
        *(Column(name, wraps=True) for name in COLUMNS),
    )
    heads = ("claim", "statement", "semantics", "class", "status")
    notes = (
        "Claims with a row in an arithmetic that rounds. (2): two rows of `verify --claim`, for "
        "two classes or formats, have this status. -: there is no such row.",
    )
    value = {"rows": [dict(zip(heads, record, strict=True)) for record in records]}
    table = Table(
        columns, tuple(rows), notes=notes, records=Records(heads, tuple(records)), value=value
    )
    return table, found


def _shown(statuses: Counter[str] | None) -> str:
    """The statuses of a cell, with their numbers above 1."""
    if not statuses:
        return "-"
    return ", ".join(
        name if count == 1 else f"{name} ({count})" for name, count in sorted(statuses.items())
    )
