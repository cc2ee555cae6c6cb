"""Two claims, verified once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from monoscan.proofs_check.claim import Setting, get_claim
from monoscan.proofs_check.verify import ClaimReport, verify_claim


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> ClaimReport:
    """The report about `parity-needs-negative-eigs`; its certificates are only to be read."""
    folder: Path = tmp_path_factory.mktemp("claim")
    return verify_claim(get_claim("parity-needs-negative-eigs"), Setting(), folder)


@pytest.fixture(scope="session")
def searched(tmp_path_factory: pytest.TempPathFactory) -> ClaimReport:
    """The report about `rounding-breaks-theorems`; its certificates are only to be read."""
    folder: Path = tmp_path_factory.mktemp("searched")
    return verify_claim(get_claim("rounding-breaks-theorems"), Setting(), folder)
