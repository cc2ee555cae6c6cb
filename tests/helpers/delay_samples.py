"""Accepted certificates of networks with delays, written by hand from FORMAT.md alone."""

from __future__ import annotations

from collections.abc import Callable

from helpers.certificate_parts import (
    EXACT,
    Certificate,
    Json,
    case,
    column,
    diagonal,
    fixed,
    layer,
    new_certificate,
    pairs,
    seal,
    states_readout,
)
from helpers.witness_samples import OBSTRUCTIONS

ENDS_WITH_AB: Json = {
    "alphabet": ["a", "b"],
    "table": [["1", "0"], ["1", "2"], ["1", "0"]],
    "outputs": [False, False, True],
}
STARTS_WITH_A: Json = {
    "alphabet": ["a", "b"],
    "table": [["1", "2"], ["1", "1"], ["2", "2"]],
    "outputs": [False, True, False],
}
NO_A_BEFORE_THE_END: Json = {
    "alphabet": ["a", "b"],
    "table": [["1", "0"], ["2", "2"], ["2", "2"]],
    "outputs": [True, True, False],
}
THREE_OR_MORE: Json = {
    "alphabet": ["a"],
    "table": [["1"], ["2"], ["3"], ["3"]],
    "outputs": [False, False, False, True],
}
SMALL = fixed("1", "-1", "1", "nearest-down")


def delay(of: str, steps: str) -> Json:
    """What was said so many letters ago."""
    return {"delay": {"of": of, "steps": steps}}


def _last_two_letters() -> Json:
    """A table over the last two letters: A = 0, and B is 1 on b after a."""
    zero, one = column("0"), column("1")
    cases = [
        case([x, before], diagonal("0"), one if (before, x) == ("a", "b") else zero)
        for x in ("a", "b")
        for before in (None, "a", "b")
    ]
    readout = states_readout((zero, False), (one, True))
    return {"alphabet": ["a", "b"], "layers": [delay("0", "1"), layer(zero, cases, readout)]}


def _ends_with_ab(semantics: Json, **more: Json) -> Certificate:
    zero, one = column("0"), column("1")
    return new_certificate(
        "recognizer",
        semantics=semantics,
        lrnn=_last_two_letters(),
        automaton=ENDS_WITH_AB,
        properties=["time-invariant-nonnegative", "diagonal-real-open"],
        windows=["1", "2"],
        states=pairs(
            ([[None], zero], "0"), ([["a"], zero], "1"), ([["b"], zero], "0"), ([["b"], one], "2")
        ),
        **more,
    )


def ends_with_ab() -> Certificate:
    """One layer whose B sees two letters recognises (a|b)*ab."""
    return _ends_with_ab(EXACT)


def ends_with_ab_unrolled() -> Certificate:
    """The same with casts; a delay has no terms."""
    terms = [[column("0"), column("1")]]
    return _ends_with_ab({"name": "cast-unrolled", "format": SMALL}, terms=terms)


def ends_with_ab_or_cb() -> Certificate:
    """The same over three letters: c acts like a, and the network is written for a only."""
    automaton = {
        "alphabet": ["a", "b", "c"],
        "table": [["1", "0", "1"], ["1", "2", "1"], ["1", "0", "1"]],
        "outputs": [False, False, True],
    }
    return seal({**ends_with_ab(), "automaton": automaton, "like": [["c", "a"]]})


