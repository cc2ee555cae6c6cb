"""A broken certificate, as changes to an accepted one."""

from __future__ import annotations

import copy
from typing import NamedTuple

from helpers.certificate_samples import SAMPLE_MAKERS, Certificate, Json, seal

DELETE = object()
Path_ = tuple[str | int, ...]


def edited(certificate: Certificate, path: Path_, value: Json) -> Certificate:
    """A copy with one place replaced (or deleted), not sealed again.

    An index equal to the length of a list appends.
    """
    result = copy.deepcopy(certificate)
    place: Json = result
    for key in path[:-1]:
        place = place[key]
    last = path[-1]
    if value is DELETE:
        del place[last]
    elif isinstance(place, list) and last == len(place):
        place.append(value)
    else:
        place[last] = value
    return result


class Rejection(NamedTuple):
    """A broken certificate: an accepted one with changes, sealed again unless they seal it."""

    name: str
    base: str
    changes: list[tuple[Path_, Json]]
    reason: str  # part of the message

    def build(self) -> Certificate:
        certificate = SAMPLE_MAKERS[self.base]()
        for path, value in self.changes:
            certificate = edited(certificate, path, value)
        sealed = any(path == ("digest",) for path, _ in self.changes)
        return certificate if sealed else seal(certificate)
