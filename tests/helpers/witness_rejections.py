"""Refused certificates about automata: witnesses, lemmas, cascades."""

from __future__ import annotations

from helpers.certificate_parts import PARITY, Json
from helpers.rejection import DELETE, Path_, Rejection
from helpers.witness_samples import (
    A_THEN_B,
    AB_STAR,
    COUNT_MOD_4,
    D4,
    ENDS_AB,
    MOD_3,
    S3,
    TWO_DEEP,
    TWO_PAIRS,
    UP_AND_DOWN,
    acceptor,
    cycle,
    elements,
    equation,
    group,
    inequivalent,
    left_equivalent,
    overwritten,
    row,
    transient,
)

SIGN = "obstruction-exact"
ROUNDING = "obstruction-op-round"
ROUNDED = "obstruction-monotone-rounding-aperiodic"
SIGNED = "obstruction-signed-rounding"
OPEN = "obstruction-open-range"
STAR_FREE = "obstruction-threshold-star-free"
LETTERS = "obstruction-threshold-letters"
PSD = "obstruction-psd-products-aperiodic"
REAL = "obstruction-real-spectrum-depth-1"
REAL_ANY = "obstruction-real-spectrum-two-groups"
SERIES = "obstruction-elementary-two-series"
DERIVED = "obstruction-derived-length-depth-1"
DERIVED_ANY = "obstruction-derived-length-any"
LENGTH = "obstruction-time-invariant"
DEFINITE = "obstruction-open-definite"
STABLE = "obstruction-strictly-stable"
ONE_STATE = "obstruction-one-state"
MIXED = "obstruction-mixed-quasi-aperiodic"
ONE = "obstruction-one-reflection"
FIVE = "obstruction-s5"
IDEMPOTENT = "obstruction-idempotent-letters"
TRANSIENT = "obstruction-time-invariant-transient"
INDEX = "obstruction-nonnegative-word-index"
REAL_INDEX = "obstruction-real-word-index"
LETTER_INDEX = "obstruction-letter-index"
BAND = "obstruction-right-regular-band"
ONE_REAL = "obstruction-one-layer-real"
ONE_COMPLEX = "obstruction-one-layer-complex"
ONE_POWER = "obstruction-one-layer-complex-power"
CONTRACTIONS = "obstruction-contractions"
L_TRIVIAL = "obstruction-l-trivial"
CASCADE = "monoid-aperiodic"
NOT_APERIODIC = "monoid-not-aperiodic"

WITNESS: Path_ = ("witness",)
WORD: Path_ = ("witness", "word")
STATES: Path_ = ("witness", "states")
EVIDENCE: Path_ = ("evidence",)
LEVELS: Path_ = ("evidence", "levels")
COVERING: Path_ = ("evidence", "covering")
LOWER: Path_ = (*LEVELS, 1, "actions")

# No 1 at all, which is aperiodic, with two states that always answer alike.
NOT_MINIMAL = acceptor("01", "01", "12", "21")
S9 = acceptor("ct", *["11", "20", "32", "43", "54", "65", "76", "87", "08"])
# The words of odd length over a, then nothing: a cycle that is covered by one group level.
FLIP: Json = {
    "type": "cascade",
    "initial": ["0"],
    "levels": [{"states": "2", "actions": [row("", "01", "10")]}],
    "covering": [{"coordinates": [q], "state": q} for q in "01"],
}
_S5_ELSEWHERE = acceptor("ct", "12", "21", "30", "43", "04")


def _lemma_needs(name: str, base: str, *changes: tuple[Path_, Json]) -> Rejection:
    return Rejection(name, base, list(changes), "witness: does not show what the lemma needs")


