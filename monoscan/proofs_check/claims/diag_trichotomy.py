"""Which groups one diagonal layer tracks: none, elementary abelian 2-groups, abelian groups."""

from __future__ import annotations

from monoscan.automata import Automaton
from monoscan.automata.sources.permutations import group_word_problem
from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import Target, built, obstructed, open_row, recognises

_NONE = "Entries in [0, 1]: not these groups, which are not trivial"
_REAL = "Real entries: these elementary abelian 2-groups"
_NOT_REAL = "Real entries: not these, which are no elementary abelian 2-groups"
_COMPLEX = "Complex entries: these abelian groups"
_NOT_COMPLEX = "Complex entries: not these, which are not abelian"
_ALL = "The same for every group"


@claim(
    statement=(
        "One diagonal layer tracks a group, in exact arithmetic with finitely many states: with "
        "entries in [0, 1] only the trivial one, with real entries in [-1, 1] exactly the "
        "elementary abelian 2-groups, with complex entries of modulus at most 1 exactly the "
        "abelian groups."
    ),
    sources=(
        "Shakerinava et al., arXiv 2603.01959 (complex entries)",
        "unreviewed public notes on one-layer trackers (2026)",
    ),
    provenance="the paper is known from its abstract; the proofs on the lemmas' pages are our own",
    tags=("iff", "groups", "one-layer"),
)
def diag_trichotomy() -> tuple[Row, ...]:
    """The rows: groups on both sides of each of the three borders."""
    return (
        *(
            obstructed(
                f"nonnegative-{name}",
                _NONE,
                f"{name}, entries in [0, 1], even at any depth",
                "diagonal-nonnegative",
                "psd-products-aperiodic",
                name,
            )
            for name in ("parity", "count-mod-3")
        ),
        _tracks("parity", _REAL, "Z2", "parity", "diagonal-real"),
        _tracks("tomita-5", _REAL, "Z2 x Z2", "tomita-5", "diagonal-real"),
        _tracks("three-bits", _REAL, "Z2 x Z2 x Z2", _three_bits, "diagonal-real"),
        *(
            obstructed(
                f"real-{name}",
                _NOT_REAL,
                f"{words}, real entries, one layer",
                "triangular-real",
                "real-spectrum-two-groups",
                name,
                depth=1,
            )
            for name, words in (("count-mod-3", "Z3"), ("count-mod-4", "Z4"), ("s3", "S3"))
        ),
        *(
            _tracks(f"z{m}", _COMPLEX, f"Z{m}", f"z{m}", "diagonal-complex")
            for m in (3, 4, 5, 6, 12)
        ),
        _tracks("z2xz4", _COMPLEX, "Z2 x Z4", _two_and_four, "diagonal-complex"),
        *(
            obstructed(
                f"complex-{name}",
                _NOT_COMPLEX,
                f"{name}, complex entries, one layer",
                "triangular-complex",
                "diagonal-derived-length",
                name,
                depth=1,
            )
            for name in ("s3", "d4", "q8", "a4")
        ),
        open_row(
            "every-group",
            _ALL,
            "diagonal, one layer",
            "exact",
            "the lemmas' pages prove the impossible side for all groups; the possible side follows "
            "from the characters of an abelian group, in words. The certificates are about the "
            "groups above",
        ),
    )


def _tracks(key: str, statement: str, words: str, target: Target, model_class: str) -> Row:
    return recognises(
        key,
        statement,
        words,
        built("abelian-one-layer", target),
        target,
        properties=(model_class,),
        depth=1,
    )


def _three_bits() -> Automaton:
    return group_word_problem({"a": "(1,2)", "b": "(3,4)", "c": "(5,6)"})


def _two_and_four() -> Automaton:
    return group_word_problem({"a": "(1,2)", "b": "(3,4,5,6)"})
