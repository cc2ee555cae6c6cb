"""Hostile certificates about number formats and scans: long steps, many values, large trees."""

from __future__ import annotations

from helpers.certificate_parts import (
    Certificate,
    Json,
    fixed,
    minifloat,
    new_certificate,
)
from helpers.hostile_parts import BINARY, ONE_STATE, Maker, hostile, letter_names, ring

FORMATS: dict[str, Maker] = {}


def all_maps(form: Json) -> Certificate:
    """A certificate of kind exhaustive."""
    counts = dict.fromkeys(("nonnegative_max_period", "signed_max_period", "values"), "1")
    return new_certificate("exhaustive", format=form, triples="1", **counts)


def all_compositions(form: Json) -> Certificate:
    """A certificate of kind exhaustive-monoid."""
    counts = dict.fromkeys(("values", "maps", "elements", "largest_subgroup"), "1")
    members = {"format": form, "factors": "any", "periods": ["1"], **counts}
    return new_certificate("exhaustive-monoid", **members)


def long_steps(values: int, overflow: str = "saturate") -> Json:
    """A fixed format of 2n + 1 values with denominators of 1,990 digits."""
    step = str(3**4_170)
    return fixed(f"1/{step}", f"-{values}/{step}", f"{values}/{step}", "nearest-even", overflow)


FORMATS["exhaustive-long-steps"] = lambda: all_maps(long_steps(127))
FORMATS["exhaustive-integers"] = lambda: all_maps(fixed("1", "-128", "127", "nearest-even"))
FORMATS["exhaustive-exponents"] = lambda: all_maps(
    minifloat("1", "-2000", f"1/{2**1_874}", "nearest-even")
)
FORMATS["exhaustive-many-values"] = lambda: all_maps(BINARY)
FORMATS["exhaustive-monoid-long-steps"] = lambda: all_compositions(long_steps(31))
FORMATS["exhaustive-monoid-wraps"] = lambda: all_compositions(
    fixed("1", "-32", "31", "nearest-even", "wrap")
)
FORMATS["exhaustive-monoid-halves"] = lambda: all_compositions(
    fixed("1/4", "-8", "7", "down", "wrap")
)


def scan(kind: str, form: Json, width: int, automaton: Json = ONE_STATE, **more: Json) -> Json:
    """A certificate of one of the kinds of scans."""
    one = {"a": ["1"] * width, "b": ["1"] * width}
    members = {
        "format": form,
        "automaton": automaton,
        "initial": ["0"] * width,
        "steps": [one] * len(automaton["alphabet"]),
        "readout": [{"state": [str(i)] * width, "output": True} for i in range(50)],
    }
    return new_certificate(kind, **(members | more))


@hostile(FORMATS)
def scan_recognizer_many_pairs() -> Certificate:
    readout = [{"state": [str(i)], "output": True} for i in range(1_100)]
    automaton, form = ring(400) | {"outputs": [True] * 400}, fixed("1", "0", "1100", "down")
    return scan("scan-recognizer", form, 1, automaton, readout=readout)


@hostile(FORMATS)
def scan_recognizer_wide() -> Certificate:
    automaton = {"alphabet": letter_names(60), "table": [["0"] * 60], "outputs": [True]}
    return scan("scan-recognizer", fixed("1", "-8", "7", "down"), 64, automaton)


@hostile(FORMATS)
def scan_recognizer_fine_format() -> Certificate:
    entries = [f"2/{3**4_170}"] * 8
    return scan("scan-recognizer", long_steps(5), 8, steps=[{"a": entries, "b": entries}])


@hostile(FORMATS)
def scan_counterexample_large_tree() -> Certificate:
    tree: Json = "0"
    for _ in range(12):
        tree = [tree, tree]
    return scan("scan-counterexample", BINARY, 16, tree=tree, output=True, expected=False)


@hostile(FORMATS)
def scan_counterexample_many_letters() -> Certificate:
    names = letter_names(1_500)
    automaton = {"alphabet": names, "table": [["0"] * len(names)], "outputs": [True]}
    tree: Json = names[-1]
    for letter in names[:30]:
        tree = [tree, letter]
    form = fixed("1/3", "-8", "7", "nearest-even", "wrap")
    more: Json = {"tree": tree, "output": True, "expected": False}
    return scan("scan-counterexample", form, 1, automaton, **more)
