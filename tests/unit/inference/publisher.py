"""A publisher in a process of its own: `publisher.py <folder> <repository> [<file>]`.

It says `ready`, waits for a line, then publishes and says `published`, or why not. With the name of a file it dies in
the middle of copying that one. The version is not checked first: that is not what these tests are about, and slow.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

from headrace.inference import publish
from headrace.inference.errors import InferenceError
from headrace.inference.manifest import read_manifest
from headrace.inference.repository import ModelRepository
from headrace.inference.storage import RemoteStorage


def main(folder: Path, location: str, dies_at: str | None = None) -> None:
    """Publish, or die."""
    copyfile, create = shutil.copyfile, RemoteStorage.create

    def copy_or_die(source: Path, target: Path) -> None:
        if source.name == dies_at:
            target.write_bytes(source.read_bytes()[:10])
            os.kill(os.getpid(), signal.SIGKILL)
        copyfile(source, target)

    def create_or_die(storage: RemoteStorage, path: str, source: Path) -> None:
        if source.name == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        create(storage, path, source)

    publish.check_version = lambda folder, on_step: read_manifest(folder / "manifest.yaml")
    shutil.copyfile = copy_or_die
    RemoteStorage.create = create_or_die
    repository = ModelRepository(location)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    try:
        publish.publish_version(folder, repository)
    except InferenceError as error:
        sys.stdout.write(f"{type(error).__name__} {error}\n")
    else:
        sys.stdout.write("published\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
