"""Claims, the certificates that back them, and the program that checks certificates."""
