"""`headrace image`: tag and labels of container images."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from headrace.commands.terminal import Json, command
from headrace.settings import PROJECT

app = typer.Typer(help="Container images: their tag, their labels, what one was built with.", no_args_is_help=True)


class Device(StrEnum):
    """What computes the models in an image."""

    CPU = "cpu"
    GPU = "gpu"


Project = Annotated[Path, typer.Option(help="Folder that holds pyproject.toml and models/.", file_okay=False)]
OfDevice = Annotated[Device, typer.Option(help="What computes the models.")]
Revision = Annotated[str | None, typer.Option(help="Commit.", show_default="that of git's work tree")]
Created = Annotated[str | None, typer.Option(help="Moment of the build, as RFC 3339 writes it.", show_default="now")]


@command(app)
def tag(project: Project = PROJECT, device: OfDevice = Device.CPU) -> None:
    """Print the tag of the image that these files make: the project's version and the models that serve.

    Two versions that share a model's rows are joined by a dot: v1.3-sentiment-4.3.
    """
    from headrace.image.description import describe

    sys.stdout.write(f"{describe(project, device).tag}\n")


@command(app)
def labels(
    project: Project = PROJECT,
    device: OfDevice = Device.CPU,
    revision: Revision = None,
    created: Created = None,
    as_json: Json = False,
) -> None:
    """Print the labels of the image that these files make, one `name=value` a line."""
    from headrace.image.description import describe

    found = describe(project, device, revision, created).labels
    lines = [f"{name}={value}" for name, value in found.items()]
    sys.stdout.write((json.dumps(found) if as_json else "\n".join(lines)) + "\n")


@command(app)
def record(
    file: Annotated[Path, typer.Argument(help="File to write.", dir_okay=False)],
    project: Project = PROJECT,
    device: OfDevice = Device.CPU,
    revision: Revision = None,
    created: Created = None,
) -> None:
    """Write what an image is built with, where `headrace status` finds it: a step of the image's build."""
    from headrace.image.description import describe

    file.write_text(describe(project, device, revision, created).model_dump_json(indent=2) + "\n")
