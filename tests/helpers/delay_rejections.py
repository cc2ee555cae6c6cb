"""Refused certificates of networks with delays."""

from __future__ import annotations

from helpers.delay_samples import delay
from helpers.rejection import DELETE, Path_, Rejection

AB = "recognizer-delay-ends-with-ab"
ALIKE = "recognizer-delay-ends-with-ab-or-cb"
UNROLLED = "recognizer-delay-ends-with-ab-cast-unrolled"
THREE = "recognizer-delay-three-or-more-op-round"
SIGN = "recognizer-delay-sign-of-a-key-op-round"
LOST = "counterexample-delay-first-letter"
LOST_UNROLLED = "counterexample-delay-first-letter-cast-unrolled"
SCALAR = "recognizer-parity-scalar"

LAYERS: Path_ = ("lrnn", "layers")
FIRST: Path_ = (*LAYERS, 0, "delay")
SECOND: Path_ = (*LAYERS, 1, "delay")
CASES: Path_ = (*LAYERS, 1, "cases")
ABOVE: Path_ = (*LAYERS, 2)


def _not_proved(lemma: str, sample: str, windows: list[str]) -> Rejection:
    """An obstruction whose lemma does not allow these windows."""
    name, size = ("A", windows[0]) if windows[0] != "1" else ("B", windows[1])
    reason = f"windows: {lemma} is not proved where {name} sees {size} letters"
    return Rejection(
        f"{sample}-windows-{'-'.join(windows)}", sample, [(("windows",), windows)], reason
    )


