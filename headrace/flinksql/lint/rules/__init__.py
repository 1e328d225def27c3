"""The rules of the linter, a file each: a rule is found by the name of its file."""
