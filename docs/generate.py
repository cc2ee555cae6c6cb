"""Writes the generated parts of the pages in docs/; run by `make docs`."""

from __future__ import annotations

import ast
import doctest
import inspect
import json
import sys
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import wrap
from typing import Any

import monoscan as ms
from monoscan.automata import PROPERTIES
from monoscan.models.released.catalogue import RELEASED, WITHOUT_NAME
from monoscan.proofs_check.claim import claim_ids, get_claim
from monoscan.proofs_check.claim_page import END_OF_GENERATED, claim_index, claim_page
from monoscan.theory.architectures import ARCHITECTURES
from monoscan.theory.lemmas.lemma import THEOREMS

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS))  # the rows of one of the pages are a file of their own
from literature import literature_page  # noqa: E402
from literature_statements import STATEMENTS  # noqa: E402

CLAIMS = DOCS / "claims"
TOUR = DOCS / "tour.ipynb"
END_OF_EXAMPLES = "<!-- The text above is made by `make docs`; write below. -->"

_PYTHON = """# In Python

`import monoscan as ms` offers the names below. It loads almost nothing: each name is loaded when it
is first used. Values print as one readable line or a small table, and as tables in a notebook
([tour.ipynb](tour.ipynb)); `help(ms.predict)` says what a function takes and raises.
"""

_ARCHITECTURES = """# Architectures

What a name means in `monoscan predict`, `table`, `construct`, `compile`,
`verify --architecture` and `train` (from the catalogue; `monoscan show NAME` prints one entry). How
names are written, and what happens to a name with several variants:
[predictions.md](predictions.md).

* **Range.** Square brackets include the ends of a range. Gates of released code are sigmoids or
  exponentials, which only approach the ends: `as released` includes them (the usual idealisation),
  and `open` says that a variant does not. `train` clamps gates, which reaches the ends; with
  `sigmoid` it does not.
* **What A and B see.** A short convolution or a token shift lets the matrices of a layer depend on
  earlier letters and earlier outputs of the layers below. `no convolution` is the same layer
  without it. `train` has it too, before the whole layer: there A and B see the same letters.
* **What is left out everywhere:** normalisation, residual paths and feed-forward parts, since
  read-outs are arbitrary functions of the new state.
"""


_RELEASED = """# Layers as they are released

Every architecture of the [catalogue](architectures.md), and the layer of `monoscan.models.released`
that computes what its public code does, with the convolutions, shifts, norms and gates of the code.
Layers have the names of parameters of that code, run in plain torch, read text in pieces, and have
gradients. In `monoscan inspect` and `load_network` the networks of the third column are
read ([checkpoints.md](checkpoints.md)); the other layers are classes.

Outputs, states and gradients of the layers without networks agree with the public plain form to
1e-5 of the largest number (GateLoop, mLSTM and sLSTM, compared in float64, to 1e-14); scores and
gradients of networks as [checkpoints.md](checkpoints.md) says.
"""


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def architecture_page() -> str:
    """The catalogue of names as tables."""
    rows = [
        f"| {', '.join((entry.name, *entry.spellings))} | {variant.words} | "
        f"`{_cell(variant.symbols)}` | {variant.sees} | {variant.model_class} | "
        f"{variant.trained_as} |"
        for entry in ARCHITECTURES
        for variant in entry.variants
    ]
    answered = [entry for entry in ARCHITECTURES if not entry.refused]
    refused = [entry for entry in ARCHITECTURES if entry.refused]
    lines = [
        _ARCHITECTURES,
        "| name | variant | transition matrices | what A and B see | class | layer of `train` |",
        "|---|---|---|---|---|---|",
        *rows,
        "\n## Sources and notes\n",
        *(f"* **{entry.name}**: {entry.source}. {entry.note}".rstrip() for entry in answered),
        "\n## Names that are refused\n",
        *(f"* **{entry.name}** {entry.refused}. ({entry.source})" for entry in refused),
    ]
    return "\n".join(lines) + "\n"


_PROPERTIES = """# Properties of languages

Each property of this page is decided exactly, with evidence both ways. `monoscan analyze` prints
all of them ([analyze.md](analyze.md)), `monoscan show NAME` one entry of this page, and
`PROPERTIES.get(NAME)(automaton)` answers in Python, with an object whose `check(automaton)`
verifies the evidence again by slow, plain code that shares nothing with the search. What would
need too much work gets no answer: `BudgetExceeded` says which limit was reached.

In equations x, y, z stand for all elements of the syntactic monoid M, e and f for the idempotents
of the syntactic semigroup S (what words that are not empty do), and x^w for the idempotent power
of x. Words act from left to right. The examples are regular expressions over a and b.
"""


def properties_page() -> str:
    """The registry of properties as tables."""
    words = [
        f"| `{entry.id}` | {_cell(entry.definition)} | {_cell(entry.equation)} | "
        f"{', '.join(entry.implies)} | "
        f"`{_cell(entry.example)}` | `{_cell(entry.counterexample)}` | {_cell(entry.source)} |"
        for entry in PROPERTIES
    ]
    evidence = [
        f"| `{entry.id}` | {_cell(entry.yes)} | {_cell(entry.no)} | "
        f"{'yes' if entry.takes_budget else 'no'} |"
        for entry in PROPERTIES
    ]
    lines = [
        _PROPERTIES,
        "| property | a language has it if | equation | it then also is | has it | has it not "
        "| source |",
        "|---|---|---|---|---|---|---|",
        *words,
        "\n## Evidence\n",
        "| property | yes: what is given | no: what the words show | takes a budget |",
        "|---|---|---|---|",
        *evidence,
    ]
    return "\n".join([*lines, "", END_OF_GENERATED]) + "\n"


