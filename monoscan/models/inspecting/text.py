"""The tokens that a network reads."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import torch
from torch import Tensor

from monoscan.errors import NotInstalled
from monoscan.models.errors import CheckpointError, ConfigError
from monoscan.models.released.folder import Folder

MOST: Final = 65_536


def reader(text: str | None, ids: int | Iterable[object]) -> Callable[[Folder], Tensor]:
    """What gives a network its tokens.

    Args:
        text: To be cut by the network's tokenizer; None for tokens.
        ids: The tokens, or how many are drawn.
    """

    def tokens(folder: Folder) -> Tensor:
        if text is not None:
            return ids_of_text(folder.path, text)
        if isinstance(ids, int):
            return drawn_ids(ids, folder.settings.whole("vocab_size", 32_000))
        return given_ids(ids)

    return tokens


def drawn_ids(count: int, vocabulary: int, seed: int = 0) -> Tensor:
    """Tokens drawn uniformly, int64 [1, count].

    Raises:
        ConfigError: If the number is out of range.

    >>> drawn_ids(3, 5).shape
    torch.Size([1, 3])
    """
    if not 1 <= count <= MOST:
        raise ConfigError(f"the number of tokens is {count}; expected 1 to {MOST}")
    generator = torch.Generator().manual_seed(seed)
    return torch.randint(0, vocabulary, (1, count), generator=generator)


def given_ids(numbers: Iterable[object]) -> Tensor:
    """Tokens that are given, int64 [1, tokens].

    Raises:
        ConfigError: If one is no whole number.

    >>> given_ids([3, 1]).tolist()
    [[3, 1]]
    """
    found = list(numbers)
    for number in found:
        if isinstance(number, bool) or not isinstance(number, int):
            raise ConfigError(f"{number!r} is no token; expected whole numbers")
    return torch.tensor([found], dtype=torch.long)


def ids_of_text(folder: Path, text: str) -> Tensor:
    """The tokens of a text by the `tokenizer.json` of a network, int64 [1, tokens].

    Raises:
        NotInstalled: If the library tokenizers is not installed.
        CheckpointError: If the folder has no tokenizer, or it cannot be read.
        ConfigError: If the text has no tokens, too many, or some that the tokenizer does not know.
    """
    file = folder / "tokenizer.json"
    if not file.exists():
        raise CheckpointError(
            f"there is no {file}, so a text cannot be cut into tokens; give the numbers of tokens, "
            "or put the tokenizer of the network there"
        )
    if importlib.util.find_spec("tokenizers") is None:
        raise NotInstalled(
            "a text is cut into tokens by the library tokenizers; install it with "
            "pip install tokenizers, or give the numbers of tokens"
        )
    library = importlib.import_module("tokenizers")
    try:
        tokenizer = library.Tokenizer.from_file(str(file))
    except Exception as error:  # the library raises nothing more special
        raise CheckpointError(f"{file} is no tokenizer that the library reads ({error})") from None
    encoded = tokenizer.encode(text)
    unknown = getattr(getattr(tokenizer, "model", None), "unk_token", None)
    if unknown is not None and unknown in encoded.tokens:
        place = encoded.tokens.index(unknown)
        start, end = encoded.offsets[place]
        raise ConfigError(
            f"the tokenizer does not know {text[start:end]!r} (characters {start} to {end} of the "
            "text); leave it out, or give the numbers of tokens"
        )
    if not encoded.ids:
        raise ConfigError("the text has no tokens; expected at least one")
    return torch.tensor([encoded.ids[:MOST]])
