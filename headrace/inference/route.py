"""route.yaml: which versions of a model serve, with what weights."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from headrace.inference.errors import ModelNotFoundError, RouteError

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


def read_route(path: Path) -> Route:
    """Read and check a route.

    Raises:
        ModelNotFoundError: there is no such file.
        RouteError: the file does not say which version serves.
    """
    try:
        return Route.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise ModelNotFoundError(
            f"{path}: there is no such file. Write one that says `weights: {{1: 100}}` for version 1."
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, ValidationError) as error:
        raise RouteError(
            f"{path}: does not say which version serves: {error}. Write `weights: {{1: 100}}` for version 1."
        ) from error
