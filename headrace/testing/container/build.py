"""Follows a Dockerfile line by line: each COPY and RUN makes a layer, kept until its line or what it copies changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from headrace.errors import StackError
from headrace.testing.container.context import BuildContext
from headrace.testing.container.debian import make_debian, registry_environment
from headrace.testing.container.dockerfile import (
    Dockerfile,
    DockerfileError,
    Instruction,
    Stage,
    argument,
    expand,
    read_dockerfile,
)
from headrace.testing.container.mounts import Inside, bound, overlay

Say = Callable[[str], None]
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Image:
    """What a stage has made.

    Attributes:
        layers: folders, the lowest first.
        digest: of all that made it.
        environment, user, folder, entry_point, command, health_check, labels, volumes: as the Dockerfile says.
    """

    layers: tuple[Path, ...]
    digest: str
    environment: Mapping[str, str] = field(default_factory=lambda: {"PATH": PATH})
    user: str = ""
    folder: str = "/"
    entry_point: tuple[str, ...] = ()
    command: tuple[str, ...] = ()
    health_check: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    volumes: tuple[str, ...] = ()

    def inside(self, root: Path, **environment: str) -> Inside:
        """How a process of this image runs in a root that is made of its layers."""
        return Inside(root, {**self.environment, **environment}, self.user, self.folder)


class ImageBuild:
    """The images of one Dockerfile."""

    def __init__(self, project: Path, home: Path, arguments: Mapping[str, str], say: Say) -> None:
        """Read the project's Dockerfile; keep layers in `home`."""
        self._file: Dockerfile = read_dockerfile((project / "Dockerfile").read_text(), arguments)
        self._context = BuildContext(project)
        self._arguments = dict(arguments)
        self._home = home
        self._layers = home / "layers"
        self._say = say
        self._images: dict[str, Image] = {}
        self._layers.mkdir(parents=True, exist_ok=True)

    @property
    def stages(self) -> list[str]:
        """The names of all stages."""
        return list(self._file.stages)

    def image(self, name: str) -> Image:
        """Makes a stage, and those that it needs.

        Raises:
            DockerfileError: a line cannot be followed.
            StackError: a line's command failed.
        """
        if name not in self._images:
            self._images[name] = self._follow(self._file.stages[name])
        return self._images[name]

    def forget_unused(self) -> None:
        """Removes layers that no image of this build has."""
        used = {layer for image in self._images.values() for layer in image.layers}
        for layer in self._layers.iterdir():
            if layer not in used:
                shutil.rmtree(layer)

    def _follow(self, stage: Stage) -> Image:
        image = self._base(stage)
        arguments: dict[str, str] = {}
        for line in stage.instructions:
            variables = {**arguments, **image.environment}
            match line.name:
                case "ARG":
                    arguments.update(argument(line, self._arguments, self._file.arguments))
                case "COPY":
                    image = self._copy(line, image, variables)
                case "RUN":
                    image = self._run(line, image, {**image.environment, **arguments})
                case _:
                    image = _configured(line, image, variables)
        return image

    def _base(self, stage: Stage) -> Image:
        if stage.base in self._file.stages:
            return self.image(stage.base)
        name, _, tag = stage.base.partition("@")[0].partition(":")
        if name != "debian" or not tag:
            raise DockerfileError(f"{stage.place}: FROM {stage.base}: only Debian can be made without a registry.")
        suite = tag.split("-")[0]
        layer = self._layers / f"debian-{suite}"
        if not layer.exists():
            started = time.monotonic()
            make_debian(layer, suite)
            self._say(f"{stage.place}: FROM {stage.base}: {_size(layer)}, {time.monotonic() - started:.0f} s")
        return Image((layer,), suite)

    def _copy(self, line: Instruction, image: Image, variables: Mapping[str, str]) -> Image:
        *sources, target = (expand(word, variables, line.place) for word in line.words())
        origins = line.values("from")
        if origins:
            content = self.image(origins[0]).digest
        else:
            content = " ".join(self._context.digest(source) for source in sources)

        def copy(root: Path) -> None:
            place = root / os.path.normpath(f"{image.folder}/{target}" if target[0] != "/" else target).lstrip("/")
            if origins:
                self._copy_from(line, origins[0], sources, place, target)
            else:
                self._copy_context(sources, place, target)

        return self._layer(line, image, f"{sources} {target} {content}", copy)

    def _copy_context(self, sources: list[str], place: Path, target: str) -> None:
        for source in sources:
            is_file = (self._context.root / source).is_file()
            if is_file and len(sources) > 1 and not target.endswith("/"):
                raise DockerfileError(f"COPY {' '.join(sources)} {target}: write {target}/ for several files.")
            for file, path in self._context.files(source):
                to = place / path if target.endswith("/") or not is_file else place
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, to)

    def _copy_from(self, line: Instruction, origin: str, sources: list[str], place: Path, target: str) -> None:
        [source] = sources
        with overlay(self.image(origin).layers, self._home / "origin") as root:
            found = root / source.lstrip("/")
            if found.is_dir():
                place.mkdir(parents=True, exist_ok=True)
                command = ["cp", "--archive", f"{found}/.", str(place)]
            elif target.endswith("/"):
                place.mkdir(parents=True, exist_ok=True)
                command = ["cp", "--archive", str(found), f"{place}/"]
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                command = ["cp", "--archive", str(found), str(place)]
            _succeed(line, command)

    def _run(self, line: Instruction, image: Image, environment: Mapping[str, str]) -> Image:
        caches = [_cache(line, mount) for mount in line.values("mount")]
        command = ["/bin/sh", "-c", line.text]

        def run(root: Path) -> None:
            with ExitStack() as mounted:
                for name in ("resolv.conf", "hosts"):
                    mounted.enter_context(bound(Path("/etc") / name, root / "etc" / name))
                for cache in caches:
                    # The package caches of who runs this: what is there is not fetched again.
                    own = Path.home() / Path(cache).relative_to("/root")
                    own.mkdir(parents=True, exist_ok=True)
                    target = root / cache.lstrip("/")
                    target.mkdir(parents=True, exist_ok=True)
                    mounted.enter_context(bound(own, target, is_writable=True))
                inside = Inside(root, {**registry_environment(), **environment}, image.user, image.folder)
                _succeed(line, inside.command(command))

        return self._layer(line, image, f"{line.text} {sorted(environment.items())}", run)

    def _layer(self, line: Instruction, image: Image, made_from: str, make: Callable[[Path], None]) -> Image:
        digest = hashlib.sha256(f"{image.digest}\n{line.name}\n{image.folder}\n{made_from}".encode()).hexdigest()[:16]
        layer = self._layers / digest
        if not layer.exists():
            part, work = self._layers / f"{digest}.part", self._home / "work"
            for folder in (part, work):
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
            started = time.monotonic()
            with overlay(image.layers, self._home / "root", part, work) as root:
                make(root)
            part.rename(layer)
            said = f"{line.place}: {line.name} {line.text}"[:100]
            self._say(f"{said}: {_size(layer)}, {time.monotonic() - started:.0f} s")
        return replace(image, layers=(*image.layers, layer), digest=digest)


