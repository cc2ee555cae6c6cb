"""Arguments against classes of networks, one a file; importing a file registers it."""
