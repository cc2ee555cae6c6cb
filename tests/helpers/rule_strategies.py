"""Random members of the families of languages by rules, over a few single letters."""

from __future__ import annotations

from hypothesis import strategies as st

LETTERS = "abc"
words = st.text(LETTERS, min_size=1, max_size=3)


def joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """The parts one after the other."""
    return st.tuples(*parts).map("".join)


def marked(word: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A word, perhaps at the beginning or at the end."""
    return joined(st.sampled_from(["", "^"]), word, st.sampled_from(["", "$"]))


factors = marked(words)
signs = st.sampled_from(["<", "<=", "=", ">=", ">"])
counts = joined(factors, signs, st.sampled_from("0123"))


def listed(item: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    """Items with commas between them."""
    return st.lists(item, min_size=1, max_size=most).map(",".join)


def alternatives(item: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Items with commas and bars between them."""
    return st.lists(listed(item, 2), min_size=1, max_size=2).map("|".join)


def perhaps_not(item: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """An item, or with ! before it."""
    return joined(st.sampled_from(["", "!"]), item)


tiers = st.sets(st.sampled_from(LETTERS), min_size=1).map(sorted).map("".join)
# By the id of the family: strategies for the texts of its parameters after the alphabet.
PARAMETERS = {
    "forbidden-factors": st.tuples(listed(st.one_of(factors, st.just("^$")))),
    "forbidden-factors-on-tier": tiers.flatmap(
        lambda tier: st.tuples(st.just(tier), listed(marked(st.text(tier, min_size=1, max_size=3))))
    ),
    "forbidden-subsequences": st.tuples(listed(words)),
    "required-factors": st.tuples(alternatives(perhaps_not(factors))),
    "required-subsequences": st.tuples(alternatives(perhaps_not(words))),
    "factor-counts": st.tuples(alternatives(counts)),
}
