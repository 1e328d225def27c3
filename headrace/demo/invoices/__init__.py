"""The demo of documents: rendered invoices and greeting cards replayed, verdicts and fields held against their truth.

documents ─▶ orders ─▶ timeline (messages, and what is expected of each) ─▶ demo (replay, await) ─▶ outcome
reading (boxes, confidences, findings: the same model in this process) ─▶ report/ (HTML), tables (terminal)
"""
