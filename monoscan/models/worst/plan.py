"""How far a search for failing words goes, and what it may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, final

from monoscan.models.errors import ConfigError
from monoscan.models.fields import check_types

DEFAULT_LENGTH: Final = 640
DEFAULT_LETTERS: Final = 2_000_000


@final
@dataclass(frozen=True)
class SearchPlan:
    """What a search for failing words reads.

    Attributes:
        length: The longest word.
        letters: How many letters the network may read, those of all words together.
        period: Words p u u u ... are all read whose p and u have so many letters together.
        seed: Of what is drawn at random.

    Raises:
        ConfigError: If a number is out of range.

    >>> SearchPlan(length=100).letters
    2000000
    """

    length: int = DEFAULT_LENGTH
    letters: int = DEFAULT_LETTERS
    period: int = 3
    seed: int = 0

    def __post_init__(self) -> None:
        check_types(self)
        for what, value, least, most in (
            ("greatest length of the search", self.length, 1, 10**6),
            ("number of letters of the search", self.letters, 1, 10**12),
            ("period of the search", self.period, 1, 16),
            ("seed of the search", self.seed, 0, 2**63),
        ):
            if not least <= value <= most:
                raise ConfigError(f"the {what} is {value}; expected {least} to {most}")
