"""The checker's program. All arithmetic is exact, without floats.

Read it from the bottom up: limits, fields, matrices, reading, spectra, formats, transitions,
networks, automata, permutations, regions; then one file for each family of certificate kinds; main.
"""
