"""`exhaustive`: all scalar maps h -> r(r(a h) + b) of a whole number format."""

from __future__ import annotations

from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.theory.scalar_maps import ScalarMapCensus


def exhaustive(census: ScalarMapCensus) -> Certificate:
    """The certificate of a census; the checker counts again with its own arithmetic."""
    return Certificate.of(
        "exhaustive",
        {
            "format": census.format.to_json(),
            "values": str(census.values),
            "triples": str(census.triples),
            "nonnegative-max-period": str(census.nonnegative_max_period),
            "signed-max-period": str(census.signed_max_period),
        },
    )
