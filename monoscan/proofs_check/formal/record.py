"""What Coq has proved, so that `verify` can say so where there is no Coq.

`make formal` compiles everything and then compares `proved.json` with what it has compiled; it
fails if they differ. The record names each statement by its digest, and all files that the proofs
are made of by one more: change or remove any of them, and no row rests on the record any longer.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from monoscan.proofs_check.formal.instances import find_instance, instance_name, instances
from monoscan.theory.lemmas import get_lemma

THEORIES = Path(__file__).parent / "theories"
RECORD = Path(__file__).parent / "proved.json"
BUILD = Path("build/formal")
CHECKED_HERE = "Coq has checked it on this machine"
CHECKED_ELSEWHERE = "Coq checks it in CI, not yet on this machine"


@dataclass(frozen=True)
class Formal:
    """A statement that Coq has proved.

    Attributes:
        name: of the theorem in the generated file `instances.v`.
        theorem: FILE.NAME of the general theorem that proves it.
        is_checked_here: whether this machine has compiled it, not only CI.
    """

    name: str
    theorem: str
    is_checked_here: bool

    @property
    def where(self) -> str:
        """Who has checked it, in words."""
        return CHECKED_HERE if self.is_checked_here else CHECKED_ELSEWHERE


def sources_digest(folder: Path = THEORIES) -> str:
    """Of the names and texts of all files that Coq compiles."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*.v")):
        digest.update(f"{path.name}\n{path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def current(folder: Path = THEORIES) -> dict[str, Any]:
    """What the record says once all of it has been compiled."""
    return {
        "sources": sources_digest(folder),
        "statements": {instance.name: instance.digest for instance in instances()},
    }


def text(record: dict[str, Any]) -> str:
    """The record as it stands in the file."""
    return json.dumps(record, indent=1, sort_keys=True) + "\n"


def is_recorded(
    lemma: str, semantics: str, model_class: str, depth: str, windows: tuple[int, int] = (1, 1)
) -> bool:
    """Whether the record names a proof of it, be it still of the files that are there or not.

    >>> is_recorded("monotone-rounding", "op-round", "diagonal-nonnegative", "any", (4, 4))
    True
    """
    name = instance_name(lemma, semantics, model_class, depth)
    return name in _record()["statements"] and get_lemma(lemma).holds_with(windows)


def proof_of(
    lemma: str, semantics: str, model_class: str, depth: str, windows: tuple[int, int] = (1, 1)
) -> Formal | None:
    """The statement about a lemma, class, semantics, depth and windows, if Coq has proved it.

    It makes the one statement anew, and reads no lemma or class but those that are asked about.

    Args:
        lemma: id.
        semantics: name.
        model_class: id of the class that the lemma is about.
        depth: `any`, or a number of layers.
        windows: how many letters A and B see.

    Returns:
        None if there is none, or if a file or the statement has changed since it was proved.

    >>> proof_of("monotone-rounding", "op-round", "diagonal-nonnegative", "any").theorem
    'monotone_rounding.nonnegative_settles'
    """
    instance = find_instance(lemma, semantics, model_class, depth)
    if instance is None or not get_lemma(lemma).holds_with(windows):
        return None
    if _record()["statements"].get(instance.name) != instance.digest:
        return None
    if _record()["sources"] != _sources():
        return None
    return Formal(instance.name, instance.theorem, _checked_here())


@cache
def _record() -> dict[str, Any]:
    if not RECORD.is_file():
        return {"sources": "", "statements": {}}
    record: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    return record


@cache
def _sources() -> str:
    return sources_digest()


def stamp() -> Path:
    """The file that says that this machine has compiled what the record is about.

    It lies in the user's cache and is named after the record, so that who hands on this folder,
    with whatever record, cannot hand on that too.
    """
    cache_folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    digest = hashlib.sha256(RECORD.read_bytes()).hexdigest()
    return cache_folder / "monoscan" / "formal" / digest


@cache
def _checked_here() -> bool:
    return stamp().is_file()
