"""The report: complete in itself, true to the answers, usable without a mouse."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from helpers.command_line import fails, run_here
from helpers.small_runs import small_run

import monoscan as ms
from monoscan.face.reports import MadeReport, report
from monoscan.models.sweep import Job, run_sweep
from monoscan.models.worst import SearchPlan
from monoscan.report.figures.scene import Box, Circle, Curve, Drawing, Rectangle, Text
from monoscan.report.page.svg import as_svg

LARGEST = 5_000_000
EVIL = ms.regex("(ab)*", "ab")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeReport:
    folder = tmp_path_factory.mktemp("report")
    config = small_run(steps=3)
    run_sweep([Job("one", config, (8, 16), 5, SearchPlan(16, 5_000))], folder / "runs")
    return report(
        ["parity", EVIL],
        ["deltanet, no convolution", "deltanet [-1,1]"],
        runs=folder / "runs",
        certificates=folder / "certificates",
        commands=("monoscan report </script><b>",),
    )


class Page(HTMLParser):
    """Tags with attributes, and whether each that is opened is closed."""

    VOID = ("meta", "link", "input", "br", "path", "circle", "rect", "polygon")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def test_the_page_is_complete_and_asks_no_network(made: MadeReport) -> None:
    text = made.html()
    page = Page(text)
    assert page.open == []
    assert len(text.encode()) < LARGEST
    links = [a.get("href") or a.get("src") or "" for _, a in page.tags if "href" in a or "src" in a]
    assert all(link.startswith(("#", "data:")) for link in links)
    ids = [attributes["id"] for _, attributes in page.tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert "@import" not in text
    assert "url(" not in text


def test_what_is_given_cannot_become_markup(made: MadeReport) -> None:
    text = made.html()
    assert "</script><b>" not in text
    assert "monoscan report &lt;/script&gt;&lt;b&gt;" in text


def test_cells_say_what_the_predictions_say(made: MadeReport) -> None:
    data = json.loads(re.search(r'id="data">(.*?)</script>', made.html(), re.S)[1])  # type: ignore[index]
    for name, row in zip(("parity", EVIL), data["rows"], strict=True):
        answer = ms.predict(name, ["deltanet, no convolution", "deltanet [-1,1]"])
        for told, found in zip(row["cells"], answer, strict=True):
            assert [one["reason"] for one in told["verdicts"]] == [c.reason for c in found.cells]
    parity = data["rows"][0]["cells"]
    assert [cell["verdicts"][0]["said"] for cell in parity] == ["no", "yes, 1 layer"]
    names = [name for cell in parity for one in cell["verdicts"] for name, _ in one["certificates"]]
    assert names
    assert {json.loads(data["certificates"][name])["kind"] for name in names if "no" not in name}
    assert "aperiodic" in data["rows"][1]["properties"]
    assert "aperiodic" not in data["rows"][0]["properties"]


def test_it_can_be_used_with_a_keyboard_and_a_screen_reader(made: MadeReport) -> None:
    page = Page(made.html())
    cells = [a for a in page.of("button") if "data-row" in a]
    assert len(cells) == 4
    assert all(a["aria-label"] and a["aria-haspopup"] == "dialog" for a in cells)
    assert {a.get("scope") for a in page.of("th")} == {"col", "row"}
    assert all(a.get("aria-label") and a.get("role") == "img" for a in page.of("svg"))
    assert len(page.of("label")) == len(page.of("input")) + len(page.of("select")) == 3
    assert page.of("html") == [{"lang": "en"}]
    assert [tag for tag, _ in page.tags if tag in ("h1", "main", "header", "dialog")] == [
        "header",
        "h1",
        "main",
        "dialog",
    ]


def test_every_shape_is_drawn() -> None:
    shapes = (
        Text((1, 2), "<a>", 7, bold=True),
        Circle((1, 2), 3),
        Box(Rectangle(0, 0, 1, 1)),
        Curve(((0, 0), (4, 0)), arrows=2, dashed=True),
        Curve(((0, 0), (4, 0), (4, 4))),
    )
    text = as_svg(Drawing("all", 9, 9, shapes), 'a "label"')
    assert Page(text).open == []
    assert [text.count(f"<{tag} ") for tag in ("text", "circle", "rect", "path", "polygon")] == [
        1, 1, 1, 2, 2,
    ]  # fmt: skip
    assert "&lt;a&gt;" in text
    assert 'aria-label="a &quot;label&quot;"' in text


def test_the_command(tmp_path: Path) -> None:
    asked = ("monoscan", "report", "--regex", "(ab)*", "--alphabet", "ab")
    answer = run_here(tmp_path, *asked, "--architecture", "pd-ssm", "-o", "new/page.html")
    assert answer.exit_code == 0, answer.stderr
    assert answer.stdout == "written to new/page.html\n"
    assert Page((tmp_path / "new" / "page.html").read_text(encoding="utf-8")).open == []
    assert "expected a name that ends in .html" in fails(tmp_path, *asked, "-o", "page.pdf")
    assert "nearest: parity" in fails(tmp_path, "monoscan", "report", "parrity")


# ------------------------------------------------------------------------- in a browser

SCRIPT = """
const told = [];
window.addEventListener("error", (event) => told.push("error: " + event.message));
const press = (selector, n = 0) => document.querySelectorAll(selector)[n].click();
press("#answers button", 1);
told.push(document.getElementById("cell").open, document.activeElement.id);
told.push(document.getElementById("cell-title").textContent);
press("dialog button.plain");
const field = document.getElementById("by-language");
field.value = "par";
field.dispatchEvent(new Event("input"));
told.push([...document.querySelectorAll("#answers tbody tr")].filter((row) => !row.hidden).length);
field.value = "none of them";
field.dispatchEvent(new Event("input"));
told.push(!document.getElementById("none").hidden);
told.push(document.documentElement.scrollWidth <= innerWidth);
document.title = JSON.stringify(told);
"""


@pytest.mark.browser
@pytest.mark.parametrize("width", [500, 1440])  # a window of Chromium is no narrower than 500
def test_the_page_works_in_chromium(made: MadeReport, tmp_path: Path, width: int) -> None:
    program = shutil.which("chromium")
    assert program, "chromium is not installed: apt-get install chromium"
    page = tmp_path / "page.html"
    text = made.html()
    page.write_text(text.replace("</body>", f"<script>{SCRIPT}</script></body>"), encoding="utf-8")
    ended = subprocess.run(
        [program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-dev-shm-usage", f"--user-data-dir={tmp_path / 'profile'}",
         "--virtual-time-budget=5000", f"--window-size={width},900", "--dump-dom", page.as_uri()],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, timeout=300, check=True,
    )  # fmt: skip
    title = re.search(r"<title>(.*?)</title>", ended.stdout)
    assert title
    assert json.loads(title[1].replace("&quot;", '"')) == [
        True,
        "cell-title",
        "parity: deltanet, extended (convolution 4)",
        1,
        True,
        True,
    ]
