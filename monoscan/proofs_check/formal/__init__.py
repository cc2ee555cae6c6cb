"""Theorems that Coq has checked, and the checker that is extracted from them."""
