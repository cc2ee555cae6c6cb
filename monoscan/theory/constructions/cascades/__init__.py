"""Networks that move like cascades of small automata (Krohn and Rhodes)."""
