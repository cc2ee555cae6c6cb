"""Each theorem that rows rest on speaks of some network, and what it asks for is needed."""

from __future__ import annotations

from monoscan.proofs_check.formal.coq import theorems, theories
from monoscan.proofs_check.formal.instances import instances

# Theorem -> a network that satisfies its hypotheses, and one that refutes it without one of them.
PAIRS = {
    "sign_class.spectrum_settles": ("not_empty", "spectrum_needed"),
    "unrolled_stack.cast_settles": ("cast_not_empty", "cast_spectrum_needed"),
    "psd_rounding.psd_settles": ("psd_rounding_not_empty", "psd_rounding_sign_needed"),
    "monotone_rounding.nonnegative_settles": ("rounding_not_empty", "sign_needed"),
    "monotone_rounding.nonnegative_aperiodic": ("rounding_not_empty", "sign_needed"),
    "exact_classes.psd_aperiodic": ("psd_not_empty", "negative_needed"),
    "letter_classes.idempotent_letters": (
        "idempotent_letters_not_empty",
        "idempotent_letters_needed",
    ),
    "stable_classes.strictly_stable_letters": (
        "strictly_stable_letters_not_empty",
        "strictly_stable_letters_needed",
    ),
    "overwritten.right_regular_band": ("right_regular_band_not_empty", "right_regular_band_needed"),
}
# Those that have none yet, as docs/formal.md says.
WITHOUT = {
    "complex_narrow.complex_letter_index",
    "complex_narrow.complex_stable_letters",
    "exact_classes.triangular_cycles",
    "exact_classes.triangular_cycles_any",
    "letter_classes.letter_index",
    "monotone_rounding.signed_cycles",
    "monotone_rounding.signed_cycles_any",
    "one_factor.one_factor_letters",
}


def test_each_theorem_that_rows_rest_on_has_a_pair_or_is_listed() -> None:
    used = {instance.theorem for instance in instances()}
    assert used == {*PAIRS, *WITHOUT}
    assert not {*PAIRS} & WITHOUT


def test_the_pairs_are_theorems() -> None:
    known = {name for path in theories() for name in theorems(path)}
    assert {name for pair in PAIRS.values() for name in pair} <= known
