"""What an image is: the project's version and the models that serve in it."""

from __future__ import annotations

import re
import subprocess
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from headrace.errors import ContainerImageError
from headrace.inference.route import ROUTE_FILE, parse_route

IMAGE_FILE = "image.json"
# https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
TAG = re.compile(r"[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}")
LABELS = "org.opencontainers.image."


class ImageDescription(BaseModel):
    """What an image is built with.

    Attributes:
        version: of the project.
        models: each model's versions that serve, the latest first.
        device: what computes the models, cpu or gpu.
        revision: git's commit; empty where it is not known.
        created: when it was built, RFC 3339 in UTC; empty where it is not known.
    """

    model_config = ConfigDict(frozen=True)

    version: str
    models: dict[str, tuple[int, ...]]
    device: str = "cpu"
    revision: str = ""
    created: str = ""

    @property
    def tag(self) -> str:
        """`v0.1.0-ocr-1-sentiment-3`: versions that share a model's rows are joined by dots; a GPU's image says so.

        Raises:
            ContainerImageError: registries take no such tag.
        """
        models = [f"{name}-{'.'.join(map(str, versions))}" for name, versions in sorted(self.models.items())]
        # Local versions of Python packages have a plus sign, which tags cannot have.
        words = [f"v{self.version.replace('+', '.')}", *models, *([self.device] if self.device != "cpu" else [])]
        tag = "-".join(words)
        if not TAG.fullmatch(tag):
            raise ContainerImageError(
                f"{tag!r}: a registry takes at most 128 characters of A-Z a-z 0-9 _ . - as a tag. "
                "Rename the model whose name is too long, or that has other characters."
            )
        return tag

    @property
    def labels(self) -> dict[str, str]:
        """The image's labels: those of the Open Container Initiative, and `io.headrace.models`.

        https://github.com/opencontainers/image-spec/blob/main/annotations.md
        """
        models = " ".join(f"{name}={','.join(map(str, found))}" for name, found in sorted(self.models.items()))
        return {
            f"{LABELS}version": self.version,
            f"{LABELS}revision": self.revision,
            f"{LABELS}created": self.created,
            "io.headrace.models": models,
            "io.headrace.device": self.device,
        }


def describe(
    project: Path, device: str = "cpu", revision: str | None = None, created: str | None = None
) -> ImageDescription:
    """Describes the image that a project's files make.

    Args:
        project: its folder, with pyproject.toml and models/.
        device: what computes the models.
        revision: commit; by default that of git's work tree.
        created: moment; by default now.

    Raises:
        ContainerImageError: there is no project, or no model.
    """
    file = project / "pyproject.toml"
    if not file.exists():
        raise ContainerImageError(f"{file}: there is no such file. Name the project's folder with --project.")
    routes = sorted((project / "models").glob(f"*/{ROUTE_FILE}"))
    if not routes:
        raise ContainerImageError(
            f"{project / 'models'}: no model has a {ROUTE_FILE}. Publish one: headrace model publish"
        )
    return ImageDescription(
        version=tomllib.loads(file.read_text())["project"]["version"],
        models={route.parent.name: parse_route(route.read_bytes(), str(route)).serving for route in routes},
        device=device,
        revision=_commit(project) if revision is None else revision,
        created=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}" if created is None else created,
    )


def built_with(project: Path) -> ImageDescription | None:
    """What the image was built with that this process runs in; None outside of images.

    Raises:
        ContainerImageError: the image's file cannot be read.
    """
    file = project / IMAGE_FILE
    if not file.exists():
        return None
    try:
        return ImageDescription.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        raise ContainerImageError(
            f"{file}: not what an image's build writes: {error}. Build the image anew."
        ) from error


def _commit(project: Path) -> str:
    asked = ["git", "-C", str(project), "rev-parse", "HEAD"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
