"""Constructions as published, repaired where they fail, and the published versions that fail."""
