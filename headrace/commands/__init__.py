"""The sub-commands of `headrace` that have a subject of their own, a module each."""
