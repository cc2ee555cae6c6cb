"""All short words, and all words that soon repeat."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, final

import numpy as np
import torch

from monoscan.models.worst.best import Best
from monoscan.models.worst.reader import Letters, Place

_MOST_AT_ONCE: Final = 2**14  # words of one length
_MOST_NUMBERS: Final = 2**25  # in their states together
_SHARE: Final = 8  # short words take at most this part of the letters
_DRAWN_SHARE: Final = 2  # and words that repeat this part of what is left then, if they do not fit


@final
@dataclass(frozen=True, eq=False)
class ShortWords:
    """All words of a length, after reading them.

    Attributes:
        words: [B, T].
        place: Where their reading stands.
        length: T; all shorter ones were read, too.
    """

    words: Letters
    place: Place
    length: int


def read_short_words(best: Best) -> ShortWords | None:
    """Reads all words up to a length, until one fails or the next length has too many.

    Returns:
        The last length at which no word failed; None if a letter fails or nothing could be read.
    """
    reader = best.reader
    n_letters, share = reader.n_letters, reader.left // _SHARE
    alphabet = np.arange(n_letters, dtype=np.int32)[:, None]
    found: ShortWords | None = None
    while best.limit > (length := found.length if found else 0):
        n_words = len(found.words) if found else 1
        if length and (n_words * n_letters > _most(found) or reader.count > share):
            break
        if not best.affords(n_words * n_letters):
            break
        letters, place = alphabet, None
        if found:
            letters = np.tile(alphabet, (n_words, 1))
            chosen = torch.arange(n_words, device=reader.device).repeat_interleave(n_letters)
            place = found.place.rows(chosen)
        reading = reader.read(letters, place)
        before = np.repeat(found.words, n_letters, axis=0) if found else letters[:, :0]
        words = np.concatenate([before, letters], axis=1)
        best.offer_earliest(words, length, reading.wrong)
        if best.word is not None:
            break
        found = ShortWords(words, reading.place, length + 1)
    return found


def _most(found: ShortWords | None) -> int:
    """How many words may be read together, by the size of the states of those before."""
    vectors = None if found is None else found.place.state.vectors()
    return min(_MOST_AT_ONCE, _MOST_NUMBERS // (1 if vectors is None else vectors.shape[1]))


@final
@dataclass(frozen=True)
class Loop:
    """The words p u u u ...

    Attributes:
        prefix: p, numbers of letters; its last letter is not that of the loop.
        loop: u, at least one letter; no power of a shorter word.
    """

    prefix: tuple[int, ...]
    loop: tuple[int, ...]

    def to(self, length: int) -> Letters:
        """The word of this length.

        >>> Loop((2,), (0, 1)).to(6).tolist()
        [2, 0, 1, 0, 1, 0]
        """
        before = self.prefix[:length]
        repeated = np.resize(np.array(self.loop, dtype=np.int32), length - len(before))
        return np.concatenate([np.array(before, dtype=np.int32), repeated])


def loops_of(n_letters: int, size: int) -> Iterator[Loop]:
    """Each of the infinite words p u u u ... with p and u of so many letters together, once.

    Long loops come first.

    >>> [(loop.prefix, loop.loop) for loop in loops_of(2, 2)]
    [((), (0, 1)), ((), (1, 0)), ((1,), (0,)), ((0,), (1,))]
    """
    letters = range(n_letters)
    for period in range(size, 0, -1):
        for loop in itertools.product(letters, repeat=period):
            if is_power(loop):
                continue
            for prefix in itertools.product(letters, repeat=size - period):
                if not prefix or prefix[-1] != loop[-1]:
                    yield Loop(prefix, loop)


def is_power(word: tuple[int, ...]) -> bool:
    """Whether a word is some shorter word twice or more often.

    >>> is_power((0, 1, 0, 1)), is_power((0, 1, 0))
    (True, False)
    """
    n = len(word)
    return any(n % k == 0 and word == word[:k] * (n // k) for k in range(1, n // 2 + 1))


def normal_loop(prefix: tuple[int, ...], loop: tuple[int, ...]) -> Loop:
    """The loop of an infinite word p u u u ... whose p and u are the shortest.

    >>> normal_loop((0, 1), (0, 1, 0, 1))
    Loop(prefix=(), loop=(0, 1))
    """
    n = len(loop)
    period = next(k for k in range(1, n + 1) if n % k == 0 and loop == loop[:k] * (n // k))
    loop = loop[:period]
    while prefix and prefix[-1] == loop[-1]:
        prefix, loop = prefix[:-1], (loop[-1], *loop[:-1])
    return Loop(prefix, loop)


def read_loops(best: Best, period: int, seed: int) -> tuple[int, list[tuple[float, Loop]]]:
    """Reads all words that soon repeat, the sooner first, each as far as it may help.

    What does not fit into half of the letters is drawn at random.

    Args:
        best: The shortest failing word so far.
        period: Of how many letters p and u are together, at most.
        seed: Of what is drawn.

    Returns:
        Up to which number of letters all were read, and the loops with their least margins.
    """
    complete, seen = 0, []
    share = best.reader.left // _DRAWN_SHARE
    spare = best.reader.left - share
    for size in range(1, period + 1):
        room = (best.reader.left - spare) // max(best.limit, 1)
        chosen, is_all = _first_or_drawn(best.reader.n_letters, size, room, seed)
        if not chosen or best.limit == 0:
            best.is_cut |= not is_all
            break
        words = np.stack([loop.to(best.limit) for loop in chosen])
        margins = best.read(words)
        seen += list(zip(margins.tolist(), chosen, strict=True))
        best.is_cut |= not is_all
        if best.is_cut:
            break
        complete = size
    return complete, seen


def _first_or_drawn(n_letters: int, size: int, room: int, seed: int) -> tuple[list[Loop], bool]:
    """All loops of a size, or as many as there is room for, and whether these are all."""
    found = list(itertools.islice(loops_of(n_letters, size), room + 1))
    if len(found) <= room:
        return found, True
    rng = np.random.default_rng([seed, size])
    drawn: dict[Loop, None] = {}
    for _ in range(room):
        word = tuple(rng.integers(0, n_letters, size).tolist())
        cut = int(rng.integers(0, size))
        loop = normal_loop(word[:cut], word[cut:])
        drawn[loop] = None
    return list(drawn), False
