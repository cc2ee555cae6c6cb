"""Claims: statements about linear RNNs, a row for each semantics and model class.

A row says which status it is documented to have, but nothing in it can make that status come
true: `verify` derives the status from what the independent checker says of the row's certificates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from monoscan.errors import check_number
from monoscan.registry import Registry, UnknownId

if TYPE_CHECKING:
    from monoscan.proofs_check.certificates.region import Property
    from monoscan.proofs_check.certificates.sealing import Certificate


class Status(StrEnum):
    """What is known of a row."""

    PROVED = "proved"
    FORMAL = "proved (formal)"
    REFUTED = "refuted"
    CONDITIONAL = "conditional"
    SUPPORTED = "supported"
    OPEN = "open"


class Direction(StrEnum):
    """Whether a row's certificates speak for the claim or against it."""

    FOR = "for"
    AGAINST = "against"


@dataclass(frozen=True)
class Setting:
    """What a run of `verify` may vary.

    Attributes:
        seed: of everything random.
    """

    seed: int = 0

    def __post_init__(self) -> None:
        check_number("seed", self.seed, 0)


@dataclass(frozen=True)
class Evidence:
    """What a row rests on.

    Attributes:
        certificates: file name stem -> certificate; without any the row gets no status.
        summary: the evidence in words.
    """

    certificates: dict[str, Certificate]
    summary: str


class EvidenceMissingError(RuntimeError):
    """A construction or search that should have succeeded did not; the row has no evidence."""


@dataclass(frozen=True)
class Row:
    """One reading of a claim: a semantics and a class of networks.

    Attributes:
        key: kebab-case, unique in the claim; names the certificate files.
        semantics: `exact`, `threshold`, `cast-unrolled`, `seq-round` or `op-round`.
        model_class: the networks, in words.
        statement: what the row says, in words.
        expected: the status that its certificates give it; `documented` goes on from there.
        direction: what valid certificates mean for the claim.
        kind: the kind that every certificate of the row must have; empty for an open row.
        requires: keys that every certificate of the row must have with just these values: the
            language, the counts. A valid certificate of something else proves nothing here. A
            function where they take time to make.
        build: makes the evidence, or raises `EvidenceMissingError`.
        properties: properties and regions that every certificate of the row must certify.
        lemma: what a conditional row rests on; empty otherwise.
        n_certificates: how many certificates the row must have.
        requires_each: certificate name -> keys that this certificate has with just these values,
            for a row whose certificates are about different things; None if `requires` says all.
        trace: lines that a person can redo by hand; none of most rows.
    """

    key: str
    semantics: str
    model_class: str
    statement: str
    expected: Status
    direction: Direction
    kind: str
    requires: Mapping[str, Any] | Callable[[], Mapping[str, Any]]
    build: Callable[[Setting], Evidence]
    properties: tuple[Property, ...] = ()
    lemma: str = ""
    n_certificates: int = 1
    requires_each: Callable[[], Mapping[str, Mapping[str, Any]]] | None = None
    trace: Callable[[], tuple[str, ...]] = tuple

    def __post_init__(self) -> None:
        if (self.expected is Status.CONDITIONAL) != bool(self.lemma):
            raise ValueError(
                f"row {self.key}: a row names a lemma exactly if its certificates are conditional"
            )
        if self.n_certificates == 0 and self.expected is not Status.OPEN:
            raise ValueError(
                f"row {self.key}: without certificates a row is open; it is documented as "
                f"{self.expected}"
            )

    @property
    def documented(self) -> Status:
        """The documented status: `FORMAL` where Coq has proved what a lemma says of the class."""
        required = {} if callable(self.requires) else self.requires
        if self.kind == "obstruction" and self.direction is Direction.FOR:
            # Only rows that name a lemma need the catalogue of them.
            from monoscan.proofs_check.formal.record import is_recorded

            asked = (required.get("class", ""), required.get("depth", ""))
            of_a, of_b = map(int, required.get("windows", ("1", "1")))
            if self.lemma and is_recorded(self.lemma, self.semantics, *asked, (of_a, of_b)):
                return Status.FORMAL
        return self.expected

    def mismatch(self, certificate: Certificate, name: str = "") -> str | None:
        """Why a certificate of this name is not about this row; None if it is."""
        body = certificate.body
        if certificate.kind != self.kind:
            return f"kind {certificate.kind}, the row needs {self.kind}"
        semantics = body.get("semantics-name") or body.get("semantics", {}).get("name")
        if semantics is not None and semantics != self.semantics:
            return f"semantics {semantics}, the row is about {self.semantics}"
        required = self.requires() if callable(self.requires) else self.requires
        if self.requires_each is not None:
            each = self.requires_each()
            if name not in each:
                return f"the row names no certificate {name!r}"
            required = {**required, **each[name]}
        for key, value in required.items():
            if body.get(key) != value:
                return f"{key} is {body.get(key)!r}, the row needs {value!r}"
        missing = [name for name in self.properties if name not in body.get("properties", ())]
        if missing:
            return f"property {missing[0]} is not certified"
        if self.lemma and body.get("lemma") != self.lemma:
            return f"lemma {body.get('lemma')}, the row rests on {self.lemma}"
        return None


