"""How each field is found: a file is a field, named as in `Field`, with a function `candidates(document)`."""
