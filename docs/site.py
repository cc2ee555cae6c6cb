"""Pages of the site that are made when it is built, and links that lead out of docs/.

mkdocs calls `on_config`, `on_files` and `on_page_markdown` by their names.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from posixpath import normpath, relpath

import griffe
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
# Pages of the site that are files elsewhere in the repository.
_OUTSIDE = {
    "README.md": "index.md",
    "CHANGELOG.md": "changelog.md",
    "CONTRIBUTING.md": "contributing.md",
    "monoscan/proofs_check/checker/FORMAT.md": "certificates.md",
    "monoscan/models/kernels/rank_one/README.md": "kernels-rank-one.md",
    "monoscan/models/kernels/diagonal_scan/README.md": "kernels-diagonal-scan.md",
}
_FILES = {page: path for path, page in _OUTSIDE.items()}
_LINK = re.compile(r"\[([^\]\n]*)\]\(([^)#:\s]+)(#[^)]*)?\)")


def on_config(config: MkDocsConfig) -> None:
    """Adds one section with all claims and one with all lemmas before the last two entries."""
    for folder in ("claims", "lemmas"):
        pages = sorted(path.name for path in (ROOT / "docs" / folder).glob("*.md"))
        pages.sort(key=lambda name: name != "README.md")
        config.nav.insert(-2, {folder.capitalize(): [f"{folder}/{name}" for name in pages]})


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages that are no files of docs/."""
    made = {page: (ROOT / path).read_text(encoding="utf-8") for path, page in _OUTSIDE.items()}
    made |= {"reference.md": _reference(), "tour.md": _notebook(ROOT / "docs" / "tour.ipynb")}
    for name, text in made.items():
        files.append(File.generated(config, name, content=text))
    return files


def on_page_markdown(markdown: str, page: Page, files: Files, **_: object) -> str:
    """Turns links to other places of the repository into links of the site, or into plain text."""
    here = page.file.src_uri
    source = _FILES.get(here, f"docs/{here}")

    def link(found: re.Match[str]) -> str:
        text, to, anchor = found[1], found[2], found[3] or ""
        path = normpath(f"{Path(source).parent.as_posix()}/{to}")
        for target in (_OUTSIDE.get(path, path.removeprefix("docs/")), f"{path[5:]}/README.md"):
            if files.get_file_from_path(target):
                return f"[{text}]({relpath(target, Path(here).parent.as_posix())}{anchor})"
        return text  # a folder or a file of the sources

    return _LINK.sub(link, markdown)


def _reference() -> str:
    """All names of `import monoscan as ms`, and the classes of what they return."""
    package = griffe.load("monoscan", search_paths=[ROOT], resolve_aliases=True)
    offered = [package[name] for name in package.exports]
    returned = [x.returns.canonical_path for x in offered if x.is_function and x.returns]
    classes = [path for path in dict.fromkeys(returned) if path.startswith("monoscan.")]
    lines = ["# Reference", "", "`import monoscan as ms` offers these names.", ""]
    lines += [f"::: {entry.canonical_path}\n" for entry in offered]
    lines += ["## What they return", "", *(f"::: {path}\n" for path in classes)]
    return "\n".join(lines)


def _notebook(path: Path) -> str:
    """The cells of a notebook and what they printed."""
    parts = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        parts.append(text if cell["cell_type"] == "markdown" else f"```python\n{text}\n```")
        for output in cell.get("outputs", ()):
            data = output.get("data", {})
            html = "".join(data.get("text/html", ()))
            plain = "".join(data.get("text/plain", output.get("text", ())))
            parts.append(html or f"```text\n{plain.rstrip()}\n```")
    return "\n\n".join(parts)
