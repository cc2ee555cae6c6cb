"""Lemmas: why no network of a class recognises a language, and every theorem that is used.

A file holds one kind of behaviour that lemmas forbid: the witness that an automaton behaves so, the
search for it, and the lemmas. To add a lemma, add it to the file of its witness or add a file.
"""

from monoscan.theory.lemmas.lemma import THEOREMS, Lemma, Theorem, get_lemma
from monoscan.theory.lemmas.obstruction import MAX_DEPTH, Depth, Obstruction
from monoscan.theory.lemmas.search import find, find_by, lemmas
from monoscan.theory.lemmas.witness import Witness

__all__ = [
    "MAX_DEPTH",
    "THEOREMS",
    "Depth",
    "Lemma",
    "Obstruction",
    "Theorem",
    "Witness",
    "find",
    "find_by",
    "get_lemma",
    "lemmas",
]
