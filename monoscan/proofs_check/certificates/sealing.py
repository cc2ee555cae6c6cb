"""Canonical JSON, the digest, and files that are either whole or absent."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any


def canonical_text(value: object) -> str:
    """JSON with sorted keys and no white space.

    >>> canonical_text({"b": ["1"], "a": True})
    '{"a":true,"b":["1"]}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _member(key: str, value: object) -> str:
    """A member of an object in canonical text; large bodies are written out only once."""
    return canonical_text(key) + ":" + canonical_text(value)


def _joined(members: Mapping[str, str]) -> str:
    return "{" + ",".join(members[key] for key in sorted(members)) + "}"


@dataclass(frozen=True, repr=False)
class Certificate:
    """A sealed certificate.

    Attributes:
        kind: the obligation that the checker recomputes.
        body: all keys but the digest.
    """

    kind: str
    body: Mapping[str, Any]

    def __post_init__(self) -> None:
        if "digest" in self.body:
            raise ValueError("the body has a field 'digest'; leave it out, sealing computes it")

    @classmethod
    def of(cls, kind: str, fields: Mapping[str, Any]) -> Certificate:
        """A certificate of a kind with these fields."""
        return cls(kind, {"monoscan": "certificate", "version": "2", "kind": kind, **fields})

    def text(self) -> str:
        """The canonical text with its digest."""
        members = {key: _member(key, value) for key, value in self.body.items()}
        digest = hashlib.sha256(_joined(members).encode()).hexdigest()
        return _joined({**members, "digest": _member("digest", digest)})

    def __repr__(self) -> str:
        return f"certificate ({self.kind})"

    def write(self, path: str | PathLike[str]) -> None:
        """Writes the certificate so that an interruption leaves the old file or the new one.

        Raises:
            OSError: if the file cannot be written.
        """
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Named before it exists, so that no interruption can leave it behind.
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            temporary.write_text(self.text() + "\n", encoding="utf-8")
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
