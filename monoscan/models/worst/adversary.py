"""Words that are chosen by what they do to the network: beams, loops that change, shorter words."""

from __future__ import annotations

from typing import Final, final

import numpy as np
import torch
from torch import Tensor

from monoscan.models.worst.best import Best
from monoscan.models.worst.reader import Letters, Reading
from monoscan.models.worst.words import Loop, ShortWords, normal_loop

_BEAM: Final = 24
_LETTERS_A_STEP: Final = 12  # that each word of a beam is continued with
_PARENTS: Final = 12
_CHILDREN: Final = 48
_LONGEST_LOOP: Final = 24
_CHANGES: Final = 256  # of a word that are tried at once


@final
class Normal:
    """Where the states of the network are for each state of the automaton, by short words.

    Args:
        short: Words that were read.
        n_states: Of the automaton.
    """

    def __init__(self, short: ShortWords, n_states: int) -> None:
        self._means: Tensor | None = None
        vectors = short.place.state.vectors()
        if vectors is None:
            return
        sums = vectors.new_zeros(n_states, vectors.shape[1])
        sums.index_add_(0, short.place.targets, vectors)
        counts = torch.bincount(short.place.targets, minlength=n_states)
        self._means = sums / counts.clamp(min=1).unsqueeze(1)
        self._known = counts > 0

    def distances(self, reading: Reading) -> Tensor | None:
        """How far each word's state is from where that of its automaton state is; None: unknown."""
        vectors = reading.place.state.vectors()
        if self._means is None or vectors is None:
            return None
        targets = reading.place.targets
        found = (vectors - self._means[targets]).norm(dim=1)
        return torch.where(self._known[targets], found, torch.zeros_like(found))


def search_beam(best: Best, normal: Normal | None, rng: np.random.Generator) -> None:
    """Lengthens some words letter by letter, and keeps those on which the network is worst.

    Worst is the least margin of the right answer, or, if ``normal`` is given, the state that is
    farthest from where it should be. Words of each automaton state are kept.
    """
    reader = best.reader
    words = np.zeros((1, 0), dtype=np.int32)
    place = None
    while words.shape[1] < best.limit:
        rows = np.repeat(np.arange(len(words)), min(_LETTERS_A_STEP, reader.n_letters))
        letters = _continuations(reader.n_letters, len(words), rng)
        if not best.affords(len(letters)):
            return
        chosen = torch.from_numpy(rows).to(reader.device)
        reading = reader.read(letters, None if place is None else place.rows(chosen))
        longer = np.concatenate([words[rows], letters], axis=1)
        best.offer_earliest(longer, words.shape[1], reading.wrong)
        badness = -reading.margins[:, 0]
        if normal is not None:
            distances = normal.distances(reading)
            if distances is None:
                return
            badness = distances
        kept = _worst_of_each(badness.cpu().numpy(), reading.place.targets.cpu().numpy())
        words, place = longer[kept], reading.place.rows(torch.from_numpy(kept).to(reader.device))


def _continuations(n_letters: int, n_words: int, rng: np.random.Generator) -> Letters:
    """Letters for each word, one a row: all, or some that are drawn."""
    if n_letters <= _LETTERS_A_STEP:
        return np.tile(np.arange(n_letters, dtype=np.int32), n_words)[:, None]
    drawn = [rng.choice(n_letters, _LETTERS_A_STEP, replace=False) for _ in range(n_words)]
    return np.concatenate(drawn).astype(np.int32)[:, None]


def _worst_of_each(badness: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The numbers of the words of a beam: first the worst of each state, then the second ..."""
    order = np.lexsort((-badness, targets))
    ordered = targets[order]
    firsts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    sizes = np.diff(np.r_[firsts, len(ordered)])
    ranks = np.arange(len(ordered)) - np.repeat(firsts, sizes)
    return order[np.lexsort((-badness[order], ranks))][:_BEAM]


def change_loops(best: Best, seen: list[tuple[float, Loop]], rng: np.random.Generator) -> None:
    """Changes the loops on which the margin became least, and keeps those that are worse.

    Args:
        best: The shortest failing word so far.
        seen: Loops with their least margins; the worst ones stay in it.
        rng: What is drawn from.
    """
    seen.sort(key=lambda found: found[0])
    del seen[_PARENTS:]
    known = {loop for _, loop in seen}
    children: dict[Loop, None] = {}
    for _ in range(4 * _CHILDREN):
        child = _changed(seen, best.reader.n_letters, rng)
        if child not in known and len(children) < _CHILDREN:
            children[child] = None
    if not children or best.limit == 0:
        return
    margins = best.read(np.stack([child.to(best.limit) for child in children]))
    seen += list(zip(margins.tolist(), children, strict=True))


def _changed(seen: list[tuple[float, Loop]], n_letters: int, rng: np.random.Generator) -> Loop:
    """A loop that differs from one, or is made of two."""
    one, other = (seen[int(rng.integers(len(seen)))][1] for _ in range(2))
    loop, letter = list(one.loop), int(rng.integers(n_letters))
    prefix = list(one.prefix)
    kind = int(rng.integers(6))
    if kind == 0:
        loop[int(rng.integers(len(loop)))] = letter
    elif kind == 1:
        loop.insert(int(rng.integers(len(loop) + 1)), letter)
    elif kind == 2 and len(loop) > 1:
        del loop[int(rng.integers(len(loop)))]
    elif kind == 3:
        loop += other.loop
    elif kind == 4:
        loop = loop * 2
        loop[int(rng.integers(len(loop)))] = letter
    else:
        prefix.insert(0, letter)
    return normal_loop(tuple(prefix[:_LONGEST_LOOP]), tuple(loop[:_LONGEST_LOOP]))


def shorten(best: Best, rng: np.random.Generator) -> None:
    """Makes the failing word shorter while that is found: parts of it left out, letters changed.

    Args:
        best: The failing word.
        rng: Draws which of the changes are tried, if there are many.
    """
    size = len(best.word) // 2 if best.word is not None else 0
    while best.word is not None and len(best.word) > 1:
        word = best.word
        changed = (
            _without_part(word, size, rng)
            if size
            else _one_changed(word, best.reader.n_letters, rng)
        )
        different = np.unique(changed, axis=0)
        if not different.size or not best.affords(different.size):
            return
        best.read(different)
        if best.word is not word:
            size = min(max(size, 1), len(best.word) // 2)
        elif size == 0:
            return
        else:
            size //= 2


def _without_part(word: Letters, size: int, rng: np.random.Generator) -> Letters:
    """The words that leave out so many letters in a row."""
    places = _drawn(len(word) - size + 1, rng)
    return np.stack([np.delete(word, slice(at, at + size)) for at in places.tolist()])


def _one_changed(word: Letters, n_letters: int, rng: np.random.Generator) -> Letters:
    """The words with one other letter in some place."""
    places, steps = np.divmod(_drawn(len(word) * (n_letters - 1), rng), max(n_letters - 1, 1))
    found = np.repeat(word[None], len(places), axis=0)
    rows = np.arange(len(found))
    found[rows, places] = (found[rows, places] + steps + 1) % n_letters
    return found


def _drawn(number: int, rng: np.random.Generator) -> np.ndarray:
    """The numbers below this one, or some of them."""
    return np.arange(number) if number <= _CHANGES else rng.choice(number, _CHANGES, replace=False)
