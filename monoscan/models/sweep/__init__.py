"""Sweeps: many training runs, each in a folder of its own, by several processes."""

from monoscan.models.sweep.job import Ending, Job, Outcome, run_job, stored_outcome
from monoscan.models.sweep.workers import run_sweep

__all__ = ["Ending", "Job", "Outcome", "run_job", "run_sweep", "stored_outcome"]
