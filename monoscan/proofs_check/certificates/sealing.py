"""Canonical JSON, the digest, and files that are either whole or absent."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
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
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
                stream.write(self.text() + "\n")
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            os.unlink(temporary)
            raise
