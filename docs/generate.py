"""Writes the generated parts of the pages in docs/; run by `make docs`."""

from __future__ import annotations

from pathlib import Path

from monoscan.proofs_check.claim import claim_ids, get_claim
from monoscan.proofs_check.claim_page import END_OF_GENERATED, claim_index, claim_page
from monoscan.theory.architectures import ARCHITECTURES

DOCS = Path(__file__).parent
CLAIMS = DOCS / "claims"

_ARCHITECTURES = """# Architectures

What a name means in `monoscan predict`, `table`, `construct`, `compile`, `verify --class` and
`train` (from the catalogue; `monoscan show NAME` prints one entry). How names are written, and what
happens to a name with two ranges: [predictions.md](predictions.md). Square brackets include the
ends of a range. `train` clamps gates, which reaches the ends; with `sigmoid` it does not.
"""


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def architecture_page() -> str:
    """The catalogue of names as tables."""
    rows = [
        f"| {', '.join((entry.name, *entry.spellings))} | {variant.words} | "
        f"`{_cell(variant.symbols)}` | {variant.model_class} | {variant.trained_as} |"
        for entry in ARCHITECTURES
        for variant in entry.variants
    ]
    answered = [entry for entry in ARCHITECTURES if not entry.refused]
    refused = [entry for entry in ARCHITECTURES if entry.refused]
    lines = [
        _ARCHITECTURES,
        "| name | range | transition matrices | class | layer of `train` |",
        "|---|---|---|---|---|",
        *rows,
        "\n## Sources and notes\n",
        *(f"* **{entry.name}**: {entry.source}. {entry.note}".rstrip() for entry in answered),
        "\n## Names that are refused\n",
        *(f"* **{entry.name}** {entry.refused}. ({entry.source})" for entry in refused),
    ]
    return "\n".join(lines) + "\n"


def with_free_text(page: str, path: Path) -> str:
    """The generated part, followed by what people have written below it."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    return page + old.partition(END_OF_GENERATED)[2].removeprefix("\n")


def pages() -> dict[Path, str]:
    """Each generated page as it should be."""
    claims = [get_claim(id_) for id_ in claim_ids()]
    found = {CLAIMS / f"{claim.id}.md": claim_page(claim) for claim in claims}
    found = {path: with_free_text(page, path) for path, page in found.items()}
    found[DOCS / "architectures.md"] = architecture_page()
    return {**found, CLAIMS / "README.md": claim_index(claims)}


def main() -> None:
    """Writes every page that has changed."""
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path}")


if __name__ == "__main__":
    main()
