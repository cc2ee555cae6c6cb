"""The generated pages in docs/ are up to date."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[1]


def generator():
    spec = importlib.util.spec_from_file_location("generate_pages", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_generated_page_is_as_the_claims_say() -> None:
    wrong = [
        path.name
        for path, text in generator().pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    assert wrong == [], f"run `make docs`: {wrong}"


def test_free_text_below_the_line_is_kept(tmp_path: Path) -> None:
    module = generator()
    path = tmp_path / "page.md"
    path.write_text(f"old\n{module.END_OF_GENERATED}\n\nmine\n", encoding="utf-8")
    assert module.with_free_text("new\n", path) == "new\n\nmine\n"
    assert module.with_free_text("new\n", tmp_path / "absent.md") == "new\n"


def test_no_page_is_left_of_a_claim_that_is_gone() -> None:
    module = generator()
    assert set(module.CLAIMS.glob("*.md")) == {
        p for p in module.pages() if p.parent == module.CLAIMS
    }