DELAY_INVALID = [
    *(
        _not_proved(lemma, f"obstruction-{sample}", windows)
        for lemma, sample in (
            ("idempotent-letters", "idempotent-letters"),
            ("strictly-stable-letters", "strictly-stable"),
            ("open-diagonal-one-state", "one-state"),
            ("one-layer-letter-index", "letter-index"),
            ("nonnegative-word-index", "nonnegative-word-index"),
            ("real-word-index", "real-word-index"),
            ("one-layer-right-regular-band", "right-regular-band"),
            ("one-layer-diagonal-real", "one-layer-real"),
            ("one-layer-diagonal-complex", "one-layer-complex"),
            ("one-layer-contractions", "contractions"),
            ("one-layer-l-trivial", "l-trivial"),
        )
        for windows in (["2", "1"], ["1", "2"])
    ),
    _not_proved("s5-four-householders", "obstruction-s5", ["2", "1"]),
    _not_proved("time-invariant-length-only", "obstruction-time-invariant", ["1", "2"]),
    _not_proved("time-invariant-transient", "obstruction-time-invariant-transient", ["1", "4"]),
    Rejection("window-of-b", AB, [(("windows",), ["1", "1"])], "B depends on 2 letters, the wind"),
    Rejection("window-not-stated", AB, [(("windows",), DELETE)], "B depends on 2 letters, the win"),
    Rejection("windows-exchanged", AB, [(("windows",), ["2", "1"])], "lrnn: B depends on 2 letter"),
    Rejection("window-of-a", THREE, [(("windows", 0), "2")], "A depends on 3 letters, the windo"),
    Rejection(
        "window-of-a-steps",
        THREE,
        [((*SECOND, "steps"), "3"), (("states",), [])],
        "A depends on 4 letters, the window is 3",
    ),
    Rejection("window-of-a-as-written", SIGN, [(("windows",), DELETE)], "A depends on 2 letters"),
    Rejection("window-counterexample", LOST, [(("windows",), DELETE)], "B depends on 2 letters"),
    Rejection("like-another", ALIKE, [(("like", 0, 1), "b")], "'c' and 'b' lead a state to two"),
    Rejection("like-nothing", ALIKE, [(("like",), DELETE)], "different alphabets"),
    Rejection("like-exchanged", ALIKE, [(("like",), [["a", "c"]])], "different alphabets"),
    Rejection("delay-of-outputs", THREE, [((*SECOND, "of"), "0")], "is not listed"),
    Rejection("delay-queue", AB, [(("states", 1, "layers", 0, 0), "b")], "is not listed"),
    Rejection("delay-padding", AB, [(("states", 0, "layers", 0, 0), "a")], "initial pair is not"),
    Rejection("delay-order", THREE, [(("states", 2, "layers", 1), ["even", "odd"])], "not listed"),
    Rejection("delay-no-case", AB, [((*CASES, 0), DELETE)], "no case for the symbol ['a', None]"),
    Rejection("delay-output", AB, [((*CASES, 4, "B"), [["0"]])], "the successor under 'b' is not"),
    Rejection(
        "delay-counterexample",
        LOST_UNROLLED,
        [(("words",), [["a"], ["a", "b"]])],
        "observations[1]: found",
    ),
]
DELAY_MALFORMED = [
    Rejection("delay-steps-0", AB, [((*FIRST, "steps"), "0")], "between 1 and 64 letters"),
    Rejection("delay-steps-65", AB, [((*FIRST, "steps"), "65")], "between 1 and 64 letters"),
    Rejection("delay-steps-missing", AB, [((*FIRST, "steps"), DELETE)], "missing key 'steps'"),
    Rejection("delay-key", AB, [((*FIRST, "by"), "1")], "unknown key 'by'"),
    Rejection("delay-and-layer", AB, [((*LAYERS, 0, "reads"), [])], "unknown key 'reads'"),
    Rejection("delay-of-itself", AB, [((*FIRST, "of"), "1")], "of: expected 0 for the letter"),
    Rejection("delay-of-above", THREE, [((*SECOND, "of"), "3")], "of: expected 0 for the letter"),
    Rejection("delay-of-negative", THREE, [((*SECOND, "of"), "-1")], "of: expected 0 for the lett"),
    Rejection(
        "delay-of-delay",
        THREE,
        [((*LAYERS, 0), delay("0", "1"))],
        "lrnn.layers[1].delay.of: expected 0 for the letter",
    ),
    Rejection("delay-last", AB, [((*LAYERS, 2), delay("0", "1"))], "the last one is a delay"),
    Rejection("delay-alone", AB, [(LAYERS, [delay("0", "1")])], "the last one is a delay"),
    Rejection("delay-state-short", AB, [(("states", 1, "layers", 0), [])], "0 entries, expected"),
    Rejection(
        "delay-state-long", AB, [(("states", 1, "layers", 0), ["a", "a"])], "2 entries, expected"
    ),
    Rejection("delay-state-matrix", AB, [(("states", 1, "layers", 0, 0), ["0"])], "true, false or"),
    Rejection("delay-terms", UNROLLED, [(("terms", 1), [])], "terms: 2 entries"),
    Rejection("null-letter", AB, [((*CASES, 0, "on", 0), None)], "expected a string"),
    Rejection("null-of-layer", THREE, [((*ABOVE, "reads"), ["1"])], "expected true, fal"),
    Rejection("null-output", AB, [(("automaton", "outputs", 0), None)], "expected true, fal"),
    Rejection("null-number", SCALAR, [((*LAYERS, 0, "initial", 0, 0), None)], "expected a string"),
    Rejection("null-layer", SCALAR, [((*LAYERS, 0), None)], "expected an object"),
    Rejection("like-twice", ALIKE, [(("like",), [["c", "a"], ["c", "a"]])], "listed twice"),
    Rejection("like-itself", ALIKE, [(("like", 0, 1), "c")], "'c' cannot be like 'c'"),
    Rejection("like-unknown", ALIKE, [(("like", 0, 0), "d")], "'d' cannot be like 'a'"),
    Rejection("like-unknown-model", ALIKE, [(("like", 0, 1), "d")], "'c' cannot be like 'd'"),
    Rejection("like-empty", ALIKE, [(("like",), [])], "like: 0 entries"),
    Rejection("like-three", ALIKE, [(("like", 0), ["c", "a", "b"])], "3 entries"),
    Rejection("like-elsewhere", LOST, [(("like",), [["c", "a"]])], "unknown key 'like'"),
    Rejection("windows-one", AB, [(("windows",), ["2"])], "windows: 1 entr"),
    Rejection("windows-zero", AB, [(("windows", 0), "0")], "an integer between 1 and 1000"),
    Rejection("windows-large", AB, [(("windows", 1), "1001")], "an integer between 1 and 1000"),
    Rejection("windows-null", AB, [(("windows",), None)], "windows: expected a list"),
    Rejection(
        "windows-elsewhere", "exhaustive-tiny-fixed", [(("windows",), ["1", "1"])], "unknown"
    ),
]
