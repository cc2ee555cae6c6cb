"""Exact networks, one construction a file."""
