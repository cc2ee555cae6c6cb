"""What a changed certificate may still say: where a change does no harm, and whether it is true."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache
from itertools import product as words_over
from typing import NamedTuple

from helpers.certificate_samples import Certificate
from helpers.identity_truth import (
    exhaustive_copy_is_true,
    identity_is_true,
    short_products_are_true,
)
from helpers.matrix_truth import matrix_facts_are_true
from helpers.naive_network import answer, automaton_output, longest_period, rows, values
from helpers.rounded_map_truth import (
    monoid_of_maps_is_true,
    scan_counterexample_is_true,
    scan_recognizer_is_true,
)
from helpers.witness_truth import monoid_is_true, obstruction_is_true


class Harmless(NamedTuple):
    """Changes (`KIND PATH: CHANGE`) after which the certificate may still be accepted."""

    pattern: str
    reason: str


ORDER = "the order of this list says nothing"
LANGUAGE = "another language of which the same is true (recomputed in this test)"
WITNESS = "another witness of the same (recomputed in this test)"
OTHER = "the same is true of this other network or format (recomputed in this test)"
HARMLESS = [
    Harmless(r"\w+ lrnn\.layers\[\d\]\.cases: entries exchanged", ORDER),
    Harmless(r"\w+ lrnn\.layers\[\d\]\.readout\.table: entries exchanged", ORDER),
    Harmless(r"\w+ properties: entries exchanged", ORDER),
    Harmless(r"recognizer states: entries exchanged", ORDER),
    Harmless(r"recognizer terms\[\d\]: entries exchanged", ORDER),
    Harmless(r"boxes (boxes\[\d\]|cells): entry doubled", "a box or a cell that none leads to"),
    Harmless(r"boxes boxes\[0\]\[4\]\[0\]\[0\]\.ends: '\[\]' -> '\[\)'", "a limit, not reached"),
    Harmless(r"boxes boxes\[1\]\[0\]\[0\]\[0\]\.to: '1/3' -> '(2/3|10/21)'", "a larger box"),
    Harmless(r"boxes boxes\[1\]\[1\]\[0\]\[0\]\.ends: '\[\]' -> '\[\)'", "a limit, not reached"),
    Harmless(r"boxes automaton\.alphabet: entries exchanged", "two letters that act alike"),
    Harmless(r"boxes windows\[\d\]: .*", "a weaker statement, still true"),
    Harmless(r"boxes lrnn\.layers\[\d\]\.initial.*: .*", "another start in the same box"),
    Harmless(r"boxes lrnn\..*functionals(\[\d\]\.weights)?: entries exchanged", OTHER),
    Harmless(r"boxes lrnn\..*functionals\[\d\]\.(weights|bound|relation).*: .*", OTHER),
    Harmless(r"boxes lrnn\..*table: entry removed", "this entry is not used"),
    Harmless(r"boxes lrnn\..*table\[1\]\.\w+: .*", "this entry is not used"),
    Harmless(
        r"horizon length: '(7' -> '6|23' -> '22|120' -> '(119|60)|42' -> '(41|21)|67' -> '66"
        r"|150' -> '(149|151|75)"
        r"|1000000' -> '(1000001|999999|500000|2000000))'",
        "another length, for which the bound suffices too",
    ),
    Harmless(
        r"horizon lrnn\.layers\[0\]\.initial.*: '(1' -> '(2|8/7|1/2)|1/4' -> '1/2|0' -> '1/7)'",
        OTHER,
    ),
    Harmless(
        r"horizon semantics\.chunk: .*", "chunks of another size, along which it is right too"
    ),
    Harmless(r"horizon semantics\.error: '1/1000' -> '.*'", "steps that are off by less"),
    Harmless(r"horizon evidence\.centres\[0\]\[0\].*: '0' -> '1/7'", "a centre near enough"),
    Harmless(r"horizon evidence\.bounds\[0\]\.radius: '1/[23]' -> '(10/21|9/14)'", "a larger ball"),
    Harmless(r"horizon evidence\.(cells|centres\[[01]\]): entry doubled", "one that none leads to"),
    Harmless(r"horizon lrnn\..*functionals\[0\]\.(weights|bound|relation).*: .*", OTHER),
    Harmless(r"counterexample lrnn\..*table: entry removed", "this entry is not used"),
    Harmless(r"counterexample lrnn\..*table\[[02]\]\.\w+.*: .*", "this entry is not used"),
    Harmless(r"\w+ properties: entry removed", "a weaker statement, still true"),
    Harmless(r"\w+ properties\[\d+\]: .*", "another property, which was verified as well"),
    Harmless(r"(recognizer|counterexample) windows\[\d\]: .*", "wider windows, still true"),
    Harmless(r"obstruction windows(\[\d\])?: .*", "the lemma holds with these windows as well"),
    Harmless(r"obstruction : keys \['windows'\]", "smaller windows, a weaker statement"),
    Harmless(r"\w+ properties\[\d+\][.].*", "another region, which was verified as well"),
    Harmless(r"\w+ semantics\.name: .*", OTHER),
    Harmless(r"\w+ semantics\.(format|accumulate)\.\w+: .*", OTHER),
    Harmless(r"\w+ lrnn\.layers\[\d\]\.cases\[\d\]\.[AB]\b.*: .*", OTHER),
    Harmless(r"recognizer lrnn\.layers\[0\].*table\[\d\]\.output: .*", "no layer reads it"),
    Harmless(r"recognizer lrnn\.layers\[2\]\.reads\[0\]: '2' -> '1'", "two layers are alike"),
    Harmless(r"counterexample lrnn\.layers\[[01]\]\.initial.*: .*", OTHER),
    Harmless(r"counterexample lrnn\.layers\[1\]\.cases(\[[145]\]\.on\[1\])?: .*", "not used"),
    Harmless(r"counterexample lrnn\.layers\[1\]\.readout\.table\[1\].*: .*", "not used"),
    Harmless(r"counterexample lrnn\..*functionals\[0\]\.(weights|bound|relation).*: .*", OTHER),
    Harmless(r"counterexample words\[\d\]: .*", "another word on which the network fails"),
    Harmless(r"counterexample automaton\.(table|outputs).*: .*", "a language it fails on as well"),
    Harmless(r"(obstruction|monoid) automaton\.table\[\d\]\[\d\]: .*", LANGUAGE),
    Harmless(r"(obstruction|monoid) automaton\.table(\[\d\])?: entries exchanged", LANGUAGE),
    Harmless(r"(obstruction|monoid) automaton\.alphabet.*: .*", LANGUAGE),
    Harmless(r"(obstruction|monoid) automaton\.outputs.*: .*", LANGUAGE),
    Harmless(r"obstruction semantics-name: .*", "the lemma covers both semantics"),
    Harmless(r"obstruction class: .*", "the lemma covers both classes"),
    Harmless(r"obstruction depth: .*", "the lemma covers both depths"),
    Harmless(r"obstruction lemma: .*", "the other lemma has the same kind of witness"),
    Harmless(r"obstruction witness\.(prefix|word|words|identity|first|second)\b.*: .*", WITNESS),
    Harmless(r"obstruction witness\.(then|forth|back)\b.*: .*", WITNESS),
    Harmless(r"obstruction witness\.states: entries exchanged", WITNESS),
    Harmless(r"monoid property: .*", "the evidence shows both properties"),
    Harmless(r"monoid evidence\.(prefix|word|words|identity)\b.*: .*", WITNESS),
    Harmless(r"monoid evidence\.(other|loop|other_loop|p|q|r|s|x|y|z)\b.*: .*", WITNESS),
    Harmless(r"monoid evidence\.states: entries exchanged", WITNESS),
    Harmless(r"monoid evidence\.(covering|levels\[\d\]\.actions): entries exchanged", ORDER),
    Harmless(
        r"monoid evidence\.levels\[1\]\.actions\[1\]\.maps\[0\]\[1\]: '0' -> '1'",
        "the identity instead of a constant, where the second state does not occur",
    ),
    Harmless(r"matrix-fact facts: entries exchanged", ORDER),
    Harmless(r"matrix-fact facts: entry doubled", "the same fact twice"),
    Harmless(r"matrix-fact facts: entry removed", "a weaker statement, still true"),
    Harmless(r"matrix-fact facts\[\d\].*: .*", "another fact that is true (recomputed here)"),
    Harmless(r"exhaustive format\.rounding: .*", OTHER),
    Harmless(r"exhaustive-monoid format\.rounding: .*", OTHER),
    Harmless(r"exhaustive-monoid factors: 'nonnegative' -> 'any'", "no value is negative"),
    Harmless(r"scan-\w+ readout: entries exchanged", ORDER),
    Harmless(r"scan-\w+ automaton\.alphabet.*: .*", LANGUAGE),
    Harmless(r"scan-\w+ format\.\w+: .*", OTHER),
    Harmless(r"scan-counterexample (steps|initial|readout)\b.*: .*", OTHER),
    Harmless(r"scan-counterexample tree\b.*: .*", "another tree along which it is wrong"),
    Harmless(r"scan-counterexample automaton\.(table|outputs).*: .*", LANGUAGE),
    Harmless(r"identity variables: entries exchanged", ORDER),
    Harmless(r"identity nonnegative: entries exchanged", "x and 1 - x occur in one product only"),
    Harmless(r"identity steps: entry doubled", "the same step twice"),
    Harmless(r"identity steps: entry removed", "a weaker statement, still true"),
    Harmless(r"identity steps\[\d\]\..*: entries exchanged", "sums and products commute"),
    Harmless(r"identity steps\[1\]\.squares\[0\]\.square: '1' -> '-1'", "the same square"),
    Harmless(r"short-products range: 'factors-in-0-2' -> 'any'", "a weaker statement"),
    Harmless(r"short-products factors: entries exchanged", ORDER),
    Harmless(r"short-products factors: entry doubled", "the same factor twice"),
    Harmless(r"short-products factors\[\d\]\.[vk]: .*", "the opposite direction, or a relabelling"),
]


def _short_words(alphabet: list[str]) -> Iterator[list[str]]:
    for length in range(5):
        yield from (list(word) for word in words_over(alphabet, repeat=length))


def _recognizer(body: Certificate) -> bool:
    written = [body["semantics"], body["lrnn"], body["automaton"], dict(body.get("like", []))]
    return _recognizes(json.dumps(written))


@cache
def _recognizes(text: str) -> bool:
    semantics, lrnn, automaton, like = json.loads(text)
    return all(
        answer(semantics, lrnn, [like.get(letter, letter) for letter in word])[1]
        == automaton_output(automaton, word)
        for word in _short_words(automaton["alphabet"])
    )


def _horizon(body: Certificate) -> bool:
    """Words up to the length, or up to 13 letters; over two letters only up to 5."""
    automaton = body["automaton"]
    most = 13 if len(automaton["alphabet"]) == 1 else 5
    length = most if body["length"] == "all" else min(most, int(body["length"]))
    return all(
        answer(body["semantics"], body["lrnn"], list(word))[1]
        == automaton_output(automaton, list(word))
        for size in range(length + 1)
        for word in words_over(automaton["alphabet"], repeat=size)
    )


def _counterexample(body: Certificate) -> bool:
    wanted = [automaton_output(body["automaton"], word) for word in body["words"]]
    answers = [answer(body["semantics"], body["lrnn"], word) for word in body["words"]]
    order = body["lrnn"]["layers"][-1].get("field")
    listed = [
        rows(seen, order) if isinstance(seen, list) else seen for seen in body["observations"]
    ]
    assert [seen for seen, _ in answers] == listed
    assert [output for _, output in answers] == body["outputs"]
    if len(wanted) == 1:
        return bool(wanted[0] != answers[0][1])
    return bool(answers[0][0] == answers[1][0] and wanted[0] != wanted[1])


def _exhaustive(body: Certificate) -> bool:
    size = len(values(body["format"]))
    assert (body["values"], body["triples"]) == (str(size), str(size**3))
    if size > 10:  # the checker itself is compared with the slow loop in test_formats.py
        return True
    nonnegative = longest_period(body["format"], values(body["format"])[0] * 0)
    signed = longest_period(body["format"], None)
    found = (body["nonnegative-max-period"], body["signed-max-period"])
    return found == (str(nonnegative), str(signed))


SPEAKS_TRUTH: dict[str, Callable[[Certificate], bool]] = {
    "recognizer": _recognizer,
    "boxes": _recognizer,
    "horizon": _horizon,
    "counterexample": _counterexample,
    "obstruction": obstruction_is_true,
    "monoid": monoid_is_true,
    "matrix-fact": matrix_facts_are_true,
    "exhaustive": _exhaustive,
    "exhaustive-monoid": monoid_of_maps_is_true,
    "scan-recognizer": scan_recognizer_is_true,
    "scan-counterexample": scan_counterexample_is_true,
    "identity": identity_is_true,
    "short-products": short_products_are_true,
    "exhaustive-copy": exhaustive_copy_is_true,
}
