"""How the published models were made: one package a model, run as `python -m train.<name>`."""
