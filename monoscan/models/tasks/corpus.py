"""Character language modelling on source files, by default those of Python's standard library."""

from __future__ import annotations

import hashlib
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Final, Self, final

import numpy as np
from numpy.typing import NDArray

from monoscan.models.errors import ConfigError
from monoscan.models.fields import check_types
from monoscan.models.tasks.batch import IGNORED, Batch, random_lengths
from monoscan.models.tasks.task import SequenceTask, task_kind

STDLIB: Final = "stdlib"
PARTS: Final = ("training", "validation")
_N_CHARACTERS: Final = 128
_MAX_FILE_BYTES: Final = 2**18
_MAX_CORPUS_BYTES: Final = 2**26
# Tests and installed packages are not everywhere, and this file says how Python was built.
_LEFT_OUT_FOLDERS: Final = {"test", "tests", "idle_test", "site-packages", "dist-packages"}
_LEFT_OUT_FILES: Final = ("_sysconfigdata_", "sitecustomize", "usercustomize")
_ONE_IN: Final = 10  # files for validation


@task_kind("corpus")
@final
@dataclass(frozen=True)
class Corpus(SequenceTask):
    """Read source text character by character, say each time which character comes next.

    The files are the ``.py`` files of a folder and its subfolders up to 256 KiB, in the order of
    their paths, without tests and installed packages. Characters are those of ASCII; any other one
    becomes ``?``. The character 0 ends each file. A word is a piece of the text from a uniform
    place on. About one file in ten is for validation, chosen by a digest of its path.

    Attributes:
        source: ``stdlib``, Python's standard library, or a folder.
        digest: SHA-256 of the files' paths and contents, in hexadecimal. Versions of Python differ
            in their libraries, so a run says which text it saw; other text is an error.
        part: ``training`` or ``validation``.

    Raises:
        ConfigError: If the part is unknown.
    """

    lengths_grow: ClassVar[bool] = False

    source: str
    digest: str
    part: str = "training"

    def __post_init__(self) -> None:
        check_types(self)
        if self.part not in PARTS:
            raise ConfigError(f"unknown part {self.part!r}; expected {' or '.join(PARTS)}")

    @classmethod
    def of(cls, source: str = STDLIB) -> Self:
        """The task of the text as it is now.

        Args:
            source: ``stdlib``, or a folder with ``.py`` files.

        Raises:
            ConfigError: If there is no such folder, or it has no text.

        >>> task = Corpus.of()
        >>> batch = task.sample(np.random.default_rng(0), 2, 50)
        >>> bool((batch.words[:, 1:] == batch.targets[:, :-1]).all())
        True
        """
        place = source if source == STDLIB else str(Path(source).resolve())
        return cls(place, _read(place).digest)

    @property
    def title(self) -> str:
        """What the task is called, for people."""
        return f"corpus {self.source}"

    @property
    def letters(self) -> tuple[str, ...]:
        """The characters of ASCII; those without a picture as ``x00`` .. ``x7f``."""
        return tuple(
            chr(number) if 32 < number < 127 else f"x{number:02x}"
            for number in range(_N_CHARACTERS)
        )

    @property
    def n_outputs(self) -> int:
        """The number of characters."""
        return _N_CHARACTERS

    @property
    def asks_every_letter(self) -> bool:
        """True: after each character, the next one is asked for."""
        return True

    @property
    def held_out(self) -> Corpus:
        """The same corpus's files for validation."""
        return Corpus(self.source, self.digest, "validation")

    @property
    def text(self) -> NDArray[np.uint8]:
        """The text of the part, uint8 [n], not to be written to.

        Raises:
            ConfigError: If the files are not those of the digest.
        """
        found = _read(self.source)
        if found.digest != self.digest:
            raise ConfigError(
                f"the corpus {self.source} is another one: its digest is {found.digest}, expected "
                f"{self.digest}; use the Python (or the folder) that it was taken from"
            )
        return found.training if self.part == "training" else found.validation

    def sample(
        self, rng: np.random.Generator, n_words: int, length: int, min_length: int | None = None
    ) -> Batch:
        """Random pieces of the text; see `SequenceTask.sample`.

        Raises:
            ConfigError: If a size is out of range, or the files are not those of the digest.
        """
        lengths = random_lengths(rng, n_words, length, min_length)
        text = self.text
        if length >= len(text):
            raise ConfigError(
                f"the length is {length}, but the {self.part} text of the corpus {self.source} has "
                f"{len(text)} characters; choose a smaller length, or a larger corpus"
            )
        starts = rng.integers(0, len(text) - length, n_words)
        pieces = text[starts[:, None] + np.arange(length + 1)].astype(np.int64)
        outside = np.arange(length) >= lengths[:, None]
        words = np.where(outside, 0, pieces[:, :-1])
        return Batch(words, np.where(outside, IGNORED, pieces[:, 1:]), lengths)

    def options(self) -> dict[str, Any]:
        """Source, digest and part."""
        return {"source": self.source, "digest": self.digest, "part": self.part}

    @classmethod
    def from_options(cls, value: Mapping[str, Any]) -> Self:
        """The task with these options; see `SequenceTask.from_options`."""
        return cls(value["source"], value["digest"], value["part"])


@final
@dataclass(frozen=True, eq=False)
class _Text:
    """The text of a corpus: a digest of its files, and uint8 [n] for each part."""

    digest: str
    training: NDArray[np.uint8]
    validation: NDArray[np.uint8]


@cache
def _read(source: str) -> _Text:
    """Reads a corpus, once a process."""
    folder = Path(sysconfig.get_path("stdlib")) if source == STDLIB else Path(source)
    if not folder.is_dir():
        raise ConfigError(
            f"there is no folder {folder}; expected {STDLIB} or a folder with .py files"
        )
    digest = hashlib.sha256()
    parts: dict[str, list[bytes]] = {part: [] for part in PARTS}
    n_bytes = 0
    for name, content in _files(folder):
        n_bytes += len(content)
        if n_bytes > _MAX_CORPUS_BYTES:
            raise ConfigError(
                f"the .py files below {folder} have more than {_MAX_CORPUS_BYTES} bytes; choose a "
                "smaller folder"
            )
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
        text = content.decode("utf-8", "replace").encode("ascii", "replace")
        parts[_part_of(name)].append(text + b"\0")
    for part, texts in parts.items():
        if not texts:
            raise ConfigError(
                f"no .py file below {folder} falls to the {part} part; choose a folder with more"
            )
    training, validation = (np.frombuffer(b"".join(parts[part]), dtype=np.uint8) for part in PARTS)
    return _Text(digest.hexdigest(), training, validation)


def _files(folder: Path) -> list[tuple[str, bytes]]:
    """The names below the folder, with slashes and sorted, and contents of the files that count."""
    found = []
    for path in folder.rglob("*.py"):
        name = path.relative_to(folder)
        if _LEFT_OUT_FOLDERS & set(name.parts) or name.name.startswith(_LEFT_OUT_FILES):
            continue
        if path.is_file() and path.stat().st_size <= _MAX_FILE_BYTES:
            found.append((name.as_posix(), path))
    try:
        return [(name, path.read_bytes()) for name, path in sorted(found)]
    except OSError as error:
        raise ConfigError(
            f"cannot read {error.filename}: {error.strerror}; choose a folder of readable files"
        ) from None


def _part_of(name: str) -> str:
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8])
    return PARTS[number % _ONE_IN == 0]
