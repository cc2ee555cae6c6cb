"""Random permutations."""

from __future__ import annotations

from hypothesis import strategies as st


def generators(largest: int = 7) -> st.SearchStrategy[list[tuple[int, ...]]]:
    """One to three permutations of the same points, often of few of them."""
    return st.integers(1, largest).flatmap(
        lambda n: st.lists(st.permutations(range(n)).map(tuple), min_size=1, max_size=3)
    )
