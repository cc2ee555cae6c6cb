"""The exact network nearest to a trained one, and its weights put back into the trained one."""

from monoscan.models.snap.snap import SnapDistance, Snapped, snap_run

__all__ = ["SnapDistance", "Snapped", "snap_run"]
