"""Sweeps: many training runs by several processes, their results in one file."""

from monoscan.models.sweep.job import Job, run_job, stored_outcome
from monoscan.models.sweep.on_ray import RayCluster
from monoscan.models.sweep.outcome import Ending, Outcome
from monoscan.models.sweep.store import ResultStore, StoredRun
from monoscan.models.sweep.workers import run_sweep

__all__ = [
    "Ending",
    "Job",
    "Outcome",
    "RayCluster",
    "ResultStore",
    "StoredRun",
    "run_job",
    "run_sweep",
    "stored_outcome",
]
