"""h_t = a_t * h_(t-1) + b_t, entry by entry, real of any sign or complex."""
