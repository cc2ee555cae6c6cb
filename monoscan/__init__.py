"""Settles what linear recurrent networks can compute, exactly and for all input lengths.

The rooms, from the bottom up: `monoscan.automata` (languages and their monoids), `monoscan.theory`
(exact networks and the words for what they compute), `monoscan.proofs_check` (claims, certificates
and the program that checks them) and `monoscan.cli` (the commands).

Importing this package loads none of them.
"""

__version__ = "0.1.0"
