"""A renderer of Chinese invoices, tickets, receipts and greeting cards with exact truth, from a seed.

content/ says what a document tells, layouts/ (and held_out/) how a kind of document looks, effects/ what a scanner or
a camera does to it. Whatever moves a pixel moves the boxes of the truth with it.
"""
