"""`--figure`: the pictures of an analysed language, and the file of one picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, final

from rich.console import Console
from rich.text import Text

from monoscan.automata.analysis import Analysis
from monoscan.cli.console import ProgressLine, shown_path
from monoscan.cli.errors import fail, writing
from monoscan.errors import BadInput, BadValue

# Pictures are asked for rarely, so no other command pays for loading what draws them.
if TYPE_CHECKING:
    from collections.abc import Callable

    from monoscan.report.figures import Drawing, Format, Picture


DEFAULT_FORMATS = "svg,pdf"


@final
@dataclass(frozen=True)
class FigureRequest:
    """Where pictures go, and in which formats."""

    folder: Path
    formats: tuple[Format, ...]


@final
@dataclass(frozen=True)
class FigureResult:
    """What became of the pictures; `error` says why writing stopped, if it did."""

    pictures: tuple[Picture, ...]
    error: OSError | None = None

    def to_json(self) -> dict[str, Any]:
        """The files of each picture, or why it was skipped."""
        found: dict[str, Any] = {
            picture.name: {"files": [str(path) for path in picture.files]}
            if picture.skipped is None
            else {"skipped": picture.skipped}
            for picture in self.pictures
        }
        return found

    def print(self, console: Console) -> None:
        """One line a picture."""
        console.print(Text("\npictures"))
        for picture in self.pictures:
            if picture.skipped is None:
                line = f"  written  {', '.join(shown_path(path) for path in picture.files)}"
            else:
                line = f"  skipped  {picture.name}: {picture.skipped}"
            console.print(Text(line), soft_wrap=True)


def request_figures(folder: str, formats: str | None) -> FigureRequest:
    """Checks before a long computation that pictures can be drawn; ends the program if not."""
    from monoscan.report.figures import parse_formats, require_library

    path = Path(folder)
    request = FigureRequest(path, parse_formats(DEFAULT_FORMATS if formats is None else formats))
    require_library()
    with writing(f"--figure {folder}", "give a folder that can be written"):
        try:
            path.mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError):
            fail(f"--figure {folder}: there is a file of this name; give a folder")
    return request


def draw_figures(found: Analysis, request: FigureRequest, budget: int) -> FigureResult:
    """Draws the pictures, with progress on standard error."""
    from monoscan.report.figures import write_pictures

    progress = ProgressLine()
    pictures: list[Picture] = []
    with progress.shown():
        try:
            for picture in write_pictures(
                found, request.folder, budget, request.formats, progress.update
            ):
                pictures.append(picture)  # noqa: PERF402 - keeps those drawn before an error
        except OSError as error:
            return FigureResult(tuple(pictures), error)
    return FigureResult(tuple(pictures))


def checked_figure(file: str) -> Path:
    """The file of a picture that can be drawn; ends the program if it cannot."""
    from monoscan.report.figures import FORMATS, require_library

    path = Path(file)
    if path.suffix.lower().removeprefix(".") not in FORMATS:
        endings = ", ".join(f".{kind}" for kind in FORMATS)
        raise BadValue("figure", file, f"a name that ends in one of {endings}")
    require_library()
    with writing(f"--figure {file}", "give a file that can be written"):
        path.parent.mkdir(parents=True, exist_ok=True)
    return path


def write_figure(path: Path, draw: Callable[[], Drawing]) -> None:
    """Draws one picture into a file that `checked_figure` gave; says why if it cannot be."""
    from monoscan.report.figures import PictureRefused, parse_formats, render

    (kind,) = parse_formats(path.suffix.removeprefix("."))
    with writing(f"--figure {path}", "give a file that can be written"):
        try:
            path.write_bytes(render(draw(), kind))
        except PictureRefused as refusal:
            raise BadInput(f"--figure {path}: {refusal}, or leave --figure out") from None
