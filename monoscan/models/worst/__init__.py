"""The shortest word on which a network fails, found by a search that reads few letters.

Random words flatter: errors of the learned transitions average out along them and add up along
words that repeat. So first come all short words, then all words that soon repeat, then words and
loops that are chosen by what they do to the network.
"""

from monoscan.models.worst.plan import SearchPlan
from monoscan.models.worst.result import SearchEnd, WorstCase, worst_case_from_json
from monoscan.models.worst.search import search_worst, worst_of_compiled, worst_of_run

__all__ = [
    "SearchEnd",
    "SearchPlan",
    "WorstCase",
    "search_worst",
    "worst_case_from_json",
    "worst_of_compiled",
    "worst_of_run",
]
