"""The shortest failing word so far, and reading many words against it."""

from __future__ import annotations

from typing import Final, final

import numpy as np
from numpy.typing import NDArray

from monoscan.models.worst.reader import Letters, Reader

_ROWS: Final = 256
_AT_ONCE: Final = 4096  # letters: more of them leave the cache of the processor
_OFFERS: Final = 4  # how many words of a piece are read again alone


@final
class Best:
    """The shortest failing word so far.

    Args:
        reader: Reads words.
        length: The longest word of the search.
    """

    def __init__(self, reader: Reader, length: int) -> None:
        self.reader = reader
        self.word: Letters | None = None
        self.is_cut = False
        self._length = length

    @property
    def limit(self) -> int:
        """The length of the longest word that would be an improvement."""
        return self._length if self.word is None else len(self.word) - 1

    def offer(self, word: Letters) -> bool:
        """Takes a word [T] if it or a prefix of it, read alone, fails and is shorter."""
        if not self.affords(len(word)):
            return False
        first = self.reader.first_error(word)
        if first is None or first > self.limit:
            return False
        self.word = word[:first].copy()
        return True

    def affords(self, letters: int) -> bool:
        """Whether so many letters may be read; if not, the search is cut."""
        self.is_cut |= self.reader.left < letters
        return self.reader.left >= letters

    def read(self, words: Letters) -> NDArray[np.float32]:
        """The least margin of each word in what is read of it.

        Args:
            words: [B, T]. Each is read until a shorter failing word than before is found, which is
                then taken, or to the end.
        """
        least = np.full(len(words), np.inf, dtype=np.float32)
        for start in range(0, len(words), _ROWS):
            rows = slice(start, start + _ROWS)
            self._read_together(words[rows], least[rows])
        return least

    def _read_together(self, words: Letters, least: NDArray[np.float32]) -> None:
        place, done = None, 0
        at_once = max(1, _AT_ONCE // len(words))
        while done < (end := min(words.shape[1], self.limit)):
            piece = words[:, done : min(done + at_once, end)]
            if not self.affords(piece.size):
                return
            reading = self.reader.read(piece, place)
            np.minimum(least, reading.margins.amin(1).cpu().numpy(), out=least)
            self.offer_earliest(words, done, reading.wrong)
            place, done = reading.place, done + piece.shape[1]

    def offer_earliest(self, words: Letters, before: int, wrong: NDArray[np.bool_]) -> None:
        """Offers the words that fail first; a failure that alone it has not is passed over.

        Args:
            words: [B, T].
            before: How many of their letters were read before.
            wrong: [B, piece], for the letters that follow.
        """
        failed = np.flatnonzero(wrong.any(axis=1))
        firsts = wrong[failed].argmax(axis=1)
        for number in np.argsort(firsts, kind="stable")[:_OFFERS]:
            if self.offer(words[failed[number], : before + firsts[number] + 1]):
                return