def python_page() -> str:
    """The names of the face: what each is, how it is called, and its worked example."""
    parts = [_PYTHON]
    for name in ms.__all__:
        value = getattr(ms, name)
        summary = inspect.getdoc(value).split("\n\n")[0].replace("\n", " ")
        parts += [f"## ms.{name}\n", f"{summary}\n"]
        if callable(value):
            parts.append(_signature(name, value))
        parts.append(f"```python\n{_example(value)}```\n")
    return "\n".join([*parts, END_OF_EXAMPLES, ""])


def _signature(name: str, function: Any) -> str:
    """How a function is called, without types, in lines of an indented block."""
    texts = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind is parameter.KEYWORD_ONLY and "*" not in "".join(texts):
            texts.append("*")
        texts.append(str(parameter.replace(annotation=parameter.empty)))
    kept = [text for text in texts if "function" not in text]  # what is told of progress
    kept = kept[:-1] if kept[-1] == "*" else kept
    lines = wrap(f"ms.{name}({', '.join(kept)})", 92, subsequent_indent="    ")
    return "".join(f"    {line}\n" for line in lines)


def _example(value: Any) -> str:
    """The example of a docstring, with what it prints as comments."""
    lines = []
    for example in doctest.DocTestParser().get_examples(inspect.getdoc(value)):
        lines.append(example.source)
        lines += [f"# {line}\n" for line in example.want.splitlines()]
    return "".join(line for line in lines if line != "import monoscan as ms\n")


def executed(notebook: str) -> str:
    """A notebook with what its cells give when they are run in order."""
    cells: dict[str, Any] = json.loads(notebook)
    names: dict[str, Any] = {}
    with TemporaryDirectory() as folder, chdir(folder):
        count = 0
        for cell in cells["cells"]:
            if cell["cell_type"] == "code":
                count += 1
                cell["execution_count"] = count
                cell["outputs"] = _outputs("".join(cell["source"]), names, count)
    return json.dumps(cells, indent=1, ensure_ascii=False) + "\n"


def _outputs(source: str, names: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """What a cell shows: the value of its last line, if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    value = (
        None if last is None else eval(compile(ast.Expression(last.value), "cell", "eval"), names)
    )
    if value is None:
        return []
    data = {"text/plain": repr(value).splitlines(keepends=True)}
    if hasattr(value, "_repr_html_"):
        data["text/html"] = value._repr_html_().splitlines(keepends=True)
    return [
        {"data": data, "execution_count": count, "metadata": {}, "output_type": "execute_result"}
    ]


def with_free_text(page: str, path: Path, end: str = END_OF_GENERATED) -> str:
    """The generated part, followed by what people have written below it."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    return page + old.partition(end)[2].removeprefix("\n")


def released_page() -> str:
    """Each architecture of the catalogue, and the layer here that is as its public code has it."""
    rows = [
        f"| {each.architecture} | "
        + ("-" if each.layer is None else f"`{each.layer.__name__}`")
        + f" | {f'`{each.read_as}`' if each.read_as else '-'} | {_cell(each.note)} |"
        for each in (*RELEASED, *WITHOUT_NAME)
    ]
    return "\n".join(
        [
            _RELEASED,
            "| architecture | layer here | networks that are read | compared with, or why none |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def lemma_index() -> str:
    """The list of all lemmas and theorems that have a page, as Markdown."""
    lines = ["# Lemmas", "", "What forbids something to a class of networks, with its proof.", ""]
    lines += ["| lemma | statement | checked by Coq |", "|---|---|---|"]
    for entry in THEOREMS.all():
        if entry.page:
            page = Path(entry.page).name
            formal = ", ".join(f"`{name}`" for name in entry.formal)
            lines.append(f"| [{entry.id}]({page}) | {_cell(entry.statement)} | {formal} |")
    lines += ["", "Made by `make docs`; `monoscan show LEMMA` prints one."]
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """Each generated page as it should be."""
    claims = [get_claim(id_) for id_ in claim_ids()]
    found = {CLAIMS / f"{claim.id}.md": claim_page(claim) for claim in claims}
    found = {path: with_free_text(page, path) for path, page in found.items()}
    found[DOCS / "architectures.md"] = architecture_page()
    found[DOCS / "released-layers.md"] = released_page()
    found[DOCS / "literature.md"] = literature_page(STATEMENTS)
    properties = DOCS / "properties.md"
    found[properties] = with_free_text(properties_page(), properties)
    python = DOCS / "python.md"
    found[python] = with_free_text(python_page(), python, END_OF_EXAMPLES)
    found[TOUR] = executed(TOUR.read_text(encoding="utf-8"))
    found[DOCS / "lemmas" / "README.md"] = lemma_index()
    return {**found, CLAIMS / "README.md": claim_index(claims)}


def main() -> None:
    """Writes every page that has changed."""
    for path, text in pages().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path}")


if __name__ == "__main__":
    main()
