"""Certificates, one kind a file. The grammar is `checker/FORMAT.md`; nothing here judges them."""

from monoscan.proofs_check.certificates.counterexample import counterexample, inseparable_words
from monoscan.proofs_check.certificates.exhaustive import exhaustive
from monoscan.proofs_check.certificates.exhaustive_monoid import exhaustive_monoid
from monoscan.proofs_check.certificates.householder_number import lower_end, upper_end
from monoscan.proofs_check.certificates.identity import identity
from monoscan.proofs_check.certificates.matrix_fact import matrix_fact
from monoscan.proofs_check.certificates.monoid import (
    MONOID_PROPERTIES,
    monoid,
    monoid_certificates,
    reset_cascade,
)
from monoscan.proofs_check.certificates.obstruction import obstruction_certificate
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.proofs_check.certificates.scan import scan_counterexample, scan_recognizer
from monoscan.proofs_check.certificates.sealing import Certificate, canonical_text
from monoscan.proofs_check.certificates.short_products import exhaustive_copy, short_products

__all__ = [
    "MONOID_PROPERTIES",
    "Certificate",
    "canonical_text",
    "counterexample",
    "exhaustive",
    "exhaustive_copy",
    "exhaustive_monoid",
    "identity",
    "inseparable_words",
    "lower_end",
    "matrix_fact",
    "monoid",
    "monoid_certificates",
    "obstruction_certificate",
    "recognizer",
    "reset_cascade",
    "scan_counterexample",
    "scan_recognizer",
    "short_products",
    "upper_end",
]
