"""A certificate file is whole or absent, and says what was put into it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from helpers.certificate_samples import SAMPLE_MAKERS, canonical, load_checker, seal
from hypothesis import given
from hypothesis import strategies as st

from monoscan.proofs_check.certificates.sealing import Certificate, canonical_text

CERTIFICATE = Certificate.of("obstruction", {"b": ["1"], "a": "ä"})


@pytest.mark.parametrize("name", SAMPLE_MAKERS)
def test_written_as_the_format_asks(tmp_path: Path, name: str) -> None:
    sample = SAMPLE_MAKERS[name]()
    body = {key: value for key, value in sample.items() if key != "digest"}
    path = tmp_path / "new" / "folder" / "a.json"
    Certificate(body["kind"], body).write(path)
    text = path.read_text(encoding="utf-8")
    assert json.loads(text) == sample
    assert text == canonical_text(sample) + "\n"
    if name != "exhaustive-e4m3":
        assert load_checker().check(path.read_bytes()).verdict in ("valid", "incomplete")


VALUES = st.recursive(
    st.text() | st.booleans(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_the_digest_is_no_field() -> None:
    with pytest.raises(ValueError, match="sealing computes it"):
        Certificate.of("obstruction", {"digest": "0"})


@given(st.dictionaries(st.text().filter(lambda key: key != "digest"), VALUES))
def test_the_text_is_sealed_and_canonical(fields: dict[str, object]) -> None:
    certificate = Certificate.of("kind", fields)
    read = json.loads(certificate.text())
    assert read == seal({**certificate.body})
    assert canonical_text(certificate.body) == canonical({**certificate.body})
    assert certificate.text() == canonical_text(read)


def names(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_a_second_write_replaces_the_first(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("old", encoding="utf-8")
    CERTIFICATE.write(path)
    assert path.read_text(encoding="utf-8") == CERTIFICATE.text() + "\n"
    assert names(tmp_path) == ["a.json"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, OSError, MemoryError])
@pytest.mark.parametrize("old", [None, "old"])
def test_a_write_that_is_cut_short_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], old: str | None
) -> None:
    path = tmp_path / "a.json"
    if old is not None:
        path.write_text(old, encoding="utf-8")
    during: list[list[str]] = []

    def interrupted(*_: object) -> None:
        during.append(names(tmp_path))
        raise error

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(error):
        CERTIFICATE.write(path)
    assert len(during[0]) == (1 if old is None else 2)  # the new file stood beside the old one
    assert names(tmp_path) == ([] if old is None else ["a.json"])
    assert old is None or path.read_text(encoding="utf-8") == old


def test_a_write_that_is_cut_short_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_text("old", encoding="utf-8")

    def half(self: Path, text: str, encoding: str) -> int:
        with self.open("w", encoding=encoding) as stream:
            stream.write(text[: len(text) // 2])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_text", half)
    with pytest.raises(KeyboardInterrupt):
        CERTIFICATE.write(path)
    assert (names(tmp_path), path.read_bytes()) == (["a.json"], b"old")


def test_an_interruption_just_after_the_exchange_keeps_the_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    replace = os.replace

    def late(source: Path, target: Path) -> None:
        replace(source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", late)
    with pytest.raises(KeyboardInterrupt):
        CERTIFICATE.write(path)
    assert names(tmp_path) == ["a.json"]
    assert path.read_text(encoding="utf-8") == CERTIFICATE.text() + "\n"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        CERTIFICATE.write(tmp_path / "file" / "a.json")
    (tmp_path / "a.json").mkdir()
    with pytest.raises(OSError, match=r"a\.json"):
        CERTIFICATE.write(tmp_path / "a.json")
    assert names(tmp_path) == ["a.json", "file"]
