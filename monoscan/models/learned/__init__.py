"""Which automaton a trained network computes, as far as one describes its answers."""

from monoscan.models.learned.automaton import Learned, LearnedEnd, learn_run
from monoscan.models.learned.quotients import Quotient, output_quotients

__all__ = ["Learned", "LearnedEnd", "Quotient", "learn_run", "output_quotients"]
