"""`exhaustive-monoid`: all compositions of the scalar maps of a whole number format."""

from __future__ import annotations

from monoscan.proofs_check.certificates.sealing import Certificate
from monoscan.theory.coordinate_monoid import CoordinateMonoid


def exhaustive_monoid(found: CoordinateMonoid) -> Certificate:
    """The certificate of a coordinate monoid; the checker lists it again with its own arithmetic.

    >>> from monoscan.theory.coordinate_monoid import coordinate_monoid
    >>> from monoscan.theory.formats import FixedPoint
    >>> found = coordinate_monoid(FixedPoint.signed(2), nonnegative=True)
    >>> exhaustive_monoid(found).body["largest-subgroup"]
    '1'
    """
    return Certificate.of(
        "exhaustive-monoid",
        {
            "format": found.format.to_json(),
            "factors": "nonnegative" if found.nonnegative else "any",
            "values": str(found.values),
            "maps": str(found.maps),
            "elements": str(found.elements),
            "largest-subgroup": str(found.largest_subgroup),
            "periods": [str(period) for period in found.periods],
        },
    )
