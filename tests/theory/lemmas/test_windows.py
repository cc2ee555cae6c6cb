"""Lemmas that are not proved for windows: for each of A and B a network that they would forbid."""

from __future__ import annotations

import pytest
from helpers.delayed_networks import DELAYED

from monoscan.theory.lemmas import find_by, lemmas
from monoscan.theory.model_classes import get_model_class

FORBIDDEN = {
    "ends-with-ab": (
        "idempotent-letters",
        "one-layer-letter-index",
        "nonnegative-word-index",
        "real-word-index",
        "time-invariant-transient",
        "strictly-stable-letters",
    ),
    "ends-with-ab-by-gates": ("strictly-stable-letters", "one-layer-letter-index"),
    "ends-with-aa": (
        "one-layer-right-regular-band",
        "one-layer-diagonal-real",
        "one-layer-diagonal-complex",
    ),
    "no-two-a": (
        "idempotent-letters",
        "one-layer-letter-index",
        "nonnegative-word-index",
        "real-word-index",
        "one-layer-right-regular-band",
        "one-layer-diagonal-real",
        "one-layer-diagonal-complex",
    ),
    "starts-with-a": (
        "time-invariant-length-only",
        "one-layer-contractions",
        "one-layer-l-trivial",
    ),
    "no-first-b": ("one-layer-contractions", "one-layer-l-trivial"),
    "open-last-letter": ("open-diagonal-one-state",),
    "open-gates-that-see": ("open-diagonal-one-state",),
}
# The class of a network, if the lemma does not speak of the class that is named with it.
CLASSES = {
    "time-invariant-transient": "time-invariant-diagonal",
    "time-invariant-length-only": "time-invariant-diagonal",
    "strictly-stable-letters": "diagonal-real-open",
}


@pytest.mark.parametrize(
    ("network", "lemma"), [(name, lemma) for name, found in FORBIDDEN.items() for lemma in found]
)
def test_a_network_with_windows_does_what_the_lemma_forbids_without(
    network: str, lemma: str
) -> None:
    lrnn, language, windows, model_class = DELAYED[network]()
    model_class = CLASSES.get(lemma, model_class)
    assert get_model_class(model_class).outside(lrnn) is None
    assert find_by(lemma, language, model_class, depth=1) is not None
    assert find_by(lemma, language, model_class, depth=1, windows=windows) is None


def test_each_window_that_a_lemma_excludes_has_such_a_network() -> None:
    """Two are excluded only because nothing is proved, or because A never sees more."""
    excluded = {(lemma.id, name) for lemma in lemmas() for name in "AB" if name not in lemma.wide}
    shown = {
        (lemma, name)
        for network, found in FORBIDDEN.items()
        for lemma in found
        for name, window in zip("AB", DELAYED[network]().windows, strict=True)
        if window > 1
    }
    assert excluded - shown == {("s5-four-householders", "A")}
    assert not shown - excluded
