"""Kind obstruction: a witness, and the lemma that forbids it to a class of networks."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from .automata import read_automaton
from .kinds import HEAD, UNROUNDED
from .limits import Invalid, require
from .reading import Node
from .windows import optional, read_windows
from .witnesses import WITNESSES, Evidence, always, longer_series, not_power_of_two


def of_order_three(evidence: Evidence, _depth: int | None) -> bool:
    """A single letter makes a cycle of three or more states."""
    return evidence.letters == 1 and evidence.length >= 3


def of_one_letter(evidence: Evidence, _depth: int | None) -> bool:
    """The word that is repeated is a single letter."""
    return evidence.letters == 1


def of_one_last_letter(evidence: Evidence, _depth: int | None) -> bool:
    """Both words end with the same letter."""
    return evidence.one_last_letter


def of_one_length_and_last_letter(evidence: Evidence, _depth: int | None) -> bool:
    """Both words have the same length and end with the same letter."""
    return evidence.one_length and evidence.one_last_letter


def late_for_nonnegative(evidence: Evidence, depth: int | None) -> bool:
    """Not yet periodic after as many repetitions as there are layers."""
    return depth is not None and evidence.times >= depth


def late_for_real(evidence: Evidence, depth: int | None) -> bool:
    """Not yet periodic after 2^depth - 1 repetitions."""
    return depth is not None and evidence.times >= 2**depth - 1


def even_surplus(evidence: Evidence, _depth: int | None) -> bool:
    """Each letter occurs as often in the one word as in the other, modulo 2."""
    return not any(x % 2 for x in evidence.surplus)


def are_idempotent(evidence: Evidence, _depth: int | None) -> bool:
    """Both words act like their squares."""
    return evidence.idempotent


def no_surplus(evidence: Evidence, _depth: int | None) -> bool:
    """Each letter occurs as often in the one word as in the other, or may be taken to do so."""
    return evidence.settles or not any(evidence.surplus)


class Lemma(NamedTuple):
    """What a lemma is about, and what its witness has to show at a depth (None: any depth).

    `wide` says which of the matrices A and B may see more than one letter.
    """

    semantics: Collection[str]
    classes: Collection[str]
    witness: str
    needs: Callable[[Evidence, int | None], bool] = always
    only_depth_1: bool = False
    wide: str = ""


PSD = (
    "diagonal-nonnegative",
    "householder-nonnegative",
    "gated-householder-nonnegative",
    "diagonal-householder-nonnegative",
)
PSD_PRODUCTS = [
    f"{gated}householder-product-{n}-nonnegative" for n in range(2, 65) for gated in ("", "gated-")
]
REAL = ("diagonal-nonnegative", "diagonal-real", "triangular-real")
COMPLEX = (*REAL, "time-invariant-diagonal", "mixed-diagonal")
ONE_FACTOR = (
    *("householder-nonnegative", "householder", "gated-householder-nonnegative"),
    "scalar-plus-rank-one",
)
ONE_PAIR = [f"{gated}householder-product-{n}" for gated in ("", "gated-") for n in (2, 3)]
DIAGONAL = (*REAL[:2], "time-invariant-diagonal", "mixed-diagonal", "diagonal-complex")
STABLE = ("diagonal-open", "diagonal-real-open", "diagonal-complex-open", "rwkv-7-released")
CONTRACTIONS = [
    *(*DIAGONAL, *ONE_FACTOR, "gated-householder"),
    *(f"{gated}householder-product-{n}" for gated in ("", "gated-") for n in range(2, 65)),
    *(*PSD_PRODUCTS, "diagonal-householder", "diagonal-householder-nonnegative"),
]
EXACT = ("exact",)
LEMMAS = {
    "sign-lemma": Lemma(
        (*UNROUNDED, "cast-unrolled"), ("spectrum-nonnegative",), "unsettled", wide="AB"
    ),
    "monotone-rounding": Lemma(("op-round",), ("diagonal-nonnegative",), "unsettled", wide="AB"),
    "psd-lemma": Lemma(("seq-round",), ("symmetric-spectrum-in-0-1",), "unsettled", wide="AB"),
    "monotone-rounding-aperiodic": Lemma(
        ("op-round", "seq-round"), ("diagonal-nonnegative",), "cycle", wide="AB"
    ),
    "signed-rounding-two-groups": Lemma(
        ("op-round", "seq-round"), REAL[:2], "cycle", not_power_of_two, wide="AB"
    ),
    "threshold-star-free": Lemma(("threshold",), REAL[:1], "cycle", wide="AB"),
    "threshold-letters-settle": Lemma(
        ("threshold",), (*PSD[1:], *PSD_PRODUCTS[:2]), "cycle", of_one_letter, wide="AB"
    ),
    "psd-products-aperiodic": Lemma(EXACT, (*PSD, *PSD_PRODUCTS), "cycle", wide="AB"),
    "idempotent-letters": Lemma(EXACT, (*PSD, *PSD_PRODUCTS[:2], "householder-open"), "repeat"),
    "real-spectrum-two-groups": Lemma(UNROUNDED, REAL, "cycle", not_power_of_two, wide="AB"),
    "elementary-two-series": Lemma(EXACT, REAL, "group", longer_series(squares=True), wide="AB"),
    "diagonal-derived-length": Lemma(
        EXACT,
        (*COMPLEX, "diagonal-complex", "triangular-complex"),
        "group",
        longer_series(squares=False),
        wide="AB",
    ),
    "time-invariant-length-only": Lemma(
        EXACT, ("time-invariant-diagonal",), "inequivalent", of_one_length_and_last_letter, wide="A"
    ),
    "mixed-quasi-aperiodic": Lemma(
        EXACT,
        ("diagonal-common-phase", "mixed-diagonal", "time-invariant-diagonal"),
        "same-length-cycle",
        wide="AB",
    ),
    "one-reflection-order-two": Lemma(
        UNROUNDED,
        (*ONE_FACTOR, "gated-householder"),
        "cycle",
        of_order_three,
        only_depth_1=True,
        wide="AB",
    ),
    "s5-four-householders": Lemma(
        EXACT,
        (*ONE_FACTOR, "gated-householder", *ONE_PAIR, "diagonal-householder"),
        "s5",
        only_depth_1=True,
        wide="B",
    ),
    "open-range-no-groups": Lemma(EXACT, ("householder-open",), "cycle", wide="AB"),
    "strictly-stable-letters": Lemma(EXACT, STABLE, "inequivalent", of_one_last_letter),
    "open-diagonal-one-state": Lemma(EXACT, STABLE[:1], "inequivalent"),
    "open-diagonal-definite": Lemma(EXACT, STABLE[:3], "kept", wide="AB"),
    "time-invariant-transient": Lemma(
        EXACT, ("time-invariant-diagonal",), "transient", of_one_letter, wide="A"
    ),
    "one-layer-letter-index": Lemma(
        EXACT,
        (*DIAGONAL, *ONE_FACTOR, "gated-householder"),
        "transient",
        of_one_letter,
        only_depth_1=True,
    ),
    "nonnegative-word-index": Lemma(EXACT, REAL[:1], "transient", late_for_nonnegative),
    "real-word-index": Lemma(EXACT, REAL[:2], "transient", late_for_real),
    "one-layer-right-regular-band": Lemma(
        EXACT, (*PSD[:3], "householder-open"), "overwritten", only_depth_1=True
    ),
    "one-layer-diagonal-real": Lemma(
        EXACT, REAL[:2], "overwritten", even_surplus, only_depth_1=True
    ),
    "one-layer-diagonal-complex": Lemma(
        EXACT, DIAGONAL, "overwritten", no_surplus, only_depth_1=True
    ),
    "one-layer-contractions": Lemma(
        EXACT, CONTRACTIONS, "left-equivalent", are_idempotent, only_depth_1=True
    ),
    "one-layer-l-trivial": Lemma(
        EXACT, (*PSD, *PSD_PRODUCTS, "householder-open"), "left-equivalent", only_depth_1=True
    ),
}


def read_depth(node: Node) -> int | None:
    """A number of layers; None for `any`."""
    depth = None if node.string() == "any" else node.integer()
    if depth is not None and not 1 <= depth <= 1_000:
        node.fail("a depth is `any` or an integer between 1 and 1000")
    return depth


def check_obstruction(node: Node) -> str:
    """The automaton does what a lemma forbids to every network of a class."""
    keys = ("semantics-name", "class", "depth", "lemma", "automaton", "witness")
    members = node.members(*keys, *HEAD, *optional(node))
    semantics, class_name = members[0].string(), members[1].string()
    depth, name = read_depth(members[2]), members[3].string()
    automaton, witness_node = read_automaton(members[4]), members[5]
    windows = read_windows(node)
    witness_type = witness_node.get("type").choice(WITNESSES)
    evidence = WITNESSES[witness_type](witness_node, automaton)

    require(automaton.is_minimal(), "automaton: not minimal, two states answer alike for ever")
    lemma = LEMMAS.get(name)
    if lemma is None:
        raise Invalid(f"lemma: no such lemma, expected one of {', '.join(LEMMAS)}")
    about = semantics in lemma.semantics and class_name in lemma.classes
    require(about, "lemma: no such lemma for this semantics-name and class")
    for matrix, size in zip("AB", windows, strict=True):
        holds = size == 1 or matrix in lemma.wide
        require(holds, f"windows: {name} is not proved where {matrix} sees {size} letters")
    require(depth == 1 or not lemma.only_depth_1, "depth: the lemma is about one layer only")
    require(witness_type == lemma.witness, f"witness: the lemma needs the type {lemma.witness}")
    require(lemma.needs(evidence, depth), "witness: does not show what the lemma needs")
    where = f"semantics {semantics}, class {class_name}, depth {'any' if depth is None else depth}"
    if windows != (1, 1):
        where += f", windows {windows[0]} and {windows[1]}"
    return f"the lemma {name!r} ({where}) is not proved here"
