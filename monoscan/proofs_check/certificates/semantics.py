"""A semantics in certificates."""

from __future__ import annotations

from typing import Any

from monoscan.theory.chunk_scan import ChunkScan
from monoscan.theory.semantics import (
    CastUnrolled,
    Disturbed,
    MixedRound,
    OpRound,
    Semantics,
    SeqRound,
)


def semantics_to_json(semantics: Semantics[Any]) -> dict[str, Any]:
    """A semantics as the object `semantics` of the certificate format."""
    if isinstance(semantics, MixedRound):
        formats = {"format": semantics.format, "accumulate": semantics.accumulate}
        return {"name": semantics.name, **{key: form.to_json() for key, form in formats.items()}}
    if isinstance(semantics, Disturbed):
        return {"name": semantics.name, "error": str(semantics.error)}
    if isinstance(semantics, ChunkScan):
        chunk = str(semantics.chunk)
        return {"name": semantics.name, "format": semantics.format.to_json(), "chunk": chunk}
    if isinstance(semantics, CastUnrolled | SeqRound | OpRound):
        return {"name": semantics.name, "format": semantics.format.to_json()}
    return {"name": semantics.name}
