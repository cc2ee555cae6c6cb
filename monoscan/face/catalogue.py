"""What there is of each kind, in a line each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from monoscan.automata import PROPERTIES, RULES, all_languages
from monoscan.errors import BadValue
from monoscan.face.needed import need_models
from monoscan.proofs_check.claim import claim_ids, get_claim
from monoscan.registry import Family
from monoscan.tables import Column, Table
from monoscan.theory.architectures import ARCHITECTURES, Architecture
from monoscan.theory.constructions.registry import all_constructions
from monoscan.theory.formats.named import NAMED_FORMATS, OTHER_NAMES
from monoscan.theory.lemmas import THEOREMS
from monoscan.theory.model_classes import ModelClass, all_model_classes, families
from monoscan.theory.orders import ORDERS

_CLAIMS_SHOWN = 3


def catalogue(kind: str) -> Table:
    """What there is of a kind, in a line each.

    Args:
        kind: `claims`, `tags`, `languages`, `properties`, `architectures`, `classes`,
            `constructions`, `theorems`, `formats`, `orders`, `layers` or `tasks`.

    Raises:
        BadValue: if there is no such kind.
        NotInstalled: if layers or tasks are asked for and torch is not installed.

    >>> import monoscan as ms
    >>> [row[0] for row in ms.catalogue("formats").rows][:3]
    ['e4m3', 'e5m2', 'e4m3fnuz']
    """
    if kind not in KINDS:
        raise BadValue("kind", kind, f"one of {', '.join(KINDS)}")
    entries = KINDS[kind]()
    value = {kind: [{"id": id_, "text": text} for id_, text in entries]}
    columns = (Column("id"), Column("what it is", wraps=True))
    notes = ("Each of them rounds half to even and saturates.",) if kind == "formats" else ()
    return Table(columns, tuple(entries), notes=notes, value=value)


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


def tags() -> dict[str, list[str]]:
    """The ids of the claims with each tag."""
    claims = [get_claim(id_) for id_ in claim_ids()]
    names = sorted({tag for claim in claims for tag in claim.tags})
    return {tag: [claim.id for claim in claims if tag in claim.tags] for tag in names}


def _tag_lines() -> list[tuple[str, str]]:
    return [(tag, _shortened(ids)) for tag, ids in tags().items()]


def _shortened(ids: list[str]) -> str:
    count = "1 claim" if len(ids) == 1 else f"{len(ids)} claims"
    more = ", ..." if len(ids) > _CLAIMS_SHOWN else ""
    return f"{count}: {', '.join(ids[:_CLAIMS_SHOWN])}{more}"


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
    return [*fixed, *((family.pattern, family_region(family)) for family in families())]


def family_region(family: Family[ModelClass]) -> str:
    """The region of a family of classes, with N for its parameter."""
    least, _ = family.ranges["N"]
    region = family.member(least).region.replace(f" {least} ", " N ")
    return f"{region}. N = {least}, {least + 1}, ..."


def _architecture_lines() -> list[tuple[str, str]]:
    return [
        (entry.name, f"{entry.name} {entry.refused}" if entry.refused else _ranges(entry))
        for entry in ARCHITECTURES
    ]


def _ranges(architecture: Architecture) -> str:
    shown = ((v, f", {v.sees}" if v.tool else "") for v in architecture.shown)
    return "; ".join(f"{v.words}: {v.symbols}{sees}" for v, sees in shown)


OF_TRAINING = ("layers", "tasks")
"""The kinds that need torch; `show` knows nothing of them."""

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
    "orders": lambda: [(order.name, order.statement) for order in ORDERS.values()],
    "layers": _layer_lines,
    "tasks": _task_lines,
}
"""What `catalogue` lists, by the names of the kinds."""
