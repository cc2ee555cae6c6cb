"""The eigenvalues of learned transitions: for each layer, head and word, as data."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast, final

import torch
from torch import Tensor

from monoscan.automata import format_word
from monoscan.models.errors import ConfigError
from monoscan.models.layers import LinearRNN
from monoscan.models.model import Block
from monoscan.models.train import TrainedRun

_MAX_WORDS = 10_000


@final
@dataclass(frozen=True)
class Spectrum:
    """The eigenvalues of the product of a word's transitions, read from the start.

    Attributes:
        layer: From 1. Above the first layer, transitions depend on the letters before, too.
        head: From 1.
        word: The word as text.
        eigenvalues: With multiplicities, of falling modulus.
    """

    layer: int
    head: int
    word: str
    eigenvalues: tuple[complex, ...]


def spectra(run: TrainedRun, max_length: int = 1) -> list[Spectrum]:
    """The spectra of all words up to a length, in the order of length, then of the alphabet.

    Args:
        run: The network.
        max_length: The greatest length, at least 1.

    Raises:
        ConfigError: If the layers have no transition matrices, or there are too many words.
    """
    n_letters = run.config.task.n_letters
    if max_length < 1:
        raise ConfigError(f"the length of words is {max_length}; expected at least 1")
    n_words = sum(n_letters**length for length in range(1, max_length + 1))
    if n_words > _MAX_WORDS:
        raise ConfigError(
            f"there are {n_words} words up to length {max_length}; the limit is {_MAX_WORDS}: "
            "choose a smaller length"
        )
    found: list[Spectrum] = []
    for length in range(1, max_length + 1):
        words = list(itertools.product(range(n_letters), repeat=length))
        for layer, products in enumerate(word_transitions(run, words), start=1):
            found += _spectra_of(run, words, layer, products)
    return sorted(found, key=lambda spectrum: spectrum.layer)


def spectra_of_word(run: TrainedRun, word: Sequence[str]) -> list[Spectrum]:
    """The spectra of one word, a layer and head each.

    Args:
        run: The network.
        word: Letters, at least one.

    Raises:
        ConfigError: If the layers have no transition matrices, or the word is empty or holds
            something that is no letter.
    """
    letters = run.config.task.letters
    for letter in word:
        if letter not in letters:
            raise ConfigError(f"{letter!r} is no letter; expected words of {', '.join(letters)}")
    if not word:
        raise ConfigError("the empty word has no transition; give a word of at least one letter")
    numbers = [[letters.index(letter) for letter in word]]
    return [
        spectrum
        for layer, products in enumerate(word_transitions(run, numbers), start=1)
        for spectrum in _spectra_of(run, numbers, layer, products)
    ]


def word_transitions(run: TrainedRun, words: Sequence[Sequence[int]]) -> list[Tensor]:
    """For each layer the products of the words' transitions, [words, heads, K, K] in float64.

    Args:
        run: The network.
        words: Numbers of letters; all words of one length.

    Raises:
        ConfigError: If the layers have no transition matrices.
    """
    device = next(run.model.parameters()).device
    products = []
    with torch.inference_mode():
        x = run.model.embedding(torch.tensor(words, dtype=torch.long, device=device))
        for module in run.model.blocks:
            block = cast(Block, module)
            if not isinstance(block.layer, LinearRNN):
                raise ConfigError(
                    f"the layer {run.config.model.layer.layer} is no linear RNN: it has no "
                    "transition matrices and so no spectra"
                )
            steps = block.layer.transitions(block.layer_input(x))
            steps = steps.to(torch.complex128 if steps.is_complex() else torch.float64)
            product, *others = steps.unbind(1)
            for step in others:
                product = step @ product
            products.append(product)
            x = block(x)
    return products


def _spectra_of(
    run: TrainedRun, words: Sequence[Sequence[int]], layer: int, products: Tensor
) -> list[Spectrum]:
    alphabet = run.config.task.letters
    values = torch.linalg.eigvals(products.cpu())
    order = values.abs().argsort(dim=-1, descending=True)
    rows = values.gather(-1, order).tolist()
    return [
        Spectrum(layer, head, format_word([alphabet[a] for a in word], alphabet), tuple(spectrum))
        for word, heads in zip(words, rows, strict=True)
        for head, spectrum in enumerate(heads, start=1)
    ]
