"""route.yaml: which versions of a model serve, with what weights."""

from __future__ import annotations

from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from headrace.inference.errors import RouteError

ROUTE_FILE = "route.yaml"


class Route(BaseModel):
    """The content of route.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: dict[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=0)]] = Field(
        description="Version to weight; a version of weight 0 stands by"
    )

    @field_validator("weights")
    @classmethod
    def _exactly_one_serves(cls, weights: dict[int, int]) -> dict[int, int]:
        serving = [version for version, weight in weights.items() if weight > 0]
        if len(serving) != 1:
            raise ValueError(f"exactly one version must have a weight above 0, not {serving}")
        return weights

    @property
    def version(self) -> int:
        """The version that serves."""
        return next(version for version, weight in self.weights.items() if weight > 0)


def parse_route(content: bytes, place: str) -> Route:
    """Check the content of a route.

    Args:
        content: YAML in UTF-8.
        place: what error messages call it, usually its path or URL.

    Raises:
        RouteError: the content does not say which version serves.
    """
    try:
        return Route.model_validate(yaml.safe_load(content.decode("utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError, ValidationError) as error:
        raise RouteError(
            f"{place}: does not say which version serves: {error}. Write `weights: {{1: 100}}` for version 1."
        ) from error