def three_or_more() -> Certificate:
    """The upper layer keeps 0 until the parity of two letters ago is there: A and B see 3 letters.

    Every operation is rounded, and a delay hands its values on as they are.
    """
    zero, one = column("0"), column("1")
    parity = layer(
        zero, [case(["a"], diagonal("-1"), one)], states_readout((zero, "even"), (one, "odd"))
    )
    keep, write = (diagonal("1"), zero), (diagonal("0"), one)
    above = {
        **layer(
            zero,
            [case(["a", None], *keep), case(["a", "odd"], *write), case(["a", "even"], *keep)],
            states_readout((zero, False), (one, True)),
        ),
        "reads": ["2"],
    }
    return new_certificate(
        "recognizer",
        semantics={"name": "op-round", "format": SMALL},
        lrnn={"alphabet": ["a"], "layers": [parity, delay("1", "2"), above]},
        automaton=THREE_OR_MORE,
        properties=["diagonal-real"],
        windows=["3", "3"],
        states=pairs(
            ([zero, [None, None], zero], "0"),
            ([one, [None, "odd"], zero], "1"),
            ([zero, ["odd", "even"], zero], "2"),
            ([one, ["even", "odd"], one], "3"),
            ([zero, ["odd", "even"], one], "3"),
        ),
    )


def erased_by_the_sign_of_a_key() -> Certificate:
    """The matrix is 1/2 on every symbol, but with the key 1 the state stays, with -1 it is erased.

    The product 1/4 is rounded down, and which key is stored depends on the letter before.
    """
    zero, half = column("0"), column("1/2")
    keep, erase = ({"kind": "delta", "k": [k], "beta": "1/2"} for k in ("1", "-1"))
    cases = [
        case([x, before], erase if before == "a" else keep, zero)
        for x in ("a", "b")
        for before in (None, "a", "b")
    ]
    readout = states_readout((half, True), (zero, False))
    return new_certificate(
        "recognizer",
        semantics={"name": "op-round", "format": fixed("1/2", "-1", "1", "down")},
        lrnn={"alphabet": ["a", "b"], "layers": [delay("0", "1"), layer(half, cases, readout)]},
        automaton=NO_A_BEFORE_THE_END,
        properties=["householder-nonnegative"],
        windows=["2", "1"],
        states=pairs(
            ([[None], half], "0"),
            ([["a"], half], "1"),
            ([["b"], half], "0"),
            ([["a"], zero], "2"),
            ([["b"], zero], "2"),
        ),
    )


def _first_letter_lost(semantics: Json) -> Certificate:
    zero = column("0")
    return new_certificate(
        "counterexample",
        semantics=semantics,
        lrnn=_last_two_letters(),
        automaton=STARTS_WITH_A,
        properties=["diagonal-nonnegative"],
        windows=["1", "2"],
        words=[["a"], ["b", "a"]],
        observations=[zero, zero],
        outputs=[False, False],
        expected=[True, False],
    )


def first_letter_lost() -> Certificate:
    """A table over the last two letters does not tell a from ba."""
    return _first_letter_lost(EXACT)


def first_letter_lost_unrolled() -> Certificate:
    """The same with casts."""
    return _first_letter_lost({"name": "cast-unrolled", "format": SMALL})


DELAYS: dict[str, Callable[[], Certificate]] = {
    "recognizer-delay-ends-with-ab": ends_with_ab,
    "recognizer-delay-ends-with-ab-or-cb": ends_with_ab_or_cb,
    "recognizer-delay-ends-with-ab-cast-unrolled": ends_with_ab_unrolled,
    "recognizer-delay-three-or-more-op-round": three_or_more,
    "recognizer-delay-sign-of-a-key-op-round": erased_by_the_sign_of_a_key,
    "counterexample-delay-first-letter": first_letter_lost,
    "counterexample-delay-first-letter-cast-unrolled": first_letter_lost_unrolled,
}


def _with_windows(name: str, a: str, b: str) -> Callable[[], Certificate]:
    """A maker of an obstruction to networks whose A and B see so many letters."""
    return lambda: seal({**OBSTRUCTIONS[name](), "windows": [a, b]})


DELAY_OBSTRUCTIONS: dict[str, Callable[[], Certificate]] = {
    "obstruction-delay-psd-products": _with_windows("obstruction-psd-products-aperiodic", "2", "4"),
    "obstruction-delay-s5": _with_windows("obstruction-s5", "1", "3"),
}
