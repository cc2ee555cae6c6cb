"""What published theorems say, and what monoscan answers: the rows of docs/literature.md.

Each row is a question with the verdict that is expected; `tests/test_literature.py` asks all of
them. Sources name a theorem only where its number is known for certain.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

YES, NO, OPEN = "expressible", "not-expressible", "unknown"
_WORDS = {YES: "yes", NO: "no", OPEN: "?"}


@dataclass(frozen=True)
class Asked:
    """A question about one language and one variant of an architecture.

    Attributes:
        language: id.
        architecture: a name with its variant.
        verdict: what monoscan answers.
        semantics: name of the arithmetic.
        depth: at most so many layers, or `any`.
        is_cited: whether the answer is the theorem itself, cited: no network is built here.
    """

    language: str
    architecture: str
    verdict: str
    semantics: str = "exact"
    depth: int | str = "any"
    is_cited: bool = False

    @property
    def answer(self) -> str:
        """The answer in a word, and whether it only cites."""
        return f"{_WORDS[self.verdict]}, cited" if self.is_cited else _WORDS[self.verdict]

    @property
    def command(self) -> str:
        """The question as a command."""
        name = f"'{self.architecture}'" if " " in self.architecture else self.architecture
        depth = "" if self.depth == "any" else f" --depth {self.depth}"
        return (
            f"monoscan predict --language {self.language} --architecture {name} "
            f"--semantics {self.semantics}{depth}"
        )


@dataclass(frozen=True)
class Statement:
    """A published statement, and how our answers stand to it.

    Attributes:
        paper: authors and arXiv number.
        where: the number of the theorem; empty if it is in the abstract or unknown.
        says: what it says, in our words.
        asked: questions that it answers.
        differs: where our answer is another one, why; empty if both agree.
    """

    paper: str
    where: str
    says: str
    asked: tuple[Asked, ...]
    differs: str = ""


_GRAZZI = "Grazzi, Siems et al., arXiv 2411.12537v5"
_SIEMS = "Siems et al., arXiv 2502.10297 (DeltaProduct)"
_SARROF = "Sarrof, Veitsman, Hahn, arXiv 2405.17394"
_MERRILL = "Merrill, Petty, Sabharwal, arXiv 2404.08819"
_KHAVARI = "Khavari et al., arXiv 2508.07395"
_SHAKERINAVA = "Shakerinava et al., arXiv 2603.01959"
_TERZIC = "Terzic et al., arXiv 2509.22284 (PD-SSM)"
_PENG = "Peng et al., arXiv 2503.14456 (RWKV-7)"
_MAMBA_3 = "Lahoti, Li, Chen et al., arXiv 2603.15569 (Mamba-3)"
_PARALLEL = "Merrill et al., arXiv 2603.03612"

STATEMENTS = (
    Statement(
        _GRAZZI,
        "Theorem 1",
        "With finite precision and all eigenvalues in [0, inf), no network recognises parity.",
        (
            Asked("parity", "mamba, as released", NO),
            Asked("parity", "mamba, no convolution", NO, "rounded"),
            Asked("parity", "deltanet, as released", NO),
            Asked("parity", "deltanet, no convolution", YES, "rounded"),
        ),
        "The theorem casts an exact sum once. Where every operation is rounded a DeltaNet with "
        "eigenvalues in (0, 1] recognises parity in a fixed-point format "
        "([claim](claims/parity-needs-negative-eigs.md)), so there is no lemma for that column.",
    ),
    Statement(
        _GRAZZI,
        "section 4.1",
        "One eigenvalue -1 recognises parity in one layer.",
        (
            Asked("parity", "mamba, extended", YES, depth=1),
            Asked("parity", "deltanet, extended", YES, depth=1),
        ),
    ),
    Statement(
        _GRAZZI,
        "Theorem 2",
        "Counting modulo m, m no power of 2, needs a product of transitions with an eigenvalue "
        "that is not real.",
        (
            Asked("count-mod-3", "mamba, extended", NO),
            Asked("count-mod-4", "mamba, extended", YES, depth=2),
            Asked("count-mod-3", "deltanet, extended, no convolution", NO, depth=1),
        ),
    ),
    Statement(
        _GRAZZI,
        "Theorem 3",
        "One layer of products of reflections tracks a group of permutations.",
        (
            Asked("s5", "deltaproduct-4, as released", YES, depth=1),
            Asked("count-mod-7", "deltaproduct-2, as released", YES, depth=1),
        ),
    ),
    Statement(
        _GRAZZI,
        "Theorem 4",
        "Every regular language is recognised by some number of layers of products of n factors.",
        (Asked("cerny-4", "deltaproduct-4, as released", YES),),
    ),
    Statement(
        _GRAZZI,
        "Theorem 6",
        "Two layers of one reflection a letter add modulo m.",
        (
            Asked("count-mod-3", "deltanet, extended", YES, depth=2),
            Asked("count-mod-5", "deltanet, extended", YES, depth=2),
        ),
    ),
    Statement(
        _SIEMS,
        "Theorem 3 (i)",
        "One layer of n - 1 reflections a letter tracks all permutations of n points.",
        (
            Asked("s4", "deltaproduct-3, as released", YES, depth=1),
            Asked("s5", "deltaproduct-4, as released", YES, depth=1),
        ),
    ),
    Statement(
        _SIEMS,
        "Theorem 3 (ii)",
        "Three layers of two reflections a letter track all permutations of n points.",
        (Asked("s5", "deltaproduct-2, as released", YES, depth=3, is_cited=True),),
    ),
    Statement(
        _SIEMS,
        "Theorem 3 (iii)",
        "Four layers of one reflection a letter track all permutations of n points.",
        (Asked("s5", "deltanet, extended", YES, depth=4, is_cited=True),),
    ),
    Statement(
        _SIEMS,
        "Theorem 4",
        "One layer of two reflections a letter tracks each finite group of rotations of space.",
        (
            Asked("a5", "deltaproduct-2, as released", YES, depth=1),
            Asked("s4", "deltaproduct-2, as released", YES, depth=1),
        ),
    ),
    Statement(
        _SIEMS,
        "Theorem 5",
        "Gated DeltaProduct recognises every regular language in finitely many layers.",
        (Asked("cerny-4", "gated-deltaproduct-2, as released", YES),),
    ),
    Statement(
        _SIEMS,
        "Theorem 7",
        "Two layers of one reflection a letter track the dihedral groups.",
        (Asked("d5", "deltanet, extended", YES, depth=2),),
    ),
    Statement(
        _SARROF,
        "",
        "At finite precision no non-negative diagonal network recognises parity.",
        (
            Asked("parity", "mamba, as released", NO),
            Asked("parity", "mamba, no convolution", NO, "rounded"),
        ),
    ),
    Statement(
        _SARROF,
        "Theorem 4",
        "At finite precision non-negative diagonal networks model exactly the star-free languages.",
        (
            Asked("tomita-4", "mamba, as released", YES),
            Asked("ends-with-ab", "mamba, no convolution", YES, "rounded"),
            Asked("ends-with-ab", "mamba, no convolution", NO),
            Asked("count-mod-3", "mamba, as released", NO),
        ),
        "Without the convolution, and with finitely many states in exact arithmetic, a letter that "
        "is read twice does what it does once, and fewer languages are left. With the convolution, "
        "with thresholds on a decaying state, or with rounding, the theorem holds as printed.",
    ),
    Statement(
        _SARROF,
        "",
        "Non-negative diagonal networks model flip-flops and Dyck languages of bounded depth.",
        (
            Asked("flip-flop", "mamba, as released", YES, depth=1),
            Asked("dyck-2-2", "mamba, as released", YES),
        ),
    ),
    Statement(
        _MERRILL,
        "Theorem 4.4",
        "With logarithmic precision diagonal networks stay in TC0, so S5 is out of reach unless "
        "TC0 = NC1.",
        (
            Asked("s5", "mamba, extended", NO),
            Asked("a5", "mamba-3, closed", NO),
        ),
        "Agrees, and rests on less: with finitely many states the answer needs no conjecture.",
    ),
    Statement(
        _MERRILL,
        "",
        "Networks whose matrices do not depend on the input (S4) stay in TC0 as well.",
        (Asked("s5", "s4", NO), Asked("flip-flop", "s4", NO)),
        "Agrees, and rests on less: such a network does not even keep the last write.",
    ),
    Statement(
        _MERRILL,
        "Theorem 5.2",
        "With transitions that depend on the input one layer recognises every regular language.",
        (Asked("s5", "ids4", YES, depth=1), Asked("cerny-7", "ids4", YES, depth=1)),
    ),
    Statement(
        _KHAVARI,
        "",
        "Layers that do not see the input and non-negative layers, mixed, do not solve parity.",
        (Asked("parity", "s4-mamba", NO), Asked("aa-star", "s4-mamba", YES)),
    ),
    Statement(
        _SHAKERINAVA,
        "",
        "k complex diagonal layers track a group exactly if it has a subnormal series of length k "
        "with abelian factors.",
        (
            Asked("s3", "dcd", NO, depth=1),
            Asked("s3", "dcd", YES, depth=2),
            Asked("s4", "dcd", NO, depth=2),
            Asked("s4", "dcd", YES, depth=3),
            Asked("a5", "dcd", NO),
        ),
    ),
    Statement(
        _TERZIC,
        "Proposition 2",
        "One layer with N states emulates every automaton with N states.",
        (Asked("cerny-7", "pd-ssm", YES, depth=1),),
    ),
    Statement(
        _TERZIC,
        "",
        "Diagonal matrices emulate no automaton whose group is not solvable.",
        (Asked("a5", "dcd", NO), Asked("a5", "pd-ssm", YES, depth=1)),
    ),
    Statement(
        _PARALLEL,
        "",
        "Permutation-diagonal networks solve problems that are complete for NC1.",
        (Asked("s5", "pd-ssm", YES, depth=1),),
    ),
    Statement(
        _PENG,
        "Theorem 2",
        "One layer with c = 2 tracks swaps of five objects, which is complete for NC1.",
        (
            Asked("s5-swaps", "rwkv-7, extended", YES, depth=1),
            Asked("s5-swaps", "rwkv-7, extended, no token shift", YES, depth=1),
        ),
    ),
    Statement(
        _PENG,
        "Theorem 3",
        "Four layers with c = 2 recognise every regular language.",
        (
            Asked("cerny-4", "diagonal-plus-rank-one", YES, depth=4),
            Asked("cerny-4", "rwkv-7, extended", YES),
            Asked("flip-flop", "rwkv-7, no token shift", NO),
        ),
        "Agrees for the matrices of the theorem, of which a network is built. Released "
        "gates (c = 1, "
        "w above 0.545, a below 1) without the token shift keep nothing at all lengths.",
    ),
    Statement(
        _MAMBA_3,
        "",
        "Complex states, written as rotations that depend on the input, solve parity (reported "
        "experiments).",
        (
            Asked("parity", "mamba-3, closed", YES, depth=1),
            Asked("parity", "mamba-3, no trapezoid", NO),
        ),
        "With the released modulus, strictly below 1, parity is recognised up to every length and "
        "not at all lengths; with modulus 1 at all lengths.",
    ),
    Statement(
        _MAMBA_3,
        "",
        "Sums modulo m are solved as well, and Mamba-2, whose states are real, solves neither "
        "(reported experiments).",
        (
            Asked("count-mod-5", "mamba-3, closed", YES, depth=1),
            Asked("count-mod-5", "mamba-3, as released", NO),
            Asked("parity", "mamba-2, as released", NO),
            Asked("count-mod-5", "mamba-2, extended", NO),
        ),
        "As for parity, the released modulus grants this up to every length and not at all "
        "lengths; of Mamba-2 nothing differs.",
    ),
)

_HEAD = """# What the papers say, what we say

Published theorems, and the answer of `monoscan predict` to a question that each of them answers. A
test asks every question of this page. Where we differ, it says why; `cited` says that the answer
only repeats the theorem, since no network is built here.
"""


def literature_page() -> str:
    """The statements as a page."""
    lines = [_HEAD]
    for paper, statements in groupby(STATEMENTS, key=lambda entry: entry.paper):
        lines += [f"## {paper}\n"]
        for entry in statements:
            where = f"**{entry.where}.** " if entry.where else ""
            lines += [f"{where}{entry.says} {_relation(entry)}\n"]
            lines += ["| question | answer |", "|---|---|"]
            lines += [f"| `{a.command}` | {a.answer} |" for a in entry.asked]
            lines += [""]
    return "\n".join(lines)


def _relation(entry: Statement) -> str:
    if not entry.differs:
        return "*We agree.*"
    if entry.differs.startswith("Agrees"):
        return f"*{entry.differs}*"
    return f"*Differs.* {entry.differs}"
