"""Text: which files count, which part they fall to, and that other text is an error."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from monoscan.models.errors import ConfigError
from monoscan.models.tasks import IGNORED, Corpus, task_from_value, task_to_value


def write_corpus(folder: Path, n_files: int = 40) -> Path:
    """Files that differ, enough of them for both parts."""
    for number in range(n_files):
        path = folder / f"part{number % 3}" / f"file{number}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# file {number}\nx = {number}\n" * 5, encoding="utf-8")
    return folder


def text_of(task: Corpus) -> str:
    return bytes(task.text).decode("ascii")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return Corpus.of(str(write_corpus(tmp_path_factory.mktemp("corpus"))))


def test_words_are_pieces_and_targets_the_next_characters(corpus: Corpus) -> None:
    batch = corpus.sample(np.random.default_rng(0), 30, 25, 5)
    text = text_of(corpus)
    assert len(set(batch.lengths.tolist())) > 5
    for word, targets, size in zip(batch.words, batch.targets, batch.lengths, strict=True):
        piece = bytes([*word[:size].tolist(), targets[size - 1]]).decode("ascii")
        assert piece in text
        assert (targets[: size - 1] == word[1:size]).all()
        assert not word[size:].any()
        assert (targets[size:] == IGNORED).all()


def test_each_file_falls_to_one_part_whole(corpus: Corpus) -> None:
    parts = [text_of(task).split("\0")[:-1] for task in (corpus, corpus.held_out)]
    assert len(parts[0]) + len(parts[1]) == 40
    assert not set(parts[0]) & set(parts[1])
    assert 0 < len(parts[1]) < 12
    assert corpus.held_out.held_out == corpus.held_out
    # Paths are in order, so that the text does not depend on the file system.
    names = [(Path(corpus.source) / name) for name in sorted(files_below(corpus.source))]
    contents = [path.read_text(encoding="utf-8") for path in names]
    assert [text for text in contents if text in parts[0]] == parts[0]


def files_below(folder: str) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in Path(folder).rglob("*.py")]


def test_words_begin_anywhere(corpus: Corpus) -> None:
    batch = corpus.sample(np.random.default_rng(0), 20_000, 3)
    text = text_of(corpus)
    starts = {text[place : place + 3] for place in range(len(text) - 3)}
    seen = {bytes(word.tolist()).decode("ascii") for word in batch.words}
    assert seen <= starts
    assert len(seen) > 0.9 * len(starts)


def test_files_that_do_not_count(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "one")
    before = Corpus.of(str(folder))
    for name in (
        "test/test_x.py",
        "part0/tests/y.py",
        "site-packages/z.py",
        "_sysconfigdata__linux.py",
        "text.txt",
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("left = out\n", encoding="utf-8")
    (folder / "large.py").write_bytes(b"#" * (2**18 + 1))
    assert copied(folder, "two").digest == before.digest
    (folder / "counts.py").write_text("x\n", encoding="utf-8")
    assert copied(folder, "three").digest != before.digest


def copied(folder: Path, name: str) -> Corpus:
    """The corpus of a copy, since a folder is read once a process."""
    return Corpus.of(str(shutil.copytree(folder, folder.with_name(name))))


def test_the_digest_is_of_names_and_contents(tmp_path: Path) -> None:
    first = write_corpus(tmp_path / "one")
    same = write_corpus(tmp_path / "two")
    renamed = write_corpus(tmp_path / "three")
    (renamed / "part0" / "file0.py").rename(renamed / "part0" / "file00.py")
    one, two, three = (Corpus.of(str(folder)).digest for folder in (first, same, renamed))
    assert one == two
    assert one != three


def test_characters_beyond_ascii(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path)
    (folder / "part0" / "file0.py").write_bytes("é→x\n".encode() + b"\xff\n")
    task = Corpus.of(str(folder))
    assert "??x\n?\n\0" in text_of(task) + text_of(task.held_out)
    assert task.text.max() < task.n_letters == 128


def test_other_text_is_an_error(corpus: Corpus) -> None:
    other = Corpus(corpus.source, "0" * 64)
    with pytest.raises(ConfigError, match=r"is another one: its digest is .*, expected 0000"):
        other.sample(np.random.default_rng(0), 2, 5)
    # The configuration can still be read, so that resuming says what differs.
    assert task_from_value(task_to_value(other)) == other


def test_the_standard_library() -> None:
    task = Corpus.of()
    assert task.source == "stdlib"
    assert len(task.text) > 5_000_000
    assert 0.05 < len(task.held_out.text) / len(task.text) < 0.2
    assert "def rglob(self, pattern" in text_of(task) + text_of(task.held_out)
    # Almost all of it is ASCII: a character is a byte.
    assert text_of(task).count("?") < 0.001 * len(task.text)


def test_letters_can_be_shown(corpus: Corpus) -> None:
    assert len(set(corpus.letters)) == corpus.n_letters == corpus.n_outputs == 128
    assert corpus.letters[10] == "x0a"
    assert corpus.letters[ord("A")] == "A"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda c: Corpus.of("nowhere"), "there is no folder .*nowhere; expected stdlib or a"),
        (lambda c: Corpus(c.source, c.digest, "test"), "unknown part 'test'; expected training or"),
        (lambda c: sample(c, 10**6), "the training text of the corpus .* choose a smaller length"),
        (lambda c: sample(c.held_out, 10**6), "the validation text of the corpus"),
        (lambda c: sample(c, 0), "the length is 0; expected at least 1"),
    ],
)
def test_bad_input(corpus: Corpus, make, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        make(corpus)


def sample(task: Corpus, length: int) -> None:
    task.sample(np.random.default_rng(0), 2, length)


def test_a_folder_without_enough_files(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no .py file below .* falls to the training part"):
        Corpus.of(str(tmp_path))
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "only.py").write_text("x = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"falls to the (training|validation) part; choose a"):
        Corpus.of(str(tmp_path / "one"))


def test_a_folder_that_is_far_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monoscan.models.tasks.corpus._MAX_CORPUS_BYTES", 100)
    with pytest.raises(ConfigError, match="have more than 100 bytes; choose a smaller folder"):
        Corpus.of(str(write_corpus(tmp_path)))


def test_a_file_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    write_corpus(tmp_path)
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ConfigError, match=r"cannot read .*\.py: Permission denied; choose"):
        Corpus.of(str(tmp_path))
