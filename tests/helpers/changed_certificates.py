"""What the checker says of certificates that were changed in one place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import NamedTuple

from helpers.certificate_parts import Certificate, load_checker, seal
from helpers.certificate_truth import SPEAKS_TRUTH, Harmless
from helpers.effort import taken

from monoscan.strategies.changes import changes


class TakenChange(NamedTuple):
    """The changed certificate (not sealed), and what was changed: `KIND PATH: CHANGE`."""

    certificate: Certificate
    label: str
    is_taken: bool


class ChangedCertificates:
    """All changes of some certificates; the checker is asked about those that are taken."""

    def __init__(self, samples: dict[str, Certificate]) -> None:
        self.changes = [
            TakenChange(
                change.certificate,
                f"{sample['kind']} {change.label}",
                taken(f"{name} {change.label}"),
            )
            for name, sample in samples.items()
            for change in changes(sample)
        ]
        self._verdicts: dict[int, bool] = {}

    def accepted_without_a_new_digest(self) -> list[str]:
        """The changes that are accepted although they were not sealed again."""
        return [
            change.label
            for change in self._taken()
            if _verdict(change.certificate) not in ("invalid", "malformed")
        ]

    def accepted(self) -> list[TakenChange]:
        """The changes that are accepted once they are sealed again."""
        return [change for change in self._taken() if self._is_accepted(change)]

    def unexpected(self, harmless: Iterable[Harmless]) -> list[str]:
        """The accepted changes that no pattern lists."""
        patterns = [re.compile(each.pattern) for each in harmless]
        return [
            change.label
            for change in self.accepted()
            if not any(pattern.fullmatch(change.label) for pattern in patterns)
        ]

    def unused(self, harmless: Iterable[Harmless]) -> list[str]:
        """The patterns that list no accepted change; looks among all changes."""
        patterns = [re.compile(each.pattern) for each in harmless]
        return [
            pattern.pattern
            for pattern in patterns
            if not any(
                pattern.fullmatch(change.label) and self._is_accepted(change)
                for change in self.changes
            )
        ]

    def untrue(self) -> list[str]:
        """The accepted changes after which the slow reading of FORMAT.md disagrees."""
        return [
            change.label
            for change in self.accepted()
            if not SPEAKS_TRUTH[change.label.split()[0]](change.certificate)
        ]

    def _taken(self) -> Iterable[TakenChange]:
        return (change for change in self.changes if change.is_taken)

    def _is_accepted(self, change: TakenChange) -> bool:
        if id(change) not in self._verdicts:
            verdict = _verdict(seal(change.certificate))
            assert verdict != "internal-error", change.label
            self._verdicts[id(change)] = verdict in ("valid", "incomplete")
        return self._verdicts[id(change)]


def _verdict(certificate: Certificate) -> str:
    return str(load_checker().check(json.dumps(certificate).encode()).verdict)
