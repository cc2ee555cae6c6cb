"""`monoscan list` and `monoscan show`: what there is, and one thing of it in full."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from typing import Annotated, Any

import typer

from monoscan.automata import (
    PROPERTIES,
    RULES,
    AutomatonError,
    Language,
    RuleFamily,
    all_languages,
    format_word,
    get_language,
)
from monoscan.cli.console import fail, print_json, standard_output
from monoscan.cli.networks import need_models
from monoscan.cli.options import takes_options
from monoscan.cli.output import OutputOptions, print_text, write_table
from monoscan.cli.symbolic import SymbolicFormat, show_symbolic
from monoscan.proofs_check.claim import Claim, claim_ids, get_claim
from monoscan.registry import Family, ParameterOutOfRange, UnknownId
from monoscan.tables import Column, Table
from monoscan.theory.architectures import (
    ARCHITECTURES,
    Architecture,
    NamingError,
    find_architecture,
    names_of,
)
from monoscan.theory.constructions.matrices import network_of
from monoscan.theory.constructions.registry import Construction, all_constructions
from monoscan.theory.formats import NAMED_FORMATS
from monoscan.theory.lemmas import THEOREMS, Lemma
from monoscan.theory.model_classes import (
    ModelClass,
    all_model_classes,
    containing,
    families,
    get_model_class,
)
from monoscan.theory.respelling import classes_of

_KINDS = (
    *("claims", "tags", "languages", "properties", "architectures", "classes"),
    *("constructions", "theorems", "formats", "layers", "tasks"),
)


@takes_options
def list_command(
    output: OutputOptions,
    kind: Annotated[str, typer.Argument(help=f"One of {', '.join(_KINDS)}.")] = "claims",
) -> None:
    """List claims, languages, properties, architectures, classes, ... in a line each."""
    if kind not in _KINDS:
        fail(f"nothing is called {kind!r}; expected one of {', '.join(_KINDS)}")
    listed: dict[str, Callable[[], list[tuple[str, str]]]] = {
        "claims": lambda: [(id_, get_claim(id_).statement) for id_ in claim_ids()],
        "tags": _tag_lines,
        "languages": _language_lines,
        "properties": lambda: [(entry.id, entry.definition) for entry in PROPERTIES],
        "architectures": _architecture_lines,
        "classes": _class_lines,
        "constructions": lambda: [(entry.id, entry.statement) for entry in all_constructions()],
        "theorems": lambda: [(entry.id, entry.statement) for entry in THEOREMS.all()],
        "layers": _layer_lines,
        "tasks": _task_lines,
        "formats": lambda: [(name, entry.describe()) for name, entry in NAMED_FORMATS.items()],
    }
    entries = listed[kind]()
    value = {kind: [{"id": id_, "text": text} for id_, text in entries]}
    columns = (Column("id"), Column("what it is", wraps=True))
    write_table(Table(columns, tuple(entries), value=value), output)


def show_command(
    id_: Annotated[
        str,
        typer.Argument(metavar="ID", help="An id that `monoscan list` prints; no layer or task."),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    symbolic: Annotated[
        bool,
        typer.Option(
            "--symbolic", help="Of a class: its matrix with free parameters, and its spectrum."
        ),
    ] = False,
    form: Annotated[
        SymbolicFormat | None, typer.Option("--format", help="How formulas are printed.")
    ] = None,
    figure: Annotated[
        str,
        typer.Option(
            help="With --symbolic, of two factors: picture to write, FILE.svg, .pdf, .png."
        ),
    ] = "",
) -> None:
    """Show one claim, language, property, architecture, class, construction, ... in full."""
    if symbolic:
        show_symbolic(id_, SymbolicFormat.JSON if as_json else form or SymbolicFormat.TEXT, figure)
        return
    if form is not None or figure:
        option = "--figure" if figure else "--format"
        fail(f"{option} is of --symbolic: give both, or neither")
    value = _described(id_)
    if as_json:
        print_json(value)
        return
    console = standard_output()
    console.print(value["id"], style="bold")
    for key, text in value.items():
        if key in ("id", "rows") or not text:
            continue
        lines = text if isinstance(text, list) else [text]
        for line in lines:
            console.print(f"  {key}: {line}")
    if "rows" in value:
        print_text(_rows_table(value["rows"]))


def _described(id_: str) -> dict[str, Any]:
    if id_ in claim_ids():
        return _claim(get_claim(id_))
    if id_ in NAMED_FORMATS:
        number_format = NAMED_FORMATS[id_]
        return {
            "id": id_,
            "definition": number_format.describe(),
            **number_format.to_json(),
        }
    rule = RULES.find(id_) if ":" not in id_ else None
    if rule is not None:
        return _rule(rule)
    try:
        return _language(get_language(id_))
    except ParameterOutOfRange as error:
        fail(str(error))
    except UnknownId:
        # A language comes before an architecture: s4 is a group and a state-space model.
        for describe in (_property, _construction, _theorem, _model_class, _architecture):
            found = describe(id_)
            if found is not None:
                return found
        known = (
            *claim_ids(),
            *(entry.id for entry in all_languages()),
            *RULES.ids(),
            *PROPERTIES.ids(),
            *(entry.name for entry in ARCHITECTURES),
            *(entry.id for entry in all_model_classes()),
            *(entry.id for entry in all_constructions()),
            *(entry.id for entry in THEOREMS.all()),
            *NAMED_FORMATS,
        )
        near = difflib.get_close_matches(id_, dict.fromkeys(known), n=3, cutoff=0)
        fail(
            f"nothing is called {id_!r}; nearest: {', '.join(near)} "
            f"(all ids: monoscan list {'|'.join(_KINDS)})"
        )
    except AutomatonError as error:
        fail(str(error))


def _language_lines() -> list[tuple[str, str]]:
    named = [(entry.id, entry.definition) for entry in all_languages()]
    return [*named, *((rule.id, f"{rule.pattern}. {rule.definition}") for rule in RULES.all())]


def _layer_lines() -> list[tuple[str, str]]:
    need_models("list layers")
    from monoscan.models.layers import all_layer_kinds

    return [(kind.id, kind.statement) for kind in all_layer_kinds()]


def _task_lines() -> list[tuple[str, str]]:
    need_models("list tasks")
    from monoscan.models.tasks.task import TASKS

    return [(kind.kind, (kind.__doc__ or "").partition("\n")[0]) for kind in TASKS]


def _tag_lines() -> list[tuple[str, str]]:
    claims = [get_claim(id_) for id_ in claim_ids()]
    tags = sorted({tag for claim in claims for tag in claim.tags})
    return [(tag, ", ".join(c.id for c in claims if tag in c.tags)) for tag in tags]


def _class_lines() -> list[tuple[str, str]]:
    fixed = [(entry.id, entry.region) for entry in all_model_classes()]
    return [*fixed, *((family.pattern, _family_region(family)) for family in families())]


def _family_region(family: Family[ModelClass]) -> str:
    least, _ = family.ranges["N"]
    region = family.member(least).region.replace(f" {least} ", " N ")
    return f"{region}. N = {least}, {least + 1}, ..."


def _architecture_lines() -> list[tuple[str, str]]:
    return [
        (entry.name, f"{entry.name} {entry.refused}" if entry.refused else _ranges(entry))
        for entry in ARCHITECTURES
    ]


def _ranges(architecture: Architecture) -> str:
    return "; ".join(f"{v.words}: {v.symbols}" for v in architecture.shown)


def _architecture(id_: str) -> dict[str, Any] | None:
    try:
        by_pattern = (entry for entry in ARCHITECTURES if entry.name == id_)
        found = next(by_pattern, None) or find_architecture(id_)
    except NamingError as error:
        fail(str(error))
    if found is None:
        return None
    return {
        "id": found.name,
        "also": ", ".join(found.spellings),
        "ranges": [f"{v.words}: {v.symbols} ({v.model_class})" for v in found.variants],
        "trained as": [f"{v.words}: {v.trained_as}" for v in found.variants if v.layer],
        "source": found.source,
        "note": found.note,
        "refused": f"{found.name} {found.refused}" if found.refused else "",
    }


def _construction(id_: str) -> dict[str, Any] | None:
    found = {entry.id: entry for entry in all_constructions()}.get(id_)
    if found is None:
        return None
    return {
        "id": id_,
        "statement": found.statement,
        "source": found.source,
        "layers": "depends on the language" if found.depth is None else str(found.depth),
        "model classes": _holding(found),
    }


def _holding(construction: Construction) -> str | list[str]:
    """The classes that matrices like those of a construction lie in as they are written."""
    if callable(construction.matrices):
        return "depends on the language"
    return [entry.id for entry in classes_of(network_of(construction.matrices))]


def _theorem(id_: str) -> dict[str, Any] | None:
    found = THEOREMS.find(id_)
    if found is None:
        return None
    shown = {
        "id": id_,
        "statement": found.statement,
        "hypotheses": found.hypotheses,
        "source": found.source,
        "checked": found.checked,
        "proof": f"docs/{found.page}" if found.page else "cited only",
        "part of it proved in Coq": f"{', '.join(found.formal)} (docs/formal.md)"
        if found.formal
        else "",
    }
    if isinstance(found, Lemma):
        shown["semantics"] = ", ".join(found.semantics)
        shown["classes"] = ", ".join(found.classes)
    return shown


def _model_class(id_: str) -> dict[str, Any] | None:
    for family in families():
        if id_ == family.pattern:
            member = family.member(family.ranges["N"][0])
            return {
                "id": id_,
                "transition matrices": _family_region(family),
                "source": member.source,
            }
    try:
        found = get_model_class(id_)
    except UnknownId:
        return None
    above = [outer.id for outer in containing(found)][1:]
    return {
        "id": found.id,
        "transition matrices": found.region,
        "in symbols": found.symbols,
        "source": found.source,
        "architectures": [str(asked) for asked in names_of(found)],
        "lies in": ", ".join(above[:8]) + (", ..." if len(above) > 8 else ""),
        "note": found.note,
    }


def _language(entry: Language) -> dict[str, Any]:
    return {
        "id": entry.id,
        "definition": entry.definition,
        "alphabet": " ".join(entry.alphabet),
        "examples": [
            f"{format_word(word, entry.alphabet)} -> {output}" for word, output in entry.examples
        ],
        "source": entry.source,
        "states of the minimal automaton": str(entry.build().n_states),
    }


def _rule(family: RuleFamily) -> dict[str, Any]:
    return {
        "id": family.id,
        "written": family.pattern,
        "definition": family.definition,
        "examples": [
            f"{family.id}:{text}: {accepted} -> True, {rejected} -> False"
            for text, accepted, rejected in family.examples
        ],
        "source": family.source,
    }


def _property(id_: str) -> dict[str, Any] | None:
    found = PROPERTIES.find(id_)
    if found is None:
        return None
    return {
        "id": found.id,
        "definition": found.definition,
        "equation": found.equation,
        "evidence for it": found.yes,
        "evidence against it": found.no,
        "has it": found.example,
        "has it not": found.counterexample,
        "source": found.source,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "statement": claim.statement,
        "sources": list(claim.sources),
        "provenance": claim.provenance,
        "tags": ", ".join(claim.tags),
        "found wrong in print": list(claim.errata),
        "rows": [
            {
                "key": row.key,
                "semantics": row.semantics,
                "class": row.model_class,
                "statement": row.statement,
                "documented": row.expected.value,
                "rests on": row.lemma,
            }
            for row in claim.rows
        ],
    }


def _rows_table(rows: list[dict[str, str]]) -> Table:
    titles = ("documented", "semantics", "class", "rests on")
    return Table(
        tuple(Column(title, wraps=title == "class") for title in titles),
        tuple(tuple(row[title] for title in titles) for row in rows),
        headings=tuple(row["statement"] for row in rows),
    )
