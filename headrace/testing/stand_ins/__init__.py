"""Functions whose model is exchanged for given scores.

The stand-in of `udf.<family>.<name>` is `headrace.testing.stand_ins.<family>.<name>`.
"""
