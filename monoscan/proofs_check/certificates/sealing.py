"""Canonical JSON, the digest, and files that are either whole or absent."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


def canonical_text(value: object) -> str:
    """JSON with sorted keys and no white space.

    >>> canonical_text({"b": ["1"], "a": True})
    '{"a":true,"b":["1"]}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@dataclass(frozen=True)
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
        return cls(kind, {"monoscan": "certificate", "version": "1", "kind": kind, **fields})

    def text(self) -> str:
        """The canonical text with its digest."""
        digest = hashlib.sha256(canonical_text(self.body).encode()).hexdigest()
        return canonical_text({**self.body, "digest": digest})

    def write(self, path: Path) -> None:
        """Writes the certificate so that an interruption leaves the old file or the new one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        # Named before it exists, so that no interruption can leave it behind.
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            temporary.write_text(self.text() + "\n", encoding="utf-8")
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