@dataclass(frozen=True)
class Claim:
    """A statement with its sources and its rows.

    Attributes:
        id: kebab-case.
        statement: in words.
        sources: papers with theorem numbers.
        provenance: how we know the statement: read in print, our own, second hand.
        rows: one a semantics and class.
        tags: kebab-case words by which claims are selected.
        errata: what was found wrong in print, each in words.
    """

    id: str
    statement: str
    sources: tuple[str, ...]
    provenance: str
    rows: tuple[Row, ...] = field(repr=False)
    tags: tuple[str, ...] = ()
    errata: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        keys = [row.key for row in self.rows]
        if len(set(keys)) < len(keys):
            raise ValueError(f"claim {self.id}: two rows have the same key")


CLAIMS = Registry[Callable[[], Claim]]("claim", "claims", "monoscan.proofs_check.claims")
"""Each claim with what makes it, as its rows take time."""


def claim(
    statement: str,
    sources: tuple[str, ...],
    provenance: str,
    tags: tuple[str, ...] = (),
    errata: tuple[str, ...] = (),
) -> Callable[[Callable[[], tuple[Row, ...]]], Callable[[], tuple[Row, ...]]]:
    """Registers a function that returns the rows of a claim; its name is the claim's id."""

    def register(rows: Callable[[], tuple[Row, ...]]) -> Callable[[], tuple[Row, ...]]:
        claim_id = rows.__name__.replace("_", "-")
        CLAIMS.add(
            claim_id,
            lambda: Claim(claim_id, statement, sources, provenance, rows(), tags, errata),
        )
        return rows

    return register


def claim_ids() -> tuple[str, ...]:
    """All claim ids, sorted.

    >>> "parity-needs-negative-eigs" in claim_ids()
    True
    """
    return CLAIMS.ids()


def get_claim(claim_id: str) -> Claim:
    """The claim of that id.

    Raises:
        UnknownId: if there is none; the message names the nearest ones.
    """
    return CLAIMS.get(claim_id)()


def claims_tagged(tag: str) -> tuple[str, ...]:
    """The ids of all claims with a tag; of all claims if it is empty.

    Raises:
        UnknownId: if no claim has it.

    >>> "parity-needs-negative-eigs" in claims_tagged("parity")
    True
    """
    ids = claim_ids()
    if not tag:
        return ids
    tags = {id: get_claim(id).tags for id in ids}
    found = tuple(id for id in ids if tag in tags[id])
    if not found:
        known = sorted({name for names in tags.values() for name in names})
        raise UnknownId(f"no claim has the tag {tag!r}; the tags are {', '.join(known)}")
    return found
