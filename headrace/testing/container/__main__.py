"""`python -m headrace.testing.container [STAGE …]`: makes the images that the Dockerfile describes, as `make image`.

Run it as root, in mounts of its own: unshare --mount --propagation private python -m headrace.testing.container
"""

from __future__ import annotations

import argparse
import sys
import time

from headrace.errors import HeadraceError
from headrace.settings import PROJECT, settings
from headrace.testing.container.build import ImageBuild, layer_bytes


def main() -> int:
    """Makes the stages and prints what each layer that was made anew, and each stage, takes on disk."""
    parser = argparse.ArgumentParser(prog="python -m headrace.testing.container", description=__doc__)
    parser.add_argument("stages", nargs="*", default=["flink"], metavar="STAGE")
    started = time.monotonic()
    try:
        build = image_build()
        for stage in parser.parse_args().stages:
            image = build.image(stage)
            total = sum(map(layer_bytes, image.layers))
            sys.stdout.write(f"image {stage}: {total / 1e6:.0f} MB, {len(image.layers)} layers\n")
        build.forget_unused()
    except HeadraceError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    sys.stdout.write(f"image: {time.monotonic() - started:.0f} s\n")
    return 0


def image_build() -> ImageBuild:
    """The build of this project's images; its layers are kept in the home folder."""

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    return ImageBuild(PROJECT, settings().home / "image", {}, say)


if __name__ == "__main__":
    sys.exit(main())
