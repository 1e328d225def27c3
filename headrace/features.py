"""Reads features from Redis, as any Redis client could: a hash per row, `<table>:<primary key>`."""

from __future__ import annotations

from collections.abc import Iterable

import redis

BATCH = 500


def read_features(client: redis.Redis, keys: Iterable[str]) -> dict[str, dict[str, str]]:
    """The rows under these keys, those that exist, in the order of the keys.

    Args:
        client: a client that returns bytes.
        keys: full keys, such as `item_sentiment:i42`.
    """
    wanted = list(keys)
    rows: dict[str, dict[str, str]] = {}
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        pipeline = client.pipeline(transaction=False)
        for key in batch:
            pipeline.hgetall(key)
        for key, fields in zip(batch, pipeline.execute(), strict=True):
            if fields:
                rows[key] = {name.decode(): value.decode() for name, value in fields.items()}
    return rows
