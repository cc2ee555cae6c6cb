"""What there is, and one thing of it in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, final

from monoscan.automata import (
    PROPERTIES,
    RULES,
    Language,
    RuleFamily,
    all_languages,
    format_word,
    get_language,
)
from monoscan.errors import BadValue
from monoscan.face.given import described
from monoscan.face.needed import need_models
from monoscan.proofs_check.claim import Claim, claim_ids, get_claim
from monoscan.registry import Family, ParameterOutOfRange, UnknownId, nearest
from monoscan.tables import Column, Table
from monoscan.theory.architectures import (
    ARCHITECTURES,
    Architecture,
    find_architecture,
    names_of,
)
from monoscan.theory.constructions.matrices import network_of
from monoscan.theory.constructions.registry import Construction, all_constructions
from monoscan.theory.formats.named import NAMED_FORMATS, OTHER_NAMES
from monoscan.theory.lemmas import THEOREMS, Lemma
from monoscan.theory.model_classes import (
    ModelClass,
    all_model_classes,
    containing,
    families,
    get_model_class,
)
from monoscan.theory.respelling import classes_of

_CLAIMS_SHOWN = 3


@final
@dataclass(frozen=True, repr=False)
class Entry:
    """A claim, language, property, architecture, ... in full.

    Attributes:
        facts: what is known of it: texts, or lists of texts; of a claim also its `rows`.
    """

    facts: Mapping[str, Any]

    def lines(self) -> list[str]:
        """The facts, a line each."""
        found = []
        for key, value in self.facts.items():
            texts = value if isinstance(value, list) else [value]
            if key not in ("id", "rows"):
                found += [f"{key}: {text}" for text in texts if text]
        return found

    def rows(self) -> Table | None:
        """The rows of a claim as a table; None if it is no claim."""
        rows = self.facts.get("rows")
        if rows is None:
            return None
        titles = ("documented", "semantics", "class", "rests on")
        return Table(
            tuple(Column(title, wraps=title == "class") for title in titles),
            tuple(tuple(row[title] for title in titles) for row in rows),
            headings=tuple(row["statement"] for row in rows),
        )

    def __repr__(self) -> str:
        return "\n  ".join([self.facts["id"], *self.lines()])

    def _repr_html_(self) -> str:
        facts = tuple(tuple(line.split(": ", 1)) for line in self.lines())
        table = Table((Column("fact"), Column("text")), facts, title=self.facts["id"])
        rows = self.rows()
        return table._repr_html_() + (rows._repr_html_() if rows is not None else "")


def catalogue(kind: str) -> Table:
    """What there is of a kind, in a line each.

    Args:
        kind: `claims`, `tags`, `languages`, `properties`, `architectures`, `classes`,
            `constructions`, `theorems`, `formats`, `layers` or `tasks`.

    Raises:
        BadValue: if there is no such kind.
        NotInstalled: if layers or tasks are asked for and torch is not installed.

    >>> import monoscan as ms
    >>> [row[0] for row in ms.catalogue("formats").rows][:3]
    ['e4m3', 'e5m2', 'e3m2']
    """
    if kind not in KINDS:
        raise BadValue("kind", kind, f"one of {', '.join(KINDS)}")
    entries = KINDS[kind]()
    value = {kind: [{"id": id_, "text": text} for id_, text in entries]}
    columns = (Column("id"), Column("what it is", wraps=True))
    notes = ("Each of them rounds half to even and saturates.",) if kind == "formats" else ()
    return Table(columns, tuple(entries), notes=notes, value=value)


def show(name: str) -> Entry:
    """One claim, language, property, architecture, class, construction, ... in full.

    Args:
        name: an id that `catalogue` lists; no layer or task.

    Raises:
        UnknownId: if nothing has this id; the message names the nearest.

    >>> import monoscan as ms
    >>> ms.show("sign-lemma").facts["proof"]
    'docs/lemmas/sign-lemma.md'
    """
    if not isinstance(name, str):
        raise TypeError(f"{described(name)} is no id; expected text, such as 'parity'")
    return Entry(_described(name))


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
    except ParameterOutOfRange:
        raise
    except UnknownId:
        pass
    # A language comes before an architecture: s4 is a group and a state-space model.
    for describe in (_property, _construction, _theorem, _model_class, _architecture, _tag):
        found = describe(id_)
        if found is not None:
            return found
    known = [id_ for kind in KINDS if kind not in _OF_TRAINING for id_, _ in KINDS[kind]()]
    near = nearest(id_, known)
    hint = f"; nearest: {', '.join(near)}" if near else ""
    raise UnknownId(
        f"nothing is called {id_!r}{hint} (all ids: monoscan list {'|'.join(KINDS)})", near
    )


def _language_lines() -> list[tuple[str, str]]:
    named = [(entry.id, entry.definition) for entry in all_languages()]
    return [*named, *((rule.id, f"{rule.pattern}. {rule.definition}") for rule in RULES.all())]


def _layer_lines() -> list[tuple[str, str]]:
    need_models("the list of layers")
    from monoscan.models.layers import all_layer_kinds

    return [(kind.id, kind.statement) for kind in all_layer_kinds()]


def _task_lines() -> list[tuple[str, str]]:
    need_models("the list of tasks")
    from monoscan.models.tasks.task import TASKS

    return [(kind.kind, (kind.__doc__ or "").partition("\n")[0]) for kind in TASKS]


def _tags() -> dict[str, list[str]]:
    """The ids of the claims with each tag."""
    claims = [get_claim(id_) for id_ in claim_ids()]
    names = sorted({tag for claim in claims for tag in claim.tags})
    return {tag: [claim.id for claim in claims if tag in claim.tags] for tag in names}


def _tag_lines() -> list[tuple[str, str]]:
    return [(tag, _shortened(ids)) for tag, ids in _tags().items()]


def _shortened(ids: list[str]) -> str:
    count = "1 claim" if len(ids) == 1 else f"{len(ids)} claims"
    more = ", ..." if len(ids) > _CLAIMS_SHOWN else ""
    return f"{count}: {', '.join(ids[:_CLAIMS_SHOWN])}{more}"


def _tag(id_: str) -> dict[str, Any] | None:
    claims = _tags().get(id_)
    if claims is None:
        return None
    return {"id": id_, "claims": claims, "verify them": f"verify --tag {id_}"}


def _format_lines() -> list[tuple[str, str]]:
    """The named formats, which all round to even and saturate; large numbers are shortened."""
    lines = []
    for name, entry in NAMED_FORMATS.items():
        words = entry.describe().removesuffix(", round half to even, saturating")
        words = re.sub("[0-9]{7,}", lambda found: f"about {float(found[0]):.3g}", words)
        others = ", ".join(other for other, meant in OTHER_NAMES.items() if meant == name)
        lines.append((name, f"{words}; also {others}" if others else words))
    return lines


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
    by_pattern = (entry for entry in ARCHITECTURES if entry.name == id_)
    found = next(by_pattern, None) or find_architecture(id_)
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
                "documented": row.documented.value,
                "rests on": row.lemma,
            }
            for row in claim.rows
        ],
    }


_OF_TRAINING = ("layers", "tasks")
KINDS: Mapping[str, Callable[[], list[tuple[str, str]]]] = {
    "claims": lambda: [(id_, get_claim(id_).statement) for id_ in claim_ids()],
    "tags": _tag_lines,
    "languages": _language_lines,
    "properties": lambda: [(entry.id, entry.definition) for entry in PROPERTIES],
    "architectures": _architecture_lines,
    "classes": _class_lines,
    "constructions": lambda: [(entry.id, entry.statement) for entry in all_constructions()],
    "theorems": lambda: [(entry.id, entry.statement) for entry in THEOREMS.all()],
    "formats": _format_lines,
    "layers": _layer_lines,
    "tasks": _task_lines,
}
"""What `catalogue` lists, by the names of the kinds."""
