"""From the lines of text of a page to checked fields of an invoice.

    lines ─▶ page (upright cells, rows) ─▶ labels ─▶ kind, parties ─▶ extractors/ (candidates) ─▶ rules/ ─▶ confidences

A field is a file in extractors/, a check is a file in rules/; both are found by their names.
"""
