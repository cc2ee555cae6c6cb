"""Limits of the checker's permutation groups."""

from __future__ import annotations

import pytest
from helpers.certificate_parts import load_checker

checker = load_checker()
CYCLE, SWAP = (1, 2, 3, 4, 0), (1, 0, 2, 3, 4)


def test_a_group_is_listed() -> None:
    assert len(checker.generated(5, [CYCLE, SWAP])) == 120


@pytest.mark.parametrize(("limit", "value"), [("MAX_GROUP", 119), ("MAX_IMAGES", 119 * 5 - 1)])
def test_a_group_over_a_limit_is_malformed(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(checker, limit, value)
    with pytest.raises(checker.Malformed, match="over limit: a group"):
        checker.generated(5, [CYCLE, SWAP])


@pytest.mark.parametrize(("limit", "value"), [("MAX_GROUP", 120), ("MAX_IMAGES", 119 * 5)])
def test_a_group_at_a_limit_is_listed(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(checker, limit, value)
    assert len(checker.generated(5, [CYCLE, SWAP])) == 120
