"""What a build may copy: the project's files without those that .dockerignore leaves out."""

from __future__ import annotations

import fnmatch
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from headrace.testing.container.dockerfile import DockerfileError


class BuildContext:
    """The folder of a build, seen through its .dockerignore; the last rule that fits a path decides."""

    def __init__(self, root: Path) -> None:
        self.root = root
        lines = (root / ".dockerignore").read_text().splitlines()
        self._rules = [line.strip() for line in lines if line.strip() and not line.startswith("#")]

    def takes(self, path: PurePosixPath) -> bool:
        """Whether the build sees a file or folder, by its path from the root."""
        takes = True
        for rule in self._rules:
            pattern = rule.removeprefix("!")
            if any(_fits(parent, pattern) for parent in (path, *path.parents[:-1])):
                takes = rule.startswith("!")
        return takes

    def files(self, source: str) -> Iterator[tuple[Path, PurePosixPath]]:
        """The files of a COPY source, with their paths from it; from a file's own folder where it is a file.

        Raises:
            DockerfileError: the build sees no such file.
        """
        start = self.root / source
        relative = PurePosixPath(source)
        if start.is_file() and self.takes(relative):
            yield start, PurePosixPath(start.name)
            return
        found = False
        for folder, folders, names in os.walk(start):
            here = PurePosixPath(Path(folder).relative_to(self.root))
            folders[:] = sorted(name for name in folders if self.takes(here / name))
            for name in sorted(names):
                if self.takes(here / name):
                    found = True
                    yield Path(folder) / name, (here / name).relative_to(relative)
        if not found:
            raise DockerfileError(f"COPY {source}: the build sees no such file. Correct the path, or .dockerignore.")

    def digest(self, source: str) -> str:
        """Of the source's paths, modes and bytes."""
        digest = hashlib.sha256()
        for file, path in self.files(source):
            digest.update(f"{path} {file.stat().st_mode & 0o777:o} {file.stat().st_size}\n".encode())
            digest.update(file.read_bytes())
        return digest.hexdigest()


def _fits(path: PurePosixPath, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatch.fnmatchcase(path.name, pattern.removeprefix("**/"))
    if "**" in pattern:
        raise DockerfileError(f".dockerignore: {pattern}: a pattern that is not known here.")
    parts = PurePosixPath(pattern).parts
    return len(parts) == len(path.parts) and all(map(fnmatch.fnmatchcase, path.parts, parts))
