"""route.yaml: which versions of a model serve, with what weights, and which ones compute in their shadow."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from headrace.inference.errors import RouteError

ROUTE_FILE = "route.yaml"

Version = Annotated[int, Field(ge=1)]
Weight = Annotated[int, Field(ge=0)]


class Route(BaseModel):
    """The content of route.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: dict[Version, Weight] = Field(
        description="Version to weight: its share is its weight over the sum; one of weight 0 does not serve"
    )
    shadow: tuple[Version, ...] = Field(
        (), description="Versions that compute on the same texts; their results are counted, never used"
    )

    @field_validator("weights")
    @classmethod
    def _one_serves(cls, weights: dict[int, int]) -> dict[int, int]:
        if not any(weights.values()):
            raise ValueError("no version has a weight above 0")
        return weights

    @model_validator(mode="after")
    def _shadows_do_not_serve(self) -> Route:
        for version in self.shadow:
            if version in self.serving:
                raise ValueError(f"version {version} has a weight already; it cannot be its own shadow")
        if len(set(self.shadow)) != len(self.shadow):
            raise ValueError(f"shadow names a version twice: {list(self.shadow)}")
        return self

    @property
    def serving(self) -> tuple[int, ...]:
        """The versions that serve, in descending order."""
        return tuple(sorted((version for version, weight in self.weights.items() if weight > 0), reverse=True))

    @property
    def versions(self) -> tuple[int, ...]:
        """The versions that compute: those that serve, then the shadows."""
        return (*self.serving, *self.shadow)

    @property
    def version(self) -> int:
        """The version that serves most; of several the latest."""
        return max(self.serving, key=lambda version: (self.weights[version], version))

    def share(self, version: int) -> float:
        """The share of a version, 0 to 1."""
        return self.weights.get(version, 0) / sum(self.weights.values())

    def without(self, versions: Collection[int]) -> Route | None:
        """The route of the other versions, in the same proportions; None if none of those serves."""
        weights = {version: weight for version, weight in self.weights.items() if version not in versions}
        shadow = tuple(version for version in self.shadow if version not in versions)
        return Route(weights=weights, shadow=shadow) if any(weights.values()) else None

    def __str__(self) -> str:
        """`2: 20 %, 1: 80 %, shadow 3`."""
        shares = ", ".join(f"{version}: {100 * self.share(version):.4g} %" for version in self.serving)
        return f"{shares}, shadow {', '.join(map(str, self.shadow))}" if self.shadow else shares


def parse_route(content: bytes | str, place: str) -> Route:
    """The route that a file's content says.

    Args:
        content: YAML; bytes are UTF-8.
        place: what error messages call it, usually its path or URL.

    Raises:
        RouteError: the content does not say which version serves.
    """
    try:
        return Route.model_validate(yaml.safe_load(content))
    except (yaml.YAMLError, UnicodeDecodeError, ValidationError) as error:
        raise RouteError(
            f"{place}: does not say which version serves: {error}. Write `weights: {{1: 100}}` for version 1."
        ) from error
