"""Certificates, one kind a file. The grammar is `checker/FORMAT.md`; nothing here judges them."""

from monoscan.proofs_check.certificates.counterexample import counterexample, inseparable_words
from monoscan.proofs_check.certificates.exhaustive import exhaustive
from monoscan.proofs_check.certificates.obstruction import obstruction
from monoscan.proofs_check.certificates.recognizer import recognizer
from monoscan.proofs_check.certificates.sealing import Certificate, canonical_text

__all__ = [
    "Certificate",
    "canonical_text",
    "counterexample",
    "exhaustive",
    "inseparable_words",
    "obstruction",
    "recognizer",
]
