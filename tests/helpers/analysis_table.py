"""What is known of every listed language without our programs: its monoid, groups, properties.

Each row says where its values come from: a paper or a textbook, or the argument itself. A value
that is not known in this way is left out, with the reason. Words act from left to right.

Arguments that serve several rows:

- *Groups.* A group is not aperiodic, so only the last five properties and quasi-aperiodic can
  hold. If two letters a, b differ as elements of a group of exponent n, the
  words a^n and a^(n-1) b have one length, and only the first is the identity: not quasi-aperiodic.
  If all letters are equal, words of one length are equal: quasi-aperiodic.
- *Neutral letters.* If a letter changes nothing, the identity is in the syntactic semigroup. Then
  the language is generalised definite only if the monoid is trivial, and locally testable exactly
  if the monoid is a semilattice (Brzozowski and Simon 1973; McNaughton 1974).
- *Aperiodic.* Trivial groups are 2-groups and solvable, and aperiodic monoids quasi-aperiodic.
- *Rules.* A strictly local language is named with its forbidden factors, a tier-based one with
  its tier, a strictly piecewise one with its forbidden subsequences; McNaughton and Papert 1971,
  Rogers et al. 2010 and Heinz et al. 2011 define the classes. Locally testable languages are
  locally threshold testable, and these have dot-depth one, as piecewise testable ones have
  (Straubing 1985). If a word and a subsequence of it show it, a language is not strictly piecewise.
- *DA.* R-trivial, L-trivial and generalised definite languages are in DA (Tesson and Thérien
  2002); a language with (ab)* in it, that is with x y x = x but x x = 0, is not.
- *Bands.* In a right regular band x y x = y x and x x = x; it is L-trivial.
"""

from __future__ import annotations

from dataclasses import dataclass

ALL_PROPERTIES = frozenset(
    {
        "finite",
        "definite",
        "reverse-definite",
        "generalised-definite",
        "strictly-local",
        "tier-strictly-local",
        "locally-testable",
        "locally-threshold-testable",
        "dot-depth-one",
        "strictly-piecewise",
        "j-trivial",
        "r-trivial",
        "l-trivial",
        "right-regular-band",
        "da",
        "aperiodic",
        "quasi-aperiodic",
        "commutative",
        "group",
        "2-groups-only",
        "solvable",
    }
)

STAR_FREE = frozenset({"aperiodic", "quasi-aperiodic", "2-groups-only", "solvable"})
LOCAL = STAR_FREE | {"locally-testable", "locally-threshold-testable", "dot-depth-one"}
AT_BOTH_ENDS = LOCAL | {"generalised-definite", "da"}
PIECEWISE = STAR_FREE | {"j-trivial", "r-trivial", "l-trivial", "dot-depth-one", "da"}
MEMORY = STAR_FREE | {"l-trivial", "right-regular-band", "da"}
TIER = frozenset({"tier-strictly-local"})
FACTORS = TIER | {"strictly-local"}

ABELIAN = frozenset({"group", "commutative", "solvable"})
ABELIAN_TWO = ABELIAN | {"2-groups-only"}
SOLVABLE_GROUP = frozenset({"group", "solvable"})
TWO_GROUP = SOLVABLE_GROUP | {"2-groups-only"}
NOT_SOLVABLE = frozenset({"group"})

GROUP_RULE = "the elements are the states; for the properties see *groups*"
BRANDT = "Pin, Mathematical Foundations of Automata Theory: B2 with an identity; R, L not trivial; "


@dataclass(frozen=True)
class Row:
    """What is known of one language.

    Attributes:
        states: The number of states of the minimal automaton.
        monoid: The number of elements of the syntactic monoid; None if it is left out.
        groups: The groups of the regular D-classes that have one, sorted; None if left out.
        holds: The properties that hold, all others do not; None if left out.
        source: Where the values come from.
        left_out: Why values are missing; empty if none is.
        is_tracker: Whether the outputs are not Boolean, so that properties of languages mean
            nothing.
    """

    states: int
    monoid: int | None
    groups: tuple[str, ...] | None
    holds: frozenset[str] | None
    source: str
    left_out: str = ""
    is_tracker: bool = False

    def __post_init__(self) -> None:
        missing = None in (self.monoid, self.groups, self.holds)
        assert missing == bool(self.left_out), "a value is left out exactly if the row says why"
        assert self.source
        assert self.holds is None or self.holds <= ALL_PROPERTIES


def group(name: str, order: int, holds: frozenset[str], source: str) -> Row:
    """A group that shows its element: as many states as elements."""
    return Row(order, order, (name,), holds, f"{source}; {GROUP_RULE}", is_tracker=True)


