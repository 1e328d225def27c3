"""One layout a file, found by the file's name: a module with `LAYOUT = Layout(kind, draw)`."""
