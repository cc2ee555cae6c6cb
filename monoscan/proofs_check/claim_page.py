"""The page of a claim in Markdown, made from the claim itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from monoscan.proofs_check.claim import Claim, Row
from monoscan.theory.lemmas import THEOREMS

END_OF_GENERATED = "<!-- The text above is made by `make docs`; write below. -->"


def claim_page(claim: Claim) -> str:
    """Statement, command, sources, errata and documented rows of a claim, as Markdown.

    >>> from monoscan.proofs_check.claim import get_claim
    >>> claim_page(get_claim("parity-needs-negative-eigs")).splitlines()[0]
    '# parity-needs-negative-eigs'
    """
    parts = [
        f"# {claim.id}",
        f"> {claim.statement}",
        f"    verify --claim {claim.id}",
        "prints each row below with its certificates. The status is derived from what the "
        "independent checker\nsays of them; a row that does not come out as documented here ends "
        "the command with exit code 1.",
        _listed("Sources", claim.sources),
        f"**How we know it.** {_sentence(claim.provenance)}",
    ]
    if claim.errata:
        parts.append(_listed("Found wrong in print", claim.errata))
    for statement, rows in groupby(claim.rows, key=lambda row: row.statement):
        parts += [f"## {statement}", _table(rows)]
    traces = [(row, row.trace()) for row in claim.rows]
    if any(trace for _, trace in traces):
        parts += ["## To redo by hand", "r rounds, as the first line of each says."]
    for row, trace in traces:
        if trace:
            lines = "\n".join(["```text", *trace, "```"])
            parts.append(f"`{row.key}`: {row.model_class} ({row.semantics})\n\n{lines}")
    return "\n\n".join([*parts, END_OF_GENERATED]) + "\n"


def claim_index(claims: Iterable[Claim]) -> str:
    """The list of all claims with their documented statuses, as Markdown."""
    lines = ["# Claims", "", "| claim | statement | rows |", "|---|---|---|"]
    for claim in claims:
        name = f"[{claim.id}]({claim.id}.md)"
        lines.append(f"| {name} | {_cell(claim.statement)} | {statuses(claim)} |")
    lines += ["", "Made by `make docs`; `verify --all` verifies them."]
    return "\n".join(lines) + "\n"


def statuses(claim: Claim) -> str:
    """How many rows of a claim are documented to have which status.

    >>> from monoscan.proofs_check.claim import get_claim
    >>> statuses(get_claim("parity-scalar-construction"))
    '1 open, 13 proved, 1 proved (formal)'
    """
    counts = Counter(sorted(row.documented.value for row in claim.rows))
    return ", ".join(f"{count} {status}" for status, count in counts.items())


def _listed(title: str, items: Iterable[str]) -> str:
    return "\n".join([f"**{title}.**", "", *(f"* {_sentence(item)}" for item in items)])


def _sentence(text: str) -> str:
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _table(rows: Iterable[Row]) -> str:
    lines = [
        "| row | semantics | class | status | certificates | rests on |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        certificates = f"{row.n_certificates} {row.kind}" if row.n_certificates else "none"
        lemma = _lemma(row.lemma) if row.lemma else ""
        cells = (row.key, row.semantics, row.model_class, row.documented.value, certificates, lemma)
        lines.append("| " + " | ".join(_cell(cell) for cell in cells) + " |")
    return "\n".join(lines)


def _lemma(key: str) -> str:
    """The lemma with a link to its proof, or with its source if it is only cited."""
    theorem = THEOREMS.get(key)
    return f"[{key}](../{theorem.page})" if theorem.page else f"{key} (cited: {theorem.source})"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
