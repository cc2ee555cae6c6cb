"""Exact mathematics of linear recurrent networks: no torch, no floats."""
