"""Which version answers which row: shares of [0, 1) and a stable hash that gives each key a point in it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from headrace.inference.route import Route


def key_point(model: str, key: str) -> float:
    """The point of a key in [0, 1): the same in every process, on every machine, for ever.

    The first 53 bits of BLAKE2b (RFC 7693, digest of 8 bytes) of the key's UTF-8, personalised with the model's name,
    so that the keys which one model gives to its new version are not those of another model. 53 bits are what a
    float64 holds exactly.

    Args:
        model: the model's name; its first 16 bytes count (the length of BLAKE2b's `person`).
        key: any string, lone surrogates allowed.
    """
    digest = hashlib.blake2b(
        key.encode("utf-8", errors="surrogatepass"), digest_size=8, person=model.encode("utf-8")[:16]
    ).digest()
    return (int.from_bytes(digest, "big") >> 11) / (1 << 53)


class Shares:
    """The shares of a route's versions: intervals of [0, 1), the latest version first.

    In this order a new version that grows takes keys from older ones only, and keeps all that it has.
    """

    def __init__(self, model: str, route: Route) -> None:
        """Lay out the shares of a route of a model."""
        self._model = model
        self._total = sum(route.weights.values())
        self.versions = route.serving
        self._ends = np.cumsum([route.weights[version] for version in self.versions])

    def assign(self, keys: Sequence[str]) -> NDArray[np.intp]:
        """For each key the position in `versions` of the version that answers it."""
        points = np.array([key_point(self._model, key) for key in keys])
        return np.searchsorted(self._ends, points * self._total, side="right").astype(np.intp)
