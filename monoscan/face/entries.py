"""One claim, language, property, architecture, ... in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, final

from monoscan.automata import PROPERTIES, RULES, Language, RuleFamily, format_word, get_language
from monoscan.face.catalogue import KINDS, OF_TRAINING, family_region, tags
from monoscan.face.given import described
from monoscan.proofs_check.claim import Claim, claim_ids, get_claim
from monoscan.registry import ParameterOutOfRange, UnknownId, nearest
from monoscan.tables import Column, Table
from monoscan.theory.architectures import ARCHITECTURES, find_architecture, names_of
from monoscan.theory.constructions.matrices import network_of
from monoscan.theory.constructions.registry import Construction, all_constructions
from monoscan.theory.formats.named import NAMED_FORMATS
from monoscan.theory.lemmas import THEOREMS, Lemma
from monoscan.theory.model_classes import containing, families, get_model_class
from monoscan.theory.respelling import classes_of


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
    known = [id_ for kind in KINDS if kind not in OF_TRAINING for id_, _ in KINDS[kind]()]
    near = nearest(id_, known)
    hint = f"; nearest: {', '.join(near)}" if near else ""
    raise UnknownId(
        f"nothing is called {id_!r}{hint} (all ids: monoscan list {'|'.join(KINDS)})", near
    )


def _tag(id_: str) -> dict[str, Any] | None:
    claims = tags().get(id_)
    if claims is None:
        return None
    return {"id": id_, "claims": claims, "verify them": f"verify --tag {id_}"}


def _architecture(id_: str) -> dict[str, Any] | None:
    by_pattern = (entry for entry in ARCHITECTURES if entry.name == id_)
    found = next(by_pattern, None) or find_architecture(id_)
    if found is None:
        return None
    return {
        "id": found.name,
        "also": ", ".join(found.spellings),
        "variants": [
            f"{v.words}: {v.symbols} ({v.model_class}){'; ' if v.sees else ''}{v.sees}"
            for v in found.variants
        ],
        "idealised": found.idealised,
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
        "layers": str(found.depth) if isinstance(found.depth, int) else "depends on the language",
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
                "transition matrices": family_region(family),
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