WITNESS_INVALID = [
    # any witness
    Rejection(
        "minimal",
        PSD,
        [(("automaton",), NOT_MINIMAL), (WITNESS, cycle("1", "12"))],
        "automaton: not minimal",
    ),
    Rejection(
        "minimal-outputs", PSD, [(("automaton", "outputs"), [True, True])], "automaton: not minimal"
    ),
    Rejection(
        "monoid-minimal",
        NOT_APERIODIC,
        [(("automaton",), NOT_MINIMAL), (EVIDENCE, cycle("1", "12"))],
        "automaton: not minimal",
    ),
    # the lemma
    Rejection("constant", SIGN, [((*WORD, 0), "0")], "eventually constant"),
    Rejection("lemma", SIGN, [(("lemma",), "psd-lemma")], "no such lemma"),
    Rejection("lemma-unknown", SIGN, [(("lemma",), "fermat")], "no such lemma, expected one of"),
    Rejection("lemma-class", SIGN, [(("class",), "spectrum-real")], "no such lemma"),
    Rejection("lemma-semantics", SIGN, [(("semantics-name",), "op-round")], "no such"),
    Rejection(
        "lemma-three-factors",
        IDEMPOTENT,
        [(("class",), "householder-product-3-nonnegative")],
        "no such lemma",
    ),
    Rejection("rounding-signs", ROUNDING, [(("class",), "diagonal-real")], "no such lemma"),
    Rejection("rounding-cycle-signs", ROUNDED, [(("class",), "diagonal-real")], "no such lemma"),
    Rejection("star-free-exact", STAR_FREE, [(("semantics-name",), "exact")], "no such lemma"),
    Rejection("star-free-signs", STAR_FREE, [(("class",), "diagonal-real")], "no such lemma"),
    Rejection(
        "letters-three-factors",
        LETTERS,
        [(("class",), "householder-product-3-nonnegative")],
        "no such lemma",
    ),
    _lemma_needs("letters-word", LETTERS, (WORD, ["a", "a"]), (STATES, ["0", "2", "1"])),
    Rejection("open-closed", OPEN, [(("class",), "householder")], "no such lemma"),
    Rejection(
        "lemma-factors", PSD, [(("class",), "householder-product-65-nonnegative")], "no such lemma"
    ),
    Rejection("lemma-signs", PSD, [(("class",), "householder-product-3")], "no such lemma"),
    Rejection("lemma-four-factors", FIVE, [(("class",), "householder-product-4")], "no such lemma"),
    Rejection("lemma-depth", ONE, [(("depth",), "2")], "depth: the lemma is about one layer only"),
    Rejection("lemma-depth-any", FIVE, [(("depth",), "any")], "one layer only"),
    Rejection(
        "lemma-witness",
        PSD,
        [(("lemma",), "idempotent-letters"), (("class",), "diagonal-nonnegative")],
        "witness: the lemma needs the type repeat",
    ),
    # what the lemma needs
    _lemma_needs("power-of-two", REAL, (("depth",), "any")),
    _lemma_needs(
        "rounded-power-of-two", SIGNED, (("automaton",), PARITY), (WITNESS, cycle("1", "01"))
    ),
    _lemma_needs("divides", REAL, (("depth",), "2")),
    _lemma_needs("two-layers", REAL_ANY, (("automaton",), PARITY), (WITNESS, cycle("1", "01"))),
    _lemma_needs("series-ends", SERIES, (("depth",), "any")),
    _lemma_needs("series-short", SERIES, (("depth",), "2")),
    _lemma_needs("derived-ends", DERIVED, (("depth",), "any")),
    _lemma_needs("derived-short", DERIVED, (("depth",), "2")),
    _lemma_needs("derived-subgroup", DERIVED_ANY, ((*WITNESS, "words"), [["c"], ["c", "c"]])),
    _lemma_needs("group-trivial", DERIVED_ANY, ((*WITNESS, "words"), [[]])),
    _lemma_needs("order-two", ONE, (("automaton",), PARITY), (WITNESS, cycle("1", "01"))),
    _lemma_needs("two-letters", ONE, (WITNESS, cycle("aaaa", "012"))),
    # the witnesses
    Rejection("cycle-order", REAL, [(STATES, list("0132"))], "in this cycle"),
    Rejection("cycle-part", REAL, [(STATES, list("012"))], "in this cycle"),
    Rejection("cycle-word", PSD, [(WORD, ["1", "1"])], "in this cycle"),
    Rejection("cycle-fixed", PSD, [(WORD, [])], "in this cycle"),
    Rejection("lengths", MIXED, [((*WITNESS, "identity"), [])], "have different lengths"),
    Rejection("identity", MIXED, [((*WITNESS, "identity"), ["1"])], "does not fix the states"),
    Rejection("length-cycle", MIXED, [(WORD, ["0"])], "in this cycle"),
    Rejection("permutes", DERIVED, [(STATES, ["0", "1"])], "words[0]: does not permute"),
    Rejection(
        "merges",
        DERIVED,
        [(("automaton",), ENDS_AB), (WITNESS, group(["a"], "01"))],
        "words[0]: does not permute",
    ),
    Rejection("repeat", IDEMPOTENT, [((*WITNESS, "letter"), "b")], "twice leads where once leads"),
    Rejection(
        "repeat-prefix", IDEMPOTENT, [((*WITNESS, "prefix"), ["a"])], "twice leads where once leads"
    ),
    _lemma_needs("same-lengths", LENGTH, ((*WITNESS, "second"), ["b"])),
    _lemma_needs("last-letters", LENGTH, ((*WITNESS, "second"), ["b", "a"])),
    _lemma_needs("stable-last-letters", STABLE, ((*WITNESS, "second"), ["a"])),
    _lemma_needs("stable-no-letter", STABLE, (WITNESS, inequivalent("", "a"))),
    Rejection("stable-class", STABLE, [(("class",), "householder-open")], "no such lemma"),
    Rejection("definite-class", DEFINITE, [(("class",), "rwkv-7-released")], "no such lemma"),
    Rejection("definite-witness", DEFINITE, [(WITNESS, cycle("1", "01"))], "needs the type kept"),
    Rejection("kept-word", DEFINITE, [(WORD, ["1"])], "does not lead each state back to itself"),
    Rejection("one-state-class", ONE_STATE, [(("class",), "diagonal-real-open")], "no such lemma"),
    Rejection("one-state", ONE_STATE, [((*WITNESS, "second"), ["b"])], "to the same state"),
    Rejection("same-state", LENGTH, [((*WITNESS, "second"), ["a", "b"])], "to the same state"),
    Rejection(
        "five-swapped",
        FIVE,
        [((*WITNESS, "five_cycle"), "t"), ((*WITNESS, "transposition"), "c")],
        "do not generate S5 in this way",
    ),
    Rejection("five-other", FIVE, [(("automaton",), _S5_ELSEWHERE)], "generate S5 in this way"),
    Rejection("five-small", FIVE, [(("automaton",), S3)], "generate S5 in this way"),
    Rejection(
        "five-merges",
        FIVE,
        [
            (("automaton",), ENDS_AB),
            ((*WITNESS, "five_cycle"), "a"),
            ((*WITNESS, "transposition"), "b"),
        ],
        "the letter 'a' does not permute the states",
    ),
    # transients, and what one layer forgets
    Rejection("transient-times", TRANSIENT, [((*WITNESS, "times"), "2")], "leads back after so"),
    Rejection("transient-cycle", TRANSIENT, [((*WITNESS, "prefix"), ["a"])], "leads back after so"),
    Rejection(
        "transient-far", TRANSIENT, [((*WITNESS, "times"), "200000")], "leads back after so many"
    ),
    _lemma_needs(
        "transient-letters",
        LETTER_INDEX,
        (("automaton",), TWO_PAIRS),
        (WITNESS, transient("", "ab", "1")),
    ),
    Rejection("transient-depth", LETTER_INDEX, [(("depth",), "2")], "about one layer only"),
    Rejection(
        "transient-class",
        LETTER_INDEX,
        [(("class",), "householder-product-2")],
        "no such lemma for this semantics-name and class",
    ),
    _lemma_needs("index-depth", INDEX, (("depth",), "2")),
    _lemma_needs("index-any", INDEX, (("depth",), "any")),
    _lemma_needs("real-index-depth", REAL_INDEX, (("depth",), "2")),
    _lemma_needs("real-index-any", REAL_INDEX, (("depth",), "any")),
    Rejection(
        "real-index-complex", REAL_INDEX, [(("class",), "diagonal-complex")], "no such lemma for"
    ),
    Rejection(
        "overwritten-letter",
        BAND,
        [((*WITNESS, "then"), ["b"])],
        "then: lacks the letters ['a']",
    ),
    Rejection(
        "overwritten-equal",
        BAND,
        [((*WITNESS, "prefix"), ["a"])],
        "then: the two words lead to the same state",
    ),
    Rejection("overwritten-depth", BAND, [(("depth",), "any")], "about one layer only"),
    _lemma_needs("overwritten-odd", ONE_REAL, (WITNESS, overwritten("", "1", "", "1"))),
    _lemma_needs("overwritten-odd-one", ONE_REAL, (WITNESS, overwritten("", "10", "", "01"))),
    _lemma_needs("overwritten-surplus", ONE_COMPLEX, (WITNESS, overwritten("", "cc", "", "c"))),
    _lemma_needs(
        "overwritten-unsettled",
        ONE_POWER,
        (("automaton",), COUNT_MOD_4),
        (WITNESS, overwritten("1", "11", "", "1")),
    ),
    _lemma_needs("overwritten-two-powers", ONE_POWER, (WITNESS, overwritten("", "a", "b", "ab"))),
    Rejection(
        "left-back", CONTRACTIONS, [((*WITNESS, "back"), ["b"])], "back: back forth word does not"
    ),
    Rejection("left-forth", CONTRACTIONS, [((*WITNESS, "forth"), ["a"])], "leads where word leads"),
    Rejection(
        "left-prefix", CONTRACTIONS, [((*WITNESS, "prefix"), ["a"])], "leads where word leads"
    ),
    _lemma_needs(
        "left-idempotent",
        CONTRACTIONS,
        (("automaton",), UP_AND_DOWN),
        (WITNESS, left_equivalent("b", "a", "b", "a")),
    ),
    Rejection(
        "left-class", CONTRACTIONS, [(("class",), "permutation-diagonal")], "no such lemma for"
    ),
    Rejection("left-reflections", L_TRIVIAL, [(("class",), "householder")], "no such lemma for"),
    Rejection("left-depth", L_TRIVIAL, [(("depth",), "2")], "about one layer only"),
    # monoid
    Rejection(
        "isolating-word",
        "monoid-isolated-states",
        [((*EVIDENCE, "words", 0, "word"), ["b"])],
        "words[0]: does not take this state to one",
    ),
    Rejection(
        "isolating-few",
        "monoid-isolated-states",
        [((*EVIDENCE, "words", 1), DELETE)],
        "more than one state is left out",
    ),
    Rejection(
        "fact-two-groups",
        "monoid-not-two-groups",
        [(("automaton",), COUNT_MOD_4), (EVIDENCE, cycle("1", "0123"))],
        "evidence: does not show the property not-two-groups",
    ),
    Rejection(
        "fact-solvable",
        "monoid-not-solvable",
        [(("automaton",), D4), (EVIDENCE, group(["c", "t"], "0123"))],
        "evidence: does not show the property not-solvable",
    ),
    Rejection(
        "equation-number",
        "monoid-da",
        [((*EVIDENCE, "number"), "4")],
        "evidence.number: there are 5 elements",
    ),
    Rejection(
        "equation-da",
        "monoid-da",
        [(("automaton",), AB_STAR), (EVIDENCE, elements("6"))],
        "evidence: two elements break the equation of DA",
    ),
    Rejection(
        "equation-counting",
        "monoid-threshold",
        [(("automaton",), PARITY), (EVIDENCE, elements("2"))],
        "the powers of an element end in a circle",
    ),
    Rejection(
        "equation-threshold",
        "monoid-threshold",
        [(("automaton",), A_THEN_B), (EVIDENCE, elements("5"))],
        "evidence: two elements cannot be exchanged",
    ),
    Rejection(
        "equation-dot-depth",
        "monoid-dot-depth-one",
        [(("automaton",), TWO_DEEP), (EVIDENCE, elements("15"))],
        "evidence: four elements break the equation of dot-depth one",
    ),
    Rejection(
        "equation-returns",
        "monoid-not-da",
        [((*EVIDENCE, "word"), ["a", "b"])],
        "word: between the idempotent power of both words it acts as that",
    ),
    Rejection(
        "equation-circle",
        "monoid-not-da",
        [(("automaton",), MOD_3), (EVIDENCE, equation("returns", word="a", other=""))],
        "the powers of a product end in a circle",
    ),
    Rejection(
        "equation-exchange",
        "monoid-not-threshold",
        [((*EVIDENCE, "z"), ["a"])],
        "x: can be exchanged with z",
    ),
    Rejection(
        "equation-loop",
        "monoid-not-threshold",
        [((*EVIDENCE, "loop"), ["a"])],
        "loop: is not idempotent",
    ),
    Rejection(
        "equation-knast",
        "monoid-not-dot-depth-one",
        [((*EVIDENCE, "r"), [])],
        "p: both sides of the equation are equal",
    ),
    Rejection("fact-cycle", NOT_APERIODIC, [(("evidence", "word"), ["0"])], "in this cycle"),
    Rejection(
        "cascade-group",
        CASCADE,
        [(("automaton",), PARITY), (EVIDENCE, FLIP)],
        "levels[0]: the action [1, 0] is no identity, no constant",
    ),
    Rejection("cascade-start", CASCADE, [(("evidence", "initial"), ["1", "0"])], "cover state 0"),
    Rejection("cascade-start-missing", CASCADE, [((*COVERING, 0), DELETE)], "do not cover state 0"),
    Rejection("cascade-missing", CASCADE, [((*COVERING, 2), DELETE)], "must cover state 2"),
    Rejection("cascade-state", CASCADE, [((*COVERING, 2, "state"), "1")], "must cover state 2"),
    Rejection("cascade-move", CASCADE, [((*LOWER, 1, "maps", 0), ["1", "1"])], "must cover state"),
    Rejection("cascade-actions", CASCADE, [((*LOWER, 1), DELETE)], "no actions below the states"),
    Rejection(
        "cascade-unreachable",
        CASCADE,
        [((*COVERING, 3), {"coordinates": ["1", "1"], "state": "1"})],
        "covering: coordinates that are not reachable",
    ),
    Rejection(
        "cascade-actions-unreachable",
        CASCADE,
        [
            ((*LEVELS, 0, "states"), "3"),
            ((*LEVELS, 0, "actions", 0), row("", "111", "000")),
            ((*LOWER, 2), row("2", "00", "00")),
        ],
        "levels[1]: actions that are not reached",
    ),
]
WITNESS_MALFORMED = [
    Rejection("depth-zero", ONE, [(("depth",), "0")], "depth: a depth is `any` or an integer"),
    Rejection("depth-large", REAL, [(("depth",), "1001")], "between 1 and 1000"),
    Rejection("depth-word", REAL, [(("depth",), "all")], "depth: 'all', expected an integer"),
    Rejection("witness-type", PSD, [((*WITNESS, "type"), "word")], "witness.type: 'word'"),
    Rejection("witness-key", PSD, [((*WITNESS, "prefix"), [])], "unknown key 'prefix'"),
    Rejection("witness-keys", PSD, [((*WITNESS, "type"), "repeat")], "missing key 'prefix'"),
    Rejection("cycle-states", PSD, [(STATES, ["0"])], "1 entries, expected at least 2"),
    Rejection("cycle-twice", PSD, [(STATES, ["0", "0"])], "a state is listed twice"),
    Rejection("cycle-range", PSD, [(STATES, ["0", "2"])], "states[1]: no such state"),
    Rejection("cycle-negative", PSD, [(STATES, ["0", "-1"])], "states[1]: no such state"),
    Rejection("cycle-letter", PSD, [((*WORD, 0), "2")], "word[0]: '2', expected one of"),
    Rejection(
        "isolating-empty",
        "monoid-isolated-states",
        [((*EVIDENCE, "words"), [])],
        "words: 0 entries",
    ),
    Rejection(
        "equation-no-loop",
        "monoid-not-threshold",
        [((*EVIDENCE, "other_loop"), [])],
        "other_loop: 0 entries",
    ),
    Rejection(
        "equation-type",
        "monoid-not-da",
        [((*EVIDENCE, "type"), "knast")],
        "evidence.type: 'knast', expected one of",
    ),
    Rejection("group-words", DERIVED, [((*WITNESS, "words"), [])], "words: 0 entries"),
    Rejection("group-states", DERIVED, [(STATES, [])], "states: 0 entries"),
    Rejection(
        "group-large",
        DERIVED_ANY,
        [(("automaton",), S9), (STATES, list("012345678"))],
        "a group of more than 50000 elements",
    ),
    Rejection("repeat-letter", IDEMPOTENT, [((*WITNESS, "letter"), "c")], "letter: 'c'"),
    Rejection("inequivalent-letter", LENGTH, [((*WITNESS, "first"), ["c"])], "first[0]: 'c'"),
    Rejection("kept-empty", DEFINITE, [(WORD, [])], "word: 0 entries"),
    Rejection("kept-one-state", DEFINITE, [(STATES, ["0"])], "states: 1 entr"),
    Rejection("five-letter", FIVE, [((*WITNESS, "five_cycle"), "x")], "five_cycle: 'x'"),
    Rejection("word-long", SIGN, [(("witness", "prefix"), ["0"] * 100_001)], "at most 100000"),
    Rejection("word-length", SIGN, [(WORD, ["1", "1"])], "word: 2 entries"),
    Rejection("word-empty", SIGN, [(WORD, [])], "word: 0 entries"),
    Rejection("transient-zero", TRANSIENT, [((*WITNESS, "times"), "0")], "times: expected betwee"),
    Rejection("transient-large", TRANSIENT, [((*WITNESS, "times"), "200001")], "between 1 and"),
    Rejection("transient-empty", TRANSIENT, [(WORD, [])], "word: 0 entries"),
    Rejection("transient-integer", TRANSIENT, [((*WITNESS, "times"), "one")], "times: 'one', exp"),
    Rejection("overwritten-alphabet", BAND, [((*WITNESS, "then"), ["a", "c"])], "then[1]: 'c'"),
    Rejection("left-alphabet", CONTRACTIONS, [((*WITNESS, "back"), ["c"])], "back[0]: 'c'"),
    Rejection("left-key", CONTRACTIONS, [((*WITNESS, "times"), "1")], "unknown key 'times'"),
    Rejection("fact", CASCADE, [(("property",), "commutative")], "property: 'commutative'"),
    Rejection(
        "fact-evidence",
        CASCADE,
        [(("property",), "not-aperiodic")],
        "evidence.type: 'cascade', expected",
    ),
    Rejection(
        "fact-type", NOT_APERIODIC, [(("property",), "not-solvable")], "evidence.type: 'cycle'"
    ),
    Rejection("cascade-type", CASCADE, [(("evidence", "type"), "cycle")], "evidence.type: 'cycle'"),
    Rejection("cascade-size", CASCADE, [((*LEVELS, 0, "states"), "0")], "expected between 1 and"),
    Rejection("cascade-map", CASCADE, [((*LOWER, 0, "maps", 0, 0), "2")], "negative or too large"),
    Rejection("cascade-map-length", CASCADE, [((*LOWER, 0, "maps", 0), ["0"])], "1 entries"),
    Rejection("cascade-letters", CASCADE, [((*LOWER, 0, "maps", 1), DELETE)], "1 entries"),
    Rejection("cascade-above", CASCADE, [((*LOWER, 0, "above"), [])], "above: 0 entries"),
    Rejection("cascade-above-range", CASCADE, [((*LOWER, 0, "above"), ["2"])], "too large"),
    Rejection(
        "cascade-above-twice", CASCADE, [((*LOWER, 0, "above"), ["1"])], "the same states above"
    ),
    Rejection(
        "cascade-twice", CASCADE, [((*COVERING, 1, "coordinates"), ["0", "0"])], "same coordinates"
    ),
    Rejection("cascade-cover", CASCADE, [((*COVERING, 1, "state"), "3")], "no such state"),
    Rejection("cascade-initial", CASCADE, [(("evidence", "initial"), ["0"])], "initial: 1 entries"),
]
