"""How Flink's Python workers are started (`python.executable` in Flink's configuration).

launcher: the executable; template: the process that workers are forked from, server: its loop; channel: the socket
between them; worker: what a fork becomes; fingerprint: whether both have the same environment; process: pidfds.

Each worker pays for what is imported here, and a launcher stays as long as its worker: the standard library alone, and
little of it.
"""
