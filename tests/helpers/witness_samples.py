"""Certificates about automata: obstructions (all lemmas) and facts of monoids.

Written by hand from FORMAT.md alone; certificate_samples.py collects all samples.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.certificate_parts import COUNT_MOD_4, PARITY, Certificate, Json, new_certificate


def acceptor(letters: str, *rows: str, final: str = "0") -> Json:
    """An automaton with one row of successors a state, and its accepting states."""
    return {
        "alphabet": list(letters),
        "table": [list(row) for row in rows],
        "outputs": [str(state) in final for state in range(len(rows))],
    }


MOD_3 = acceptor("a", "1", "2", "0")
ENDS_AA = acceptor("ab", "10", "20", "20", final="2")
ENDS_AB = acceptor("ab", "10", "12", "10", final="2")
S3 = acceptor("ct", "11", "20", "02")
D4 = acceptor("ct", "12", "21", "30", "03")
S5 = acceptor("ct", "11", "20", "32", "43", "04")


def cycle(word: str, states: str) -> Json:
    """A cycle of states."""
    return {"type": "cycle", "word": list(word), "states": list(states)}


def group(words: list[str], states: str) -> Json:
    """Words that permute states."""
    return {"type": "group", "words": [list(word) for word in words], "states": list(states)}


def kept(word: str, states: str) -> Json:
    """A word that leads each of the states back to itself."""
    return {"type": "kept", "word": list(word), "states": list(states)}


def inequivalent(first: str, second: str) -> Json:
    """Two words that lead to different states."""
    return {"type": "inequivalent", "first": list(first), "second": list(second)}


def repeat(prefix: str, letter: str) -> Json:
    """A letter that acts otherwise than its square."""
    return {"type": "repeat", "prefix": list(prefix), "letter": letter}


# a takes 0 to itself and the others to 1; b takes 1 to 2 and the others to 1.
SEPARATED = acceptor("ab", "01", "12", "11", final="1")


def isolating(*words: tuple[str, str]) -> Json:
    """Words that each separate a state from all others."""
    entries = [{"state": state, "word": list(word)} for state, word in words]
    return {"type": "isolating", "words": entries}


# Over one letter: at least two of it. Then: a and b in turn, counted up to abab.
AT_LEAST_2 = acceptor("a", "1", "2", "2", final="2")
TWO_PAIRS = acceptor("ab", "10", "12", "32", "34", "44", final="4")
FIRST_LETTER = acceptor("ab", "12", "11", "22", final="1")
# The letter b counts up to 2, the letter a down to 0.
UP_AND_DOWN = acceptor("ab", "01", "02", "12", final="2")


def transient(prefix: str, word: str, times: str) -> Json:
    """A word that does not lead back to where it has led so many times."""
    return {"type": "transient", "prefix": list(prefix), "word": list(word), "times": times}


def overwritten(prefix: str, first: str, second: str, then: str) -> Json:
    """Two words that lead apart although a word with all their letters follows."""
    words = {"prefix": prefix, "first": first, "second": second, "then": then}
    return {"type": "overwritten", **{key: list(word) for key, word in words.items()}}


def left_equivalent(prefix: str, word: str, forth: str, back: str) -> Json:
    """Two words in one L-class that act differently."""
    words = {"prefix": prefix, "word": word, "forth": forth, "back": back}
    return {"type": "left-equivalent", **{key: list(word) for key, word in words.items()}}


UNSETTLED = {"type": "unsettled", "prefix": [], "word": ["1"]}
LENGTH_CYCLE = {
    "type": "same-length-cycle",
    "word": ["1"],
    "identity": ["0"],
    "states": ["0", "1"],
}
SYMMETRIC_FIVE = {"type": "s5", "five_cycle": "c", "transposition": "t"}


def obstruction(
    lemma: str,
    semantics_name: str,
    class_name: str,
    automaton: Json = PARITY,
    witness: Json = UNSETTLED,
    depth: str = "any",
) -> Certificate:
    """An obstruction; by default, that parity alternates along 1^n."""
    return new_certificate(
        "obstruction",
        lemma=lemma,
        semantics_name=semantics_name,
        automaton=automaton,
        witness=witness,
        depth=depth,
        **{"class": class_name},
    )


def exact(
    lemma: str, class_name: str, automaton: Json, witness: Json, depth: str = "any"
) -> Callable[[], Certificate]:
    """A maker of an obstruction in exact arithmetic."""
    return lambda: obstruction(lemma, "exact", class_name, automaton, witness, depth)


OBSTRUCTIONS: dict[str, Callable[[], Certificate]] = {
    "obstruction-exact": lambda: obstruction("sign-lemma", "exact", "spectrum-nonnegative"),
    "obstruction-cast-unrolled": lambda: obstruction(
        "sign-lemma", "cast-unrolled", "spectrum-nonnegative"
    ),
    "obstruction-op-round": lambda: obstruction(
        "monotone-rounding", "op-round", "diagonal-nonnegative"
    ),
    "obstruction-seq-round": lambda: obstruction(
        "psd-lemma", "seq-round", "symmetric-spectrum-in-0-1"
    ),
    "obstruction-monotone-rounding-aperiodic": lambda: obstruction(
        "monotone-rounding-aperiodic",
        "op-round",
        "diagonal-nonnegative",
        PARITY,
        cycle("1", "01"),
    ),
    "obstruction-signed-rounding": lambda: obstruction(
        "signed-rounding-two-groups", "op-round", "diagonal-real", MOD_3, cycle("a", "120")
    ),
    "obstruction-psd-products-aperiodic": exact(
        "psd-products-aperiodic", "householder-product-3-nonnegative", PARITY, cycle("01", "10")
    ),
    "obstruction-threshold-star-free": lambda: obstruction(
        "threshold-star-free", "threshold", "diagonal-nonnegative", PARITY, cycle("01", "10")
    ),
    "obstruction-threshold-letters": lambda: obstruction(
        "threshold-letters-settle", "threshold", "householder-nonnegative", MOD_3, cycle("a", "120")
    ),
    "obstruction-idempotent-letters": exact(
        "idempotent-letters", "diagonal-nonnegative", ENDS_AA, repeat("ab", "a")
    ),
    "obstruction-real-spectrum-two-groups": exact(
        "real-spectrum-two-groups", "diagonal-real", MOD_3, cycle("a", "120")
    ),
    "obstruction-real-spectrum-depth-1": exact(
        "real-spectrum-two-groups", "triangular-real", COUNT_MOD_4, cycle("1", "0123"), "1"
    ),
    "obstruction-elementary-two-series": exact(
        "elementary-two-series", "triangular-real", D4, group(["c", "t"], "0123"), "1"
    ),
    "obstruction-derived-length-depth-1": exact(
        "diagonal-derived-length", "diagonal-complex", S3, group(["c", "t"], "012"), "1"
    ),
    "obstruction-derived-length-any": exact(
        "diagonal-derived-length", "triangular-complex", S5, group(["c", "ct"], "01234")
    ),
    "obstruction-time-invariant": exact(
        "time-invariant-length-only", "time-invariant-diagonal", ENDS_AB, inequivalent("ab", "bb")
    ),
    "obstruction-mixed-quasi-aperiodic": exact(
        "mixed-quasi-aperiodic", "mixed-diagonal", PARITY, LENGTH_CYCLE
    ),
    "obstruction-one-reflection": exact(
        "one-reflection-order-two", "householder", MOD_3, cycle("a", "012"), "1"
    ),
    "obstruction-s5": exact(
        "s5-four-householders", "householder-product-3", S5, SYMMETRIC_FIVE, "1"
    ),
    "obstruction-open-range": exact(
        "open-range-no-groups", "householder-open", PARITY, cycle("1", "01")
    ),
    "obstruction-strictly-stable": exact(
        "strictly-stable-letters", "rwkv-7-released", ENDS_AB, inequivalent("b", "ab")
    ),
    "obstruction-one-state": exact(
        "open-diagonal-one-state", "diagonal-open", ENDS_AB, inequivalent("", "a")
    ),
    "obstruction-open-definite": exact(
        "open-diagonal-definite", "diagonal-complex-open", PARITY, kept("11", "01")
    ),
    "obstruction-time-invariant-transient": exact(
        "time-invariant-transient", "time-invariant-diagonal", AT_LEAST_2, transient("", "a", "1")
    ),
    "obstruction-letter-index": exact(
        "one-layer-letter-index", "householder", ENDS_AB, transient("a", "b", "1"), "1"
    ),
    "obstruction-nonnegative-word-index": exact(
        "nonnegative-word-index", "diagonal-nonnegative", TWO_PAIRS, transient("", "ab", "1"), "1"
    ),
    "obstruction-real-word-index": exact(
        "real-word-index", "diagonal-real", TWO_PAIRS, transient("", "ab", "1"), "1"
    ),
    "obstruction-right-regular-band": exact(
        "one-layer-right-regular-band",
        "diagonal-nonnegative",
        FIRST_LETTER,
        overwritten("", "a", "", "ba"),
        "1",
    ),
    "obstruction-one-layer-real": exact(
        "one-layer-diagonal-real",
        "diagonal-real",
        COUNT_MOD_4,
        overwritten("1", "11", "", "1"),
        "1",
    ),
    "obstruction-one-layer-complex": exact(
        "one-layer-diagonal-complex",
        "mixed-diagonal",
        S3,
        overwritten("", "ct", "tc", "ct"),
        "1",
    ),
    "obstruction-one-layer-complex-power": exact(
        "one-layer-diagonal-complex",
        "diagonal-complex",
        FIRST_LETTER,
        overwritten("", "a", "", "ba"),
        "1",
    ),
    "obstruction-contractions": exact(
        "one-layer-contractions",
        "householder-product-4",
        FIRST_LETTER,
        left_equivalent("", "a", "b", "a"),
        "1",
    ),
    "obstruction-l-trivial": exact(
        "one-layer-l-trivial",
        "householder-product-3-nonnegative",
        UP_AND_DOWN,
        left_equivalent("b", "a", "b", "a"),
        "1",
    ),
}


def monoid(automaton: Json, property_name: str, evidence: Json) -> Certificate:
    """A fact of the syntactic monoid."""
    return new_certificate(
        "monoid", automaton=automaton, evidence=evidence, **{"property": property_name}
    )


def row(above: str, *maps: str) -> Json:
    """The actions of a level below some states, one map a letter."""
    return {"above": list(above), "maps": [list(images) for images in maps]}


# The words that end with ab: was the last letter an a; do the last two read ab?
ENDS_AB_CASCADE: Json = {
    "type": "cascade",
    "initial": ["0", "0"],
    "levels": [
        {"states": "2", "actions": [row("", "11", "00")]},
        {"states": "2", "actions": [row("0", "00", "00"), row("1", "00", "11")]},
    ],
    "covering": [
        {"coordinates": list(coordinates), "state": state}
        for coordinates, state in (("00", "0"), ("10", "1"), ("01", "2"))
    ],
}
# (ab)*; one a; an a and then a b, c neutral; brackets a, b at most two deep.
AB_STAR = acceptor("ab", "12", "20", "22")
ONE_A = acceptor("ab", "10", "21", "22", final="1")
A_THEN_B = acceptor("abc", "120", "231", "222", "223", final="3")
TWO_DEEP = acceptor("ab", "12", "30", "22", "21")


def elements(number: str) -> Json:
    """The number of elements of the monoid, all of which obey an equation."""
    return {"type": "elements", "number": number}


def equation(kind: str, **words: str) -> Json:
    """Words that break an equation."""
    return {"type": kind, **{name: list(word) for name, word in words.items()}}


EXCHANGE = equation("exchange", loop="c", other_loop="c", x="a", y="", z="b")
KNAST = equation("knast", loop="ab", other_loop="ab", p="ab", q="", r="a", s="abb")
MONOIDS: dict[str, Callable[[], Certificate]] = {
    "monoid-aperiodic": lambda: monoid(ENDS_AB, "aperiodic", ENDS_AB_CASCADE),
    "monoid-not-aperiodic": lambda: monoid(PARITY, "not-aperiodic", cycle("1", "01")),
    "monoid-not-two-groups": lambda: monoid(MOD_3, "not-two-groups", cycle("aa", "021")),
    "monoid-not-quasi-aperiodic": lambda: monoid(PARITY, "not-quasi-aperiodic", LENGTH_CYCLE),
    "monoid-not-solvable": lambda: monoid(S5, "not-solvable", group(["c", "t"], "43210")),
    "monoid-isolated-states": lambda: monoid(
        SEPARATED, "isolated-states", isolating(("0", "a"), ("1", "b"))
    ),
    "monoid-not-idempotent-letters": lambda: monoid(
        ENDS_AA, "not-idempotent-letters", repeat("", "a")
    ),
    "monoid-da": lambda: monoid(ENDS_AB, "da", elements("5")),
    "monoid-threshold": lambda: monoid(ONE_A, "locally-threshold-testable", elements("3")),
    "monoid-dot-depth-one": lambda: monoid(AB_STAR, "dot-depth-one", elements("6")),
    "monoid-not-da": lambda: monoid(AB_STAR, "not-da", equation("returns", word="a", other="b")),
    "monoid-not-da-counting": lambda: monoid(PARITY, "not-da", cycle("1", "01")),
    "monoid-not-threshold": lambda: monoid(A_THEN_B, "not-locally-threshold-testable", EXCHANGE),
    "monoid-not-dot-depth-one": lambda: monoid(TWO_DEEP, "not-dot-depth-one", KNAST),
}
