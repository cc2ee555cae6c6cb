"""S <- S (diag(w) + a b^T) + v k^T, the recurrence of the delta rule and its relatives."""