def _configured(line: Instruction, image: Image, variables: Mapping[str, str]) -> Image:
    """What an instruction that makes no layer changes."""
    text = expand(line.text, variables, line.place) if line.name in {"USER", "VOLUME", "WORKDIR"} else line.text
    match line.name:
        case "ENV":
            return replace(image, environment={**image.environment, **line.pairs(variables)})
        case "LABEL":
            return replace(image, labels={**image.labels, **line.pairs(variables)})
        case "USER":
            return replace(image, user=text)
        case "WORKDIR":
            return replace(image, folder=text)
        case "VOLUME":
            return replace(image, volumes=(*image.volumes, *text.split()))
        case "ENTRYPOINT":
            return replace(image, entry_point=tuple(line.exec_form()), command=())
        case "CMD":
            return replace(image, command=tuple(line.exec_form()))
        case "HEALTHCHECK":
            check = replace(line, text=line.text.removeprefix("CMD").strip())
            return replace(image, health_check=tuple(check.exec_form()))
        case "EXPOSE":
            return image  # documentation: it opens nothing
        case _:
            raise DockerfileError(f"{line.place}: {line.name}: not followed here.")


def _cache(line: Instruction, mount: str) -> str:
    """The target of a cache mount below /root; other mounts are refused."""
    options = dict(option.partition("=")[::2] for option in mount.split(","))
    if options.keys() != {"type", "target"} or options["type"] != "cache" or not options["target"].startswith("/root/"):
        raise DockerfileError(f"{line.place}: RUN --mount={mount}: only type=cache,target=/root/… is known here.")
    return options["target"]


def _succeed(line: Instruction, command: list[str]) -> None:
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if result.returncode:
        tail = "\n".join(result.stdout.splitlines()[-40:])
        raise StackError(f"{line.place}: {line.name} {line.text}: exit status {result.returncode}:\n{tail}")


def _size(layer: Path) -> str:
    """A layer's size on disk."""
    return f"{layer_bytes(layer) / 1e6:.0f} MB"


def layer_bytes(layer: Path) -> int:
    """The bytes of a layer's files."""
    found = subprocess.run(["du", "--summarize", "--bytes", str(layer)], capture_output=True, text=True, check=True)
    return int(found.stdout.split()[0])
