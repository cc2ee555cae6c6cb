"""Tables in LaTeX: nothing is lost or taken for a command, and nothing is too wide."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from helpers.command_line import fails, run_here
from hypothesis import given
from hypothesis import strategies as st

from monoscan.report.symbols import symbol
from monoscan.tables import Column, Strong, Table
from monoscan.tables.bibliography import bibliography
from monoscan.tables.latex import PREAMBLE, as_latex
from monoscan.tables.tex_text import breakable, latex_text

SIGNS = "&%$#_{}~^\\<>|\"'[]*`@"
TABLE = Table(
    (Column("status"), Column("evidence", wraps=True), Column("n", "right")),
    (
        ("proved", "a & b <= c", "1"),
        ("refuted", "x|y_z", "10"),
        ("failed", Strong("first\nsecond"), "2"),
    ),
    title="A title",
    introduction=("above",),
    headings=("one", "one", "two"),
    notes=("below", "", "  kept   as it is"),
)
LONG = "a-very-long-name-with-sixty-letters-that-goes-on-and-on-and-on"
MANY_LETTERS = Table(
    (Column("language"), *(Column(f"letter {n}", "right") for n in range(100))),
    tuple((f"row_{n}", *["yes"] * 100) for n in range(3)),
    title="A hundred letters",
)
WIDE = Table(
    (
        Column("language"),
        *(
            Column(f"gated-deltaproduct-{n}, as released (convolution 4)", "right", meaning=m)
            for n, m in enumerate(["I - beta k k^T, beta in [0, 2]", f"{LONG}_", "diag(a)"] * 8)
        ),
    ),
    tuple((name, *["<=3", "no+", "yes*"] * 8) for name in ["s3", "aa-star", LONG, SIGNS] * 12),
    title=f"Signs {SIGNS} and {LONG}",
    introduction=("Peng et al., arXiv 2503.14456, and arXiv:2411.12537v5", "second paragraph"),
    headings=tuple(f"heading {SIGNS} {LONG * 3} {n // 7}" for n in range(48)),
    notes=(LONG * 5, f"a b c {SIGNS}", *(f"note {n}: {LONG}" for n in range(60))),
)
PROSE = Table(
    (Column("name"), Column("what it is", wraps=True), Column("source", wraps=True)),
    tuple(
        (f"name-{n}", "a sentence that is rather long " * 4, "Sarrof et al., arXiv 2405.17394")
        for n in range(80)
    ),
)
PREDICT = ("monoscan", "predict", "--language", "parity")
WORDS = st.text(st.sampled_from(f"ab1 {SIGNS}é中\N{GREEK SMALL LETTER BETA}-/"), max_size=40)


@pytest.mark.parametrize("sign", "&%$#_{}~^\\")
def test_every_sign_is_escaped(sign: str) -> None:
    assert latex_text(f"a {sign} b") not in ("a b", f"a {sign} b")


@given(WORDS)
def test_no_sign_is_lost(text: str) -> None:
    shown = breakable(text)
    assert [c for c in shown if c in "ab1é/"][: len(text)] or not set(text) & set("ab1é/")
    bare = re.sub(r"\\allowbreak\{\}|\\text[a-z]+|\\beta", "", shown)
    for letter in "1é/":
        assert bare.count(letter) >= text.count(letter)
    unescaped = re.sub(r"\\.", "", shown)
    assert not set(unescaped) & set("&%#")
    assert unescaped.count("{") == unescaped.count("}")
    assert unescaped.count("$") % 2 == 0


def test_a_table_is_a_float_with_caption_and_legend() -> None:
    text = as_latex(TABLE)
    assert text.startswith("% Needs in the preamble:\n%   \\usepackage{booktabs}\n")
    assert r"proved & a \& b $\le$ c & 1 \\" in text
    assert r"\shortstack{\textbf{first}\\\textbf{second}}" in text
    assert r"\caption{A title. above.}" in text
    assert text.index("below\\par") > text.index(r"\bottomrule")
    assert text.count(r"\begin{table}") == 1


def test_what_is_too_wide_is_cut_into_groups_with_the_first_column_in_each() -> None:
    text = as_latex(MANY_LETTERS)
    parts = text.count(r"\begin{tabular}")
    assert parts > 1
    assert text.count("row\\_0 &") == parts
    assert all(f"letter {n}}}" in text or f"letter {n} " in text for n in range(100))


def test_only_what_is_too_wide_for_one_column_takes_both() -> None:
    assert r"\begin{table}[" in as_latex(TABLE, "two")
    assert r"\begin{table*}[" in as_latex(PROSE, "two")


def test_the_field_writes_symbols() -> None:
    table = Table((Column("language"), Column("pd-ssm, as released")), (("s3", "1"), ("z60", "1")))
    text = as_latex(table, symbols=symbol)
    assert "language & PD-SSM, as released" in text
    assert "$S_{3}$ & 1" in text
    assert r"$\mathbf{Z}_{60}$ & 1" in text


def test_papers_are_cited_and_written_beside(tmp_path: Path) -> None:
    said = run_here(tmp_path, *PREDICT, "--architecture", "transformer", "-o", "a.tex")
    assert said.exit_code == 0, said.stderr
    keys = set(re.findall(r"\\cite\{(.*?)\}", (tmp_path / "a.tex").read_text(encoding="utf-8")))
    entries = (tmp_path / "a.bib").read_text(encoding="utf-8")
    assert keys == set(re.findall(r"@misc\{(.*),", entries)) != set()
    assert "the papers that it cites to a.bib" in said.stdout


def test_rows_become_columns(tmp_path: Path) -> None:
    asked = ("monoscan", "list", "formats", "--transpose", "--format", "csv")
    titles, *rows = run_here(tmp_path, *asked).stdout.splitlines()
    plain = run_here(tmp_path, *asked[:3], "--format", "csv").stdout.splitlines()
    assert titles.count(",") >= len(plain) - 1
    assert len(rows) == 1
    assert rows[0].startswith("what it is,")


def test_columns_are_for_latex(tmp_path: Path) -> None:
    asked = ("monoscan", "list", "formats", "--columns")
    assert "--columns three: expected one or two" in fails(tmp_path, *asked, "three")
    assert "--columns is for LaTeX; leave it out for text" in fails(tmp_path, *asked, "two")
    assert "leave it out for json" in fails(tmp_path, *asked, "two", "--json")


# ------------------------------------------------------------------------- with a real LaTeX


def compiled(folder: Path, tables: list[Table], columns: str) -> str:
    """The log of pdfTeX for an article of these tables."""
    return article(
        folder,
        [as_latex(table, "two" if columns == "two" else "one", symbol) for table in tables],
        columns,
    )


def article(folder: Path, bodies: list[str], columns: str) -> str:
    """The log of pdfTeX for an article of these floats, with BibTeX in between."""
    for program in ("pdflatex", "bibtex"):
        assert shutil.which(program), (
            f"{program} is not installed: apt-get install texlive-latex-recommended"
        )
    papers = dict.fromkeys(re.findall(r"\\cite\{arXiv:(.*?)\}", "".join(bodies)))
    (folder / "papers.bib").write_text(bibliography(papers), encoding="utf-8")
    option = "[twocolumn]" if columns == "two" else ""
    lines = [
        rf"\documentclass{option}{{article}}",
        *PREAMBLE,
        r"\begin{document}",
        *(f"{body}\\clearpage" for body in bodies),
        r"\bibliographystyle{plain}\bibliography{papers}" if papers else "",
        r"\end{document}",
    ]
    (folder / "article.tex").write_text("\n".join(lines), encoding="utf-8")
    latex = ("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "article.tex")
    for command in (latex, ("bibtex", "article") if papers else latex, latex, latex):
        ended = subprocess.run(command, cwd=folder, capture_output=True, check=False)
        assert ended.returncode == 0, ended.stdout[-2000:].decode("utf-8", "replace")
    return (folder / "article.log").read_text(encoding="utf-8", errors="replace")


def test_the_log_shows_what_does_not_fit(tmp_path: Path) -> None:
    """The positive control of the tests below."""
    assert TROUBLE.search("Overfull \\hbox (12.3pt too wide) in paragraph")
    assert TROUBLE.search("LaTeX Warning: Float too large for page by 3.0pt on input line 5.")
    assert TROUBLE.search("LaTeX Warning: Citation `x' on page 1 undefined on input line 5.")
    assert not TROUBLE.search("Underfull \\hbox (badness 10000) in paragraph")
    assert tmp_path.exists()


TROUBLE = re.compile(r"Overfull .*|.*Float too large.*|.*undefined.*|.*multiply.defined.*")


@pytest.mark.latex
@pytest.mark.parametrize("columns", ["one", "two"])
def test_tables_compile_unedited_and_fit(tmp_path: Path, columns: str) -> None:
    tables = [TABLE, TABLE.transposed(), MANY_LETTERS, MANY_LETTERS.transposed(), WIDE, PROSE]
    log = compiled(tmp_path, tables, columns)
    assert TROUBLE.findall(log) == []


COMMANDS = (
    ("predict", "--language", "s3", "--architecture", "mamba", "--architecture", "rwkv-7"),
    ("predict", "--regex", "(a_b)*", "--alphabet", "ab_", "--architecture", "transformer"),
    ("table", "solvability", "--language", "parity", "--language", "tomita-4", "--processes", "1"),
    ("table", "published"),
    ("table", "runs"),
    ("sweep", "small.toml", "--workers", "1"),
    ("verify", "--claim", "parity-needs-negative-eigs"),
    ("analyze", "--language", "s3"),
    *(
        ("list", kind)
        for kind in (
            "claims",
            "tags",
            "languages",
            "properties",
            "architectures",
            "classes",
            "constructions",
            "theorems",
            "formats",
            "orders",
            "layers",
            "tasks",
        )
    ),
)
SMALL = """
languages = ["parity", {regex = "(ab)*", alphabet = "ab", name = "NAME_%&#$"}]
layers = ["deltanet [-1,1]", "deltaproduct-2 [-1,1]", "diagonal complex"]
seeds = 1
training = {steps = 2, batch = 4, max_length = 6}
network = {width = 8, heads = 1}
test = {lengths = [6], words = 5, worst_length = 8}
""".replace("NAME", LONG)


@pytest.mark.latex
@pytest.mark.parametrize("columns", ["one", "two"])
def test_what_the_commands_write_compiles_unedited(tmp_path: Path, columns: str) -> None:
    (tmp_path / "small.toml").write_text(SMALL, encoding="utf-8")
    bodies = []
    for number, asked in enumerate(reversed(COMMANDS)):
        file = f"table-{number}.tex"
        answer = run_here(tmp_path, "monoscan", *asked, "-o", file, "--columns", columns)
        assert answer.exit_code == 0, answer.stderr
        bodies.append((tmp_path / file).read_text(encoding="utf-8"))
    assert TROUBLE.findall(article(tmp_path, bodies, columns)) == []


@pytest.mark.latex
def test_a_table_that_is_too_wide_is_seen_in_the_log(tmp_path: Path) -> None:
    latex = as_latex(TABLE).replace(r"a \& b $\le$ c", "x" * 200)
    lines = [r"\documentclass{article}", *PREAMBLE, r"\begin{document}", latex, r"\end{document}"]
    (tmp_path / "article.tex").write_text("\n".join(lines), encoding="utf-8")
    subprocess.run(("pdflatex", "-interaction=batchmode", "article.tex"), cwd=tmp_path, check=True)
    log = (tmp_path / "article.log").read_text(encoding="utf-8", errors="replace")
    assert TROUBLE.search(log)
