"""Speed of reading documents: the SQL pipeline, bare loops, and the latency of the job `invoices`."""