def counter(name: str, order: int, holds: frozenset[str], source: str) -> Row:
    """An acceptor whose syntactic monoid is a cyclic group, its states the residues."""
    return Row(order, order, (name,), holds, f"{source}; {GROUP_RULE}")


RANDOM = "drawn at random: nobody has worked it out by hand, and no paper lists it"

ANALYSIS: dict[str, Row] = {
    # -------------------------------------------------------------- groups
    "parity": counter("Z2", 2, ABELIAN_TWO, "Grazzi et al., arXiv:2411.12537: Z2; 0 is neutral"),
    "ones-even": counter("Z2", 2, ABELIAN_TWO | {"quasi-aperiodic"}, "Z2, one letter"),
    "aa-star": counter(
        "Z2", 2, ABELIAN_TWO | {"quasi-aperiodic"}, "Straubing, Finite automata, 1994: in AC0"
    ),
    "aaaa-star": counter("Z4", 4, ABELIAN_TWO | {"quasi-aperiodic"}, "Z4, one letter"),
    "count-mod-3": counter("Z3", 3, ABELIAN, "residues"),
    "count-mod-4": counter("Z4", 4, ABELIAN_TWO, "residues"),
    "count-mod-5": counter("Z5", 5, ABELIAN, "residues"),
    "count-mod-6": counter("Z6", 6, ABELIAN, "residues"),
    "count-mod-7": counter("Z7", 7, ABELIAN, "residues"),
    "tomita-5": counter("Z2 x Z2", 4, ABELIAN_TWO, "Tomita 1982: (0s mod 2, 1s mod 2)"),
    "tomita-6": counter("Z3", 3, ABELIAN, "Tomita 1982: 0 adds 1, 1 subtracts 1"),
    "cycle-navigation-5": group("Z5", 5, ABELIAN, "Delétang et al., arXiv:2207.02098: rotations"),
    "z60": group("Z60", 60, ABELIAN, "Merrill et al., arXiv:2404.08819"),
    "d4": group("D4", 8, TWO_GROUP, "arXiv:2502.10297: 2n elements, rotations of index 2"),
    "d5": group("D5", 10, SOLVABLE_GROUP, "arXiv:2502.10297: 2n elements, rotations of index 2"),
    "q8": group("Q8", 8, TWO_GROUP, "Hamilton 1844: ij = k = -ji"),
    "s3": group("S3", 6, SOLVABLE_GROUP, "3! elements; S3 > A3 > 1"),
    "s3-swaps": group("S3", 6, SOLVABLE_GROUP, "transpositions generate S3; () is neutral"),
    "a4": group("A4", 12, SOLVABLE_GROUP, "4!/2 elements; A4 > V4 > 1"),
    "s4": group("S4", 24, SOLVABLE_GROUP, "4! elements; S4 > A4 > V4 > 1"),
    "a5": group("A5", 60, NOT_SOLVABLE, "Galois 1832: A5 is simple"),
    "a5-involutions": group("A5", 60, NOT_SOLVABLE, "A5 is simple: one class generates it"),
    "s5": group("S5", 120, NOT_SOLVABLE, "Barrington 1989: S5 is not solvable"),
    "s5-swaps": group("S5", 120, NOT_SOLVABLE, "transpositions generate S5; () is neutral"),
    "s5-three-points": group("S5", 120, NOT_SOLVABLE, "the letters contain all transpositions"),
    "s5-four-tokens": group("S5", 120, NOT_SOLVABLE, "all elements are letters; pad is neutral"),
    # -------------------------------------------------------------- groups inside larger monoids
    "abab-star": Row(
        5,
        10,
        ("Z2",),
        frozenset({"quasi-aperiodic", "2-groups-only", "solvable"}),
        "a, b, ab, ba, aba, bab, abab, baba (ababa acts as a), 0 and 1: the Brandt semigroup over "
        "Z2 = {ab, abab} with an identity. An element (ab)^i of the group comes only from words of "
        "2i letters modulo 4, so words of one length are equal in it: quasi-aperiodic",
    ),
    "cerny-4": Row(
        4,
        128,
        ("Z2", "Z3", "Z4"),
        frozenset({"solvable"}),
        "a is the cycle and b an idempotent of rank n - 1 that keeps the circular order: they "
        "generate all orientation-preserving maps (Catarino and Higgins 1999): "
        "n/2 C(2n, n) - n(n - 1) elements, one D-class a rank r, with the group Z_r. b and b a b "
        "show that it is not quasi-aperiodic: b b b = b, and b a b, of length 3, has order n - 1 "
        "in the group of b",
    ),
    "cerny-7": Row(
        7,
        11970,
        ("Z2", "Z3", "Z4", "Z5", "Z6", "Z7"),
        frozenset({"solvable"}),
        "as cerny-4: 7/2 * 3432 - 42 elements",
    ),
    "modular-arithmetic-5": Row(
        51,
        518,
        ("Z4", "Z5"),
        frozenset({"solvable"}),
        "states (s, t) after a residue, (s, f) after an operator, dead. A word without + or - acts "
        "as (s, t) -> (s, c t), one with them as (s + c t + k, t'): m + m^3 maps, of which one "
        "occurs twice (c = 0; k = t' = 0). The word begins and ends with an operator or a residue: "
        "four times as many; with 0 and 1: 4 (m^3 + m - 1) + 2. The first kind holds the "
        "group of c, Z4, the second that of k, Z5. *1 and *2 have one length: not quasi-aperiodic",
        is_tracker=True,
    ),
    "tomita-3": Row(
        5,
        26,
        ("Z2", "Z2"),
        frozenset({"quasi-aperiodic", "2-groups-only", "solvable"}),
        "Tomita 1982. Maps of the live states 0 to 3: the identity; 0 and 00; after a 1 state 2 is "
        "dead and 3 like 0, and the pair of what 0 and 1 have become moves (0,1) -1- (1,0), "
        "(0,1) -0-> (0,2) -0- (0,3), mirrored too: 6 maps; all others keep one live value, "
        "any of 4, for the states {0,2}, {0,1,3}, {1} or {0,3}: 16; and 0. So 1 swaps 0 and 1, 0 "
        "swaps 2 and 3 (ranks 3 and 4, two D-classes), and in 1 = 111, 0 = 000 the parity of the "
        "length is the element: quasi-aperiodic",
    ),
    "tomita-3-later": Row(
        5,
        27,
        ("Z2", "Z2"),
        frozenset({"quasi-aperiodic", "2-groups-only", "solvable"}),
        "Weiss et al., arXiv:1711.09576. Maps of the live states 0 to 3, by what 2 and 3 become, "
        "where 4 is dead: (2,3) 2, (3,2) 1, (2,4) 2, (4,2) 3, (3,4) 3, (4,3) 7, (4,4) 9. 1 swaps "
        "0 and 1, 0 swaps 2 and 3; in 1 = 111, 0 = 000 the parity of the length is the element",
    ),
    # -------------------------------------------------------------- star-free, a part of the word
    "finite-ab-ba": Row(
        5,
        5,
        (),
        AT_BOTH_ENDS
        | PIECEWISE
        | FACTORS
        | {"finite", "definite", "reverse-definite", "commutative"},
        "forbidden ^$, aa, bb, ^a$, ^b$, aba, bab; {1, a, b, ab = ba, 0}: all words of three "
        "letters are 0, so the semigroup is nilpotent; "
        "the language is closed under permutation of letters",
    ),
    "ends-with-1": Row(
        2,
        3,
        (),
        AT_BOTH_ENDS | MEMORY | FACTORS | {"definite"},
        "forbidden ^$, 0$; Perles, Rabin and Shamir 1963: definite; 1 and two right zeros, x y = y",
    ),
    "ends-with-ab": Row(
        3,
        5,
        (),
        AT_BOTH_ENDS | FACTORS | {"definite", "l-trivial"},
        "forbidden a$, bb$, ^b$, ^$; Perles, Rabin and Shamir 1963: definite. {1, b} and the "
        "constants a, ab, bb, which are "
        "R-equivalent; a constant x has M x = {x}, so L is trivial; b b is not b, so it is no band",
    ),
    "starts-with-a": Row(
        3,
        3,
        (),
        AT_BOTH_ENDS | FACTORS | {"reverse-definite", "r-trivial"},
        "forbidden ^b, ^$; Pin: reverse definite; 1 and two left zeros, x y = x, which are "
        "L-equivalent; a b a = a "
        "is not b a = b, so it is no right regular band",
    ),
    "starts-with-a-ends-with-b": Row(
        4,
        5,
        (),
        AT_BOTH_ENDS | FACTORS,
        "forbidden ^b, a$, ^$; Ginzburg 1966: generalised definite; 1 and the rectangular band of"
        " pairs (first, last "
        "letter), in which neither R nor L is trivial",
    ),
    "even-pairs": Row(
        5,
        5,
        (),
        AT_BOTH_ENDS,
        "the first and the last letter decide, together: a b^i a and b b^i b are in, a b^i b is "
        "not, "
        "and no letter is neutral, so no factors on a tier; 1 and the rectangular band of pairs",
    ),
    # -------------------------------------------------------------- star-free, factors
    "ab-star": Row(3, 6, (), LOCAL | FACTORS, f"{BRANDT}first letter a, last b, no aa, no bb"),
    "tomita-2": Row(3, 6, (), LOCAL | FACTORS, f"{BRANDT}(ab)* with other letters"),
    "no-two-consecutive-ones": Row(
        3,
        6,
        (),
        LOCAL | FACTORS,
        "{empty, 0, 1 = 101, 01, 10, 11 = zero}: 11 is forbidden; 0 R 01 as 010 = 0, 0 L 10",
    ),
    "tomita-4": Row(
        4,
        12,
        (),
        LOCAL | FACTORS,
        "000 is forbidden: empty, 0, zero, and words with a 1 by their 0s before the first and "
        "after the last, 3 * 3, where 00 = 00100; 1 R 10 as 101 = 1, 1 L 01",
    ),
    "contains-aa-and-bb": Row(
        8,
        14,
        (),
        LOCAL,
        "Brzozowski and Simon 1973: locally testable; required factors may stand anywhere, so "
        "there "
        "are no forbidden ones. The empty word, the zero, and (first, last "
        "letter) x (aa, bb or neither has occurred); a R ab and a L ba as aba = a",
    ),
    # -------------------------------------------------------------- star-free, subwords
    "a-to-e-plus": Row(
        7,
        17,
        (),
        LOCAL | PIECEWISE | FACTORS,
        "the factors aa ab bb ... ee, first letter a, last e; also the subword abcde and none that "
        "descends, so piecewise testable (Simon 1975). 1, 0, and the 15 intervals of letters. "
        "b a b is 0 and a b is not, so no right regular band",
    ),
    "subword-ab": Row(
        3,
        5,
        (),
        LOCAL | PIECEWISE,
        "Simon 1975: piecewise testable; over two letters the subword ab is the factor ab. "
        "{1, a, b, ba, ab = zero}; ba ba = zero, so it is no band",
    ),
    "tomita-7": Row(
        5,
        9,
        (),
        PIECEWISE | {"strictly-piecewise", "locally-threshold-testable"},
        "the subword 1010 is forbidden (Simon 1975), that is, a second factor 10. Alternating "
        "words without it: empty, 0, 01, "
        "010, 0101, 1, 10, 101, and zero. In 0 S 0 the square of 010 is zero: not locally testable",
    ),
    "ab-star-d-bc-star": Row(
        3,
        5,
        (),
        PIECEWISE | TIER,
        "arXiv:2009.11264. On the tier a, c, d: a*dc*. In front of a loop of b and behind it, a d"
        " and "
        "d c cannot be exchanged, so no threshold decides. b is neutral; {1, a, c, d = ad = dc, "
        "0}, as da, cd, dd, ac, ca are 0; "
        "d d is not d: no semilattice, so not locally testable",
    ),
    "tomita-1": Row(
        2,
        2,
        (),
        LOCAL | PIECEWISE | FACTORS | {"right-regular-band", "commutative", "strictly-piecewise"},
        "0 is forbidden; 1 is neutral, 0 is a zero: the semilattice {1, 0}",
    ),
    # -------------------------------------------------------------- star-free, memory
    "flip-flop": Row(
        2,
        3,
        (),
        MEMORY | TIER,
        "on the tier of the letters that write, the last one decides, but i keeps it apart from "
        "the "
        "end, so that its dot-depth is not one; Liu et al., arXiv:2210.10749: the flip-flop "
        "monoid, 1 and two right zeros; i is neutral",
    ),
    "012-star-02-star": Row(
        2, 3, (), MEMORY | TIER, "the flip-flop monoid: 0 and 1 are resets, 2 is neutral"
    ),
    # -------------------------------------------------------------- star-free, bounded stacks
    **{
        f"dyck-{k}-{d}": Row(
            states,
            monoid,
            (),
            STAR_FREE,
            "Hewitt et al., arXiv:2010.07515: star-free. A word is 0 or closes p brackets, opens j "
            "and rises at most q above its start, p + q = s <= d and j <= s: 1 + sum over s of "
            "(1 + k + ... + k^s)^2 elements. With e = () and x = e ( e, x^d is not x^(d+1), so x "
            "is not idempotent for d >= 2: not locally testable. ( R () and ) L (). The dot-depth"
            " is d "
            "(Brzozowski and Knast 1978, for one kind); every bracket is on every tier",
        )
        for k, d, states, monoid in [(1, 2, 4, 15), (1, 4, 6, 56), (2, 2, 8, 60), (2, 3, 16, 285)]
    },
    # -------------------------------------------------------------- nothing known
    "random-8-2-1": Row(8, None, None, None, "as many states as its name says", RANDOM),
    "random-20-2-1": Row(20, None, None, None, "as many states as its name says", RANDOM),
}
