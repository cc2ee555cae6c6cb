"""What is said of transformers and regular languages: only the algebra of it can be checked."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import algebra, open_row

_STAR_FREE = "This language is star-free (its syntactic monoid is aperiodic)"
_NOT_STAR_FREE = "This language is not star-free"
_NOT_SOLVABLE = "The syntactic monoid of this language contains a group that is not solvable"
_CITED = "cited, not checked: a statement about transformers, for which there is no certificate"
_QUOTED = (
    (
        "hard",
        "With attention to one position, strict masking and no position embeddings transformers "
        "recognise exactly the star-free languages",
        "hard attention",
        f"{_CITED} (Yang, Chiang, Angluin)",
    ),
    (
        "parity-not",
        "Transformers do not recognise parity, nor any periodic language",
        "hard attention; soft attention whose answers have to stay confident",
        f"{_CITED} (Hahn). It is about these two settings, and the next rows contradict it in "
        "others",
    ),
    (
        "parity",
        "Transformers recognise parity at all lengths",
        "softmax attention, positions that depend on the length; confident with layer "
        "normalisation",
        f"{_CITED} (Chiang and Cholak)",
    ),
    (
        "parity-any-length",
        "Transformers recognise parity at all lengths",
        "softmax attention, four layers, positions that do not depend on the length, no layer "
        "normalisation",
        f"{_CITED} (Kozachinskiy, Steifer and Wałęga)",
    ),
    (
        "solvable",
        "A depth that does not grow with the length is enough for automata whose groups are "
        "solvable",
        "a transformer for each length",
        f"{_CITED} (Liu et al.)",
    ),
    (
        "not-solvable",
        "Fixed depth is not enough for languages with a group that is not solvable",
        "fixed depth, logarithmic precision",
        "rests on TC0 != NC1, an open problem (Merrill and Sabharwal; Barrington)",
    ),
    (
        "bounded-dyck",
        "Transformers recognise brackets that nest to a bounded depth",
        "a fixed number of layers",
        f"{_CITED} (Yao et al.)",
    ),
    (
        "copying",
        "Two layers copy words whose length is exponential in the size of the network",
        "softmax attention, two layers",
        f"{_CITED} (Jelassi et al.); the claim copy-lower-bound says what a fixed state cannot do",
    ),
)


@claim(
    statement=(
        "Transformers of fixed depth recognise the star-free languages; parity depends on the "
        "kind of attention; languages with a group that is not solvable are out of reach unless "
        "TC0 = NC1."
    ),
    sources=(
        "Hahn, arXiv 1906.06755",
        "Yang, Chiang, Angluin, arXiv 2310.13897",
        "Chiang and Cholak, arXiv 2202.12172",
        "Kozachinskiy, Steifer and Wałęga, arXiv 2602.05896",
        "Liu et al., arXiv 2210.10749",
        "Merrill and Sabharwal, arXiv 2207.00729",
        "Yao, Peng, Papadimitriou, Narasimhan, arXiv 2105.11115",
        "Jelassi et al., arXiv 2402.01032",
        "D. A. Mix Barrington 1989",
    ),
    provenance=(
        "all statements about transformers are cited, none is checked: no transformer is computed "
        "here; which languages they are about is proved by certificates"
    ),
    tags=("complexity", "regular"),
)
def transformer_languages() -> tuple[Row, ...]:
    """The rows: what is cited, and where usual test languages stand."""
    return (
        *(
            open_row(f"cited-{key}", statement, words, "exact", missing)
            for key, statement, words, missing in _QUOTED
        ),
        *(
            algebra(f"star-free-{name}", _STAR_FREE, name, "aperiodic", name)
            for name in ("flip-flop", "tomita-4", "ends-with-ab", "dyck-2-2", "dyck-1-4")
        ),
        *(
            algebra(f"not-star-free-{name}", _NOT_STAR_FREE, name, "not-aperiodic", name)
            for name in ("parity", "count-mod-3", "tomita-5", "s3-swaps")
        ),
        *(
            algebra(f"not-solvable-{name}", _NOT_SOLVABLE, name, "not-solvable", name)
            for name in ("s5-swaps", "a5-involutions")
        ),
    )
