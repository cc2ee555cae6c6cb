"""The claims, one a file; each registers itself with the decorator `claim`."""
