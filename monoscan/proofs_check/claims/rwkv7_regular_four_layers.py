"""Regular languages in four layers of RWKV-7 matrices with c = 2."""

from __future__ import annotations

from monoscan.proofs_check.claim import Row, claim
from monoscan.proofs_check.rows import built, obstructed, open_row, recognises

_FOUR = "Four layers of RWKV-7 matrices (c = 2, closed ranges) recognise the language"
_ALL = "Four layers recognise every regular language"
_RELEASED = "The released model (c = 1, open ranges) does not recognise these, at any depth"
_LAST = "It recognises languages of which only the last letter counts"
_LANGUAGES = ("parity", "ends-with-1", "tomita-1", "flip-flop", "ends-with-ab")


@claim(
    statement=(
        "Every regular language is recognised by four layers of RWKV-7 matrices diag(w) - c k (k o "
        "a)^T with |k| = 1, w and a in [0, 1] and c = 2: two layers give the time modulo 2n, the "
        "third keeps the last 2n letters, the last applies the map of the previous block, one swap "
        "or copy a letter."
    ),
    sources=("Peng et al., arXiv 2503.14456, Theorem 3 and Lemma 3",),
    provenance=("known second hand; Lemma 3 was proved again by us, and each network is checked"),
    tags=("construction", "impossibility", "regular", "depth"),
)
def rwkv7_regular_four_layers() -> tuple[Row, ...]:
    """The rows: five small languages, the general statement, and the released model."""
    return (
        *(
            recognises(
                name,
                _FOUR,
                name,
                built("rwkv7-regular-four-layers", name),
                name,
                properties=("diagonal-plus-rank-one",),
                depth=4,
            )
            for name in _LANGUAGES
        ),
        open_row(
            "every-language",
            _ALL,
            "RWKV-7, c = 2",
            "exact",
            "the number of joint states grows like 2n |letters|^(2n) n; only small automata are "
            "listed. The general proof is the paper's, which we know second hand",
        ),
        *(
            obstructed(
                f"released-not-{name}",
                _RELEASED,
                f"{name}; RWKV-7 as released, c = 1, w > 0.545, a < 1, any depth",
                "rwkv-7-released",
                "strictly-stable-letters",
                name,
            )
            for name in _LANGUAGES
            if name != "ends-with-1"
        ),
        recognises(
            "released-ends-with-1",
            _LAST,
            "ends-with-1; RWKV-7 as released, one layer",
            built("last-letter", "ends-with-1", "rwkv-7-released"),
            "ends-with-1",
            properties=("rwkv-7-released",),
            depth=1,
        ),
    )
