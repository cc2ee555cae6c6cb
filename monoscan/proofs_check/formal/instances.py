"""What Coq is asked to prove for a lemma about a class: the statement, made from the class's data.

The statement is written from the region of the model class, the semantics, the depth and what the
row of the lemma in FORMAT.md asks of the witness; not from the theorem that proves it. Coq then has
to accept that theorem as its proof, so that a theorem about something else is not accepted.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, singledispatch
from typing import TypeAlias

from monoscan.theory.lemmas import Lemma, get_lemma, lemmas
from monoscan.theory.model_classes import get_model_class
from monoscan.theory.model_classes.model_class import MAX_FACTORS
from monoscan.theory.model_classes.number_sets import (
    AllNumbers,
    Interval,
    Moduli,
    NumberSet,
    Rationals,
    Reals,
)
from monoscan.theory.model_classes.shapes import (
    DiagonalEntries,
    Factors,
    FactorTimesDiagonal,
    RankOneUpdate,
    Shape,
    UpperTriangular,
)

FILE = "instances.v"
_IMPORTS = (
    "arithmetic network windows periods obstructions regions monotone_stack complex_networks "
    "complex_narrow unrolled casts"
)

_TACTIC = (
    "move=> *; try (apply: complex_forbids_narrow; intros); "
    "try (apply: complex_forbids; intros); try apply: complex_forbids_any; "
    "apply: {} => //; eassumption."
)

# What the witness of a lemma shows, as in the table of lemmas of FORMAT.md.
_ANY_DEPTH = {
    "sign-lemma": "is_unsettled",
    "monotone-rounding": "is_unsettled",
    "psd-lemma": "is_unsettled",
    "monotone-rounding-aperiodic": "has_cycle",
    "signed-rounding-two-groups": "has_cycle_off_2_powers",
    "psd-products-aperiodic": "has_cycle",
    "real-spectrum-two-groups": "has_cycle_off_2_powers",
    "one-reflection-order-two": "has_letter_cycle",
    "open-range-no-groups": "has_cycle",
    "idempotent-letters": "has_repeat",
    "strictly-stable-letters": "has_last_letter_apart",
    "one-layer-right-regular-band": "has_overwritten",
    "one-layer-letter-index": "has_letter_transient",
}
_UP_TO_DEPTH = {
    "signed-rounding-two-groups": "(has_cycle_off k)",
    "real-spectrum-two-groups": "(has_cycle_off k)",
}
# Classes that are no model classes, but properties of matrices.
_PROPERTIES = {
    "spectrum-nonnegative": "SpectrumNonnegative",
    "symmetric-spectrum-in-0-1": "SymmetricSpectrumIn01",
}
_NOT_PROVED = {
    ("one-reflection-order-two", "scalar-plus-rank-one"),
    ("one-layer-letter-index", "scalar-plus-rank-one"),
    ("one-layer-letter-index", "time-invariant-diagonal"),
    ("one-layer-letter-index", "mixed-diagonal"),
    ("one-layer-right-regular-band", "householder-nonnegative"),
    ("one-layer-right-regular-band", "gated-householder-nonnegative"),
    ("one-layer-right-regular-band", "householder-open"),
}
# Variables, what is forbidden, and where the networks lie; {} is the region. Rounded networks have
# rational numbers. Exact ones may have complex numbers, and real matrices A, as most classes ask,
# or complex diagonal ones.
_Meaning: TypeAlias = tuple[str, str, str]
_ROUNDED = "(R : realFieldType) (r : R -> R), rounding r ->"
_ARCHIMEDEAN = "(R : rcfType), Num.archimedean_axiom R ->"
_SEMANTICS: dict[str, _Meaning] = {
    "op-round": (_ROUNDED, "forbids (@OpRound (arith_of R) r)", "in_region true ({})"),
    "seq-round": (_ROUNDED, "forbids (@SeqRound (arith_of R) r)", "in_region false ({})"),
    "exact": (
        "(R : rcfType),",
        "forbids (Exact (complex_arith R))",
        "fun N => finitely_many (Exact _) N /\\ in_complex_region ({}) N",
    ),
    "cast-unrolled": (
        "(R : archiFieldType) (r : R -> R), steps r ->",
        "forbids_by (@unrolled_answer (arith_of R) r)",
        "in_region false ({})",
    ),
}
# Where another theorem than the lemma's first one proves it.
_THEOREMS = {("sign-lemma", "cast-unrolled"): "unrolled_stack.cast_settles"}
# Lemmas whose matrices may see no letter but the current one.
_NARROW = "fun N => finitely_many (Exact _) N /\\ windows_within 1 1 N /\\ {}"
_REAL, _COMPLEX = "in_complex_region ({}) N", "complex_diagonal {} N"
# The sign lemma holds of infinitely many states as well, over Archimedean fields.
_SIGN: _Meaning = (
    _ARCHIMEDEAN,
    "forbids (Exact (complex_arith R))",
    "in_complex_region ({})",
)
_OF_LEMMA = {("sign-lemma", semantics): _SIGN for semantics in ("exact", "threshold")}


@dataclass(frozen=True)
class Instance:
    """A lemma for one class (N stands for 2, ..., 64), one semantics and one reading of depth.

    Attributes:
        name: of the theorem in the generated file.
        statement: in Coq.
        theorem: FILE.NAME of what proves it.
    """

    name: str
    statement: str
    theorem: str

    @property
    def digest(self) -> str:
        """Of the statement, so that a change of it shows."""
        return hashlib.sha256(self.statement.encode()).hexdigest()


def instance_name(lemma: str, semantics: str, model_class: str, depth: str) -> str:
    """The name of an instance.

    Args:
        lemma: id.
        semantics: name.
        model_class: id.
        depth: `any`, or a number of layers.

    >>> instance_name("signed-rounding-two-groups", "op-round", "diagonal-real", "3")
    'signed_rounding_two_groups__op_round__diagonal_real__depth_k'
    """
    by_depth = depth != "any" and lemma in _UP_TO_DEPTH
    parts = (lemma, semantics, _named(lemma, model_class), "depth-k" if by_depth else "")
    return "__".join(filter(None, parts)).replace("-", "_")


def _named(lemma: str, model_class: str) -> str:
    """A class as the lemma names it: alone, or as one of a family."""
    if model_class in get_lemma(lemma).classes:
        return model_class
    return re.sub(r"-([2-9]|[1-5][0-9]|6[0-4])(?=-|$)", "-N", model_class)


@cache
def instances() -> tuple[Instance, ...]:
    """All that Coq is asked to prove, in the order of their names.

    >>> [i.theorem for i in instances() if i.name.startswith("monotone_rounding__op")]
    ['monotone_rounding.nonnegative_settles']
    """
    return tuple(sorted(_instances(), key=lambda instance: instance.name))


def _instances() -> Iterator[Instance]:
    for lemma in lemmas():
        for semantics in lemma.semantics:
            for model_class in lemma.classes:
                for depth in ("any", "1") if lemma.id in _UP_TO_DEPTH else ("any",):
                    found = find_instance(lemma.id, semantics, model_class, depth)
                    if found is not None:
                        yield found


@cache
def find_instance(lemma: str, semantics: str, model_class: str, depth: str) -> Instance | None:
    """What Coq is asked of one lemma; it reads no other lemma and no class but this.

    Args:
        lemma: id.
        semantics: name.
        model_class: id, or the pattern of a family of classes.
        depth: `any`, or a number of layers.

    Returns:
        None if Coq is asked nothing of it.

    >>> find_instance("monotone-rounding", "op-round", "diagonal-nonnegative", "3").name
    'monotone_rounding__op_round__diagonal_nonnegative'
    """
    if lemma not in _ANY_DEPTH or _meaning(lemma, semantics) is None:
        return None
    found, pattern = get_lemma(lemma), _named(lemma, model_class)
    known = semantics in found.semantics and pattern in found.classes
    if not known or (lemma, pattern) in _NOT_PROVED:
        return None
    return _instance(found, semantics, pattern, depth)


def _meaning(lemma: str, semantics: str) -> _Meaning | None:
    return _OF_LEMMA.get((lemma, semantics), _SEMANTICS.get(semantics))


def _instance(lemma: Lemma, semantics: str, model_class: str, depth: str) -> Instance:
    name = instance_name(lemma.id, semantics, model_class, depth)
    found = _meaning(lemma.id, semantics)
    if found is None:
        raise ValueError(f"{lemma.id}: Coq has no networks of semantics {semantics}")
    variables, meaning, within = found
    by_depth = name.endswith("__depth_k")
    shows = (_UP_TO_DEPTH if by_depth else _ANY_DEPTH)[lemma.id]
    deep = "(leq^~ k)" if by_depth else "(pred1 1)" if lemma.only_depth_1 else "predT"
    region, which = _region(model_class), 1 if by_depth else 0
    if semantics == "exact" and not lemma.wide:
        within = _NARROW.format(_REAL)
    if (entries := _complex_entries(model_class)) is not None:
        region, which, within = entries, 1, _NARROW.format(_COMPLEX)
    first = f"{'(k : nat) ' if by_depth else ''}{'(n : nat) ' if 'N' in model_class else ''}"
    return Instance(
        name,
        f"forall {first}{variables}\n  {meaning}\n"
        f"    ({within.format(region)})\n    {deep} {shows}",
        _THEOREMS.get((lemma.id, semantics), lemma.formal[which]),
    )


def _complex_entries(model_class: str) -> str | None:
    """The entries of diagonal matrices that need not be real."""
    if model_class in _PROPERTIES or "N" in model_class:
        return None
    shape = _shape(model_class)
    if isinstance(shape, DiagonalEntries) and isinstance(shape.entries, Moduli):
        return _numbers(shape.entries)
    return None


def instances_file() -> str:
    """The file that Coq compiles: each instance, proved by its theorem."""
    files = sorted({instance.theorem.partition(".")[0] for instance in instances()})
    lines = [
        "(* Made by `make formal` from the catalogue of lemmas and classes: do not edit. *)",
        "From mathcomp Require Import all_ssreflect all_algebra.",
        f"From Monoscan Require Import {_IMPORTS}.",
        f"From Monoscan Require {' '.join(files)}.",
        "Import Order.TTheory GRing.Theory Num.Theory.",
    ]
    for instance in instances():
        lines += [
            f"Theorem {instance.name} : {instance.statement}.",
            f"Proof. {_TACTIC.format(instance.theorem)} Qed.",
        ]
    return "\n".join(lines) + "\n"


def _region(model_class: str) -> str:
    if model_class in _PROPERTIES:
        return _PROPERTIES[model_class]
    if "N" not in model_class:
        return _shape_text(_shape(model_class))
    numbers = range(2, MAX_FACTORS + 1)
    members = [_shape(model_class.replace("N", str(n))) for n in numbers]
    first = members[0]
    if not isinstance(first, Factors) or members != [replace(first, at_most=n) for n in numbers]:
        raise ValueError(f"{model_class}: its members differ in more than their factors")
    return _shape_text(first).replace("FactorHeads 2", "FactorHeads n", 1)


def _shape(model_class: str) -> Shape:
    shape = get_model_class(model_class).shape
    if shape is None:
        raise ValueError(f"{model_class} has no exact networks")
    return shape


@singledispatch
def _shape_text(shape: Shape) -> str:
    raise TypeError(f"no words of Coq for the shape {type(shape).__name__}; add them here")


@_shape_text.register
def _(shape: DiagonalEntries) -> str:
    return f"DiagonalEntries {_numbers(shape.entries)}"


@_shape_text.register
def _(shape: UpperTriangular) -> str:
    return f"UpperTriangular {_numbers(shape.entries)}"


@_shape_text.register
def _(shape: Factors) -> str:
    return f"FactorHeads {shape.at_most} {_numbers(shape.beta)} {_maybe(shape.gate)}"


@_shape_text.register
def _(shape: FactorTimesDiagonal) -> str:
    return f"FactorTimesDiagonal {_numbers(shape.beta)} {_numbers(shape.entries)}"


@_shape_text.register
def _(shape: RankOneUpdate) -> str:
    parts = (_numbers(shape.w), _numbers(shape.a), _numbers(shape.c), _maybe(shape.erased))
    return f"RankOneUpdate {' '.join(parts)} {str(shape.is_symmetric).lower()}"


def _maybe(numbers: NumberSet | None) -> str:
    return "None" if numbers is None else f"(Some {_numbers(numbers)})"


def _numbers(numbers: NumberSet) -> str:
    if isinstance(numbers, AllNumbers):
        return "AnyNumber"
    if isinstance(numbers, Reals):
        return "RealNumber"
    kind = {Rationals: "RationalIn", Moduli: "ModulusIn"}[type(numbers)]
    return f"({kind} [:: {'; '.join(map(_interval, numbers.intervals))}])"


def _interval(interval: Interval) -> str:
    """An interval.

    >>> _interval(Interval(-1, Fraction(1, 2), "[)"))
    'Interval (Negz 0, 1) (Posz 1, 2) true false'
    """
    ends = (str(interval.ends[0] == "[").lower(), str(interval.ends[1] == "]").lower())
    return f"Interval {_fraction(interval.low)} {_fraction(interval.high)} {' '.join(ends)}"


def _fraction(value: int | Fraction) -> str:
    exact = Fraction(value)
    top = exact.numerator
    return f"({f'Posz {top}' if top >= 0 else f'Negz {-top - 1}'}, {exact.denominator})"
