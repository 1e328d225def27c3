"""A version of model `ocr` from other programs: draft."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from headrace.commands.model import app
from headrace.commands.model_repository import Repository, Version, steps
from headrace.commands.terminal import command, say


class LimitType(StrEnum):
    """What becomes of an image's size before lines are looked for."""

    MAX = "max"
    MIN = "min"


@command(app)
def draft(
    version: Version,
    detection: Annotated[
        str, typer.Option(help="Folder of a detection model, or its name at PaddleOCR: PP-OCRv5_mobile_det.")
    ],
    recognition: Annotated[
        str, typer.Option(help="Folder of a recognition model, or its name at PaddleOCR: PP-OCRv5_mobile_rec.")
    ],
    out: Annotated[Path, typer.Option(help="Where the version's folder is made.", file_okay=False)],
    golden: Annotated[
        list[Path] | None,
        typer.Option(
            help="Image that the version reads at each load; may be given again.",
            show_default="the golden images of the version that serves",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    limit_side_len: Annotated[int, typer.Option(help="Pixels of the side that --limit-type names.", min=32)] = 960,
    limit_type: Annotated[
        LimitType, typer.Option(help="max: scale the longer side down to it; min: the shorter side up to it.")
    ] = LimitType.MAX,
    batch_size: Annotated[int, typer.Option(help="Lines in one run of the recogniser.", min=1)] = 8,
    licence: Annotated[str, typer.Option(help="SPDX name of the weights' licence.")] = "Apache-2.0",
    notice: Annotated[
        str | None, typer.Option(help="Whose the weights are.", show_default="PaddleOCR, for its own models")
    ] = None,
    repository: Repository = None,
) -> None:
    """Put a version of model `ocr` together, from folders or from PaddleOCR's own models, and show what it reads.

    Look at the lines: they become its golden rows. `headrace model publish` then takes the folder.

    Example: headrace model draft 2 --detection PP-OCRv5_mobile_det --recognition PP-OCRv5_mobile_rec --out drafts
    """
    from headrace.documents.ocr.draft import Ingredients, make_draft
    from headrace.inference.repository import ModelRepository
    from headrace.inference.tasks import task_of

    images = golden or []
    if not images:
        used = ModelRepository(repository)
        serving = used.version_folder("ocr", used.route("ocr").version)
        images = [Path(question) for question in task_of("ocr").golden_questions(serving)]
    if notice is None:
        if Path(detection).is_dir() or Path(recognition).is_dir():
            raise typer.BadParameter("--notice: say whose the weights in a folder are, and their --licence.")
        notice = f"{detection} and {recognition} of PaddleOCR, Copyright (c) PaddlePaddle Authors"
    ingredients = Ingredients(
        detection, recognition, images, limit_side_len, limit_type.value, batch_size, licence, notice
    )
    with steps() as step:
        rows = make_draft(out / str(version), ingredients, step)
    for image, row in zip(images, rows, strict=True):
        say(f"{image}:")
        for line in row.lines:
            say(f"  {line}")
    say(f"Are these lines right? Then publish the version: headrace model publish {out / str(version)}")
