"""Writes the generated parts of the pages in docs/; run by `make docs`."""

from __future__ import annotations

from pathlib import Path

from monoscan.proofs_check.claim import claim_ids, get_claim
from monoscan.proofs_check.claim_page import END_OF_GENERATED, claim_index, claim_page

CLAIMS = Path(__file__).parent / "claims"


def with_free_text(page: str, path: Path) -> str:
    """The generated part, followed by what people have written below it."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    return page + old.partition(END_OF_GENERATED)[2].removeprefix("\n")


def pages() -> dict[Path, str]:
    """Each generated page as it should be."""
    claims = [get_claim(id_) for id_ in claim_ids()]
    found = {CLAIMS / f"{claim.id}.md": claim_page(claim) for claim in claims}
    found = {path: with_free_text(page, path) for path, page in found.items()}
    return {**found, CLAIMS / "README.md": claim_index(claims)}


def main() -> None:
    """Writes every page that has changed."""
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path}")


if __name__ == "__main__":
    main()
