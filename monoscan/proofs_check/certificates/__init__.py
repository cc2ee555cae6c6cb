"""Certificates, one kind a file. The grammar is `checker/FORMAT.md`; nothing here judges them."""
