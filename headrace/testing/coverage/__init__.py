"""Which lines of SQL no case reaches.

    syntax.py       statements as Flink's own parser reads them, each node with its place
    expressions.py  what there is to reach in an expression: branches, fallbacks, both outcomes of a condition
    blocks.py       … and in a SELECT: filters, joins, windows
    probes.py       queries over the same sources that tell what was reached
    measure.py      the cases' input through these queries, on the mini cluster of the tests
    report.py       the lines, for people and programs

The features' own statements are not touched. Each SELECT of a job, those of its views and the computed columns of its
sources included, is asked about by a query that is cut from its text and computes, row by row, which way it went.
"""
