"""What a record is about, for those who look for it by field: `labels` of the Elastic Common Schema."""

from __future__ import annotations


def about(model: str, version: int | str | None = None) -> dict[str, dict[str, str]]:
    """The `extra` of a record about a model; a version that is None is left out."""
    labels = {"model": model} if version is None else {"model": model, "version": str(version)}
    return {"labels": labels}
