"""What `check.py` knows: one file per kind of fault."""
