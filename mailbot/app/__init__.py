"""The thin shell: takes letters in, applies decisions, sends what is owed."""
