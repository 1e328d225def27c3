"""One of the two programs of an OCR model, with the configuration that PaddleX keeps beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import yaml
from numpy.typing import NDArray

from headrace.documents.ocr.folding import fold
from headrace.inference.engine import Engine
from headrace.inference.errors import PredictorError
from headrace.inference.predictor import PaddlePredictor

if TYPE_CHECKING:
    from headrace.settings import ModelSettings

OLD_FORMAT = ".pdmodel"
"""Programs of Paddle before 3 are kept so."""


class ProgramFiles(Protocol):
    """Where a program's files stand in the folder of its version; `OcrManifest` has one for each program."""

    @property
    def model(self) -> str:
        """The program: inference.pdmodel, or inference.json of Paddle 3."""

    @property
    def parameters(self) -> str:
        """The weights."""

    @property
    def configuration(self) -> str:
        """inference.yml."""


@dataclass(frozen=True)
class OcrProgram:
    """A program, ready to run, and its configuration as PaddleX reads it."""

    predictor: PaddlePredictor
    configuration: dict[str, Any]

    def run(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run on images of one size: [images, channels, height, width]."""
        return self.predictor.run([images])

    @property
    def post_processing(self) -> dict[str, Any]:
        """The section `PostProcess`, without its name."""
        return {key: value for key, value in self.configuration["PostProcess"].items() if key != "name"}


def load_program(
    folder: Path, files: ProgramFiles, settings: ModelSettings, kernel_shapes: int = 16, bfloat16: bool = False
) -> OcrProgram:
    """Load a program on the engine that suits its format.

    A program of the old format needs the old intermediate representation: with the new one oneDNN refuses it, and
    without oneDNN it takes three times as long. Its scalings are folded into its convolutions, which saves a third.

    Args:
        folder: of the version.
        files: of the program, in it.
        settings: device and threads.
        kernel_shapes: of so many shapes of its input oneDNN keeps prepared kernels.
        bfloat16: compute in bfloat16 where the processor can.

    Raises:
        PredictorError: Paddle does not load it, or its configuration is none.
    """
    place = folder / files.configuration
    try:
        configuration = yaml.load(place.read_bytes(), Loader=_loader())  # noqa: S506  (a safe loader)
        if not isinstance(configuration, dict) or "PostProcess" not in configuration:
            raise ValueError("it has no section PostProcess")
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise PredictorError(
            f"{place}: is no configuration of a PaddleOCR model: {error}. Fetch the model anew."
        ) from error
    is_old = Path(files.model).suffix == OLD_FORMAT
    engine = Engine(
        device=settings.model_device,
        gpu=settings.model_gpu,
        gpu_memory=settings.model_gpu_memory,
        math_threads=settings.ocr_math_threads,
        onednn=settings.model_onednn != "off",
        old_representation=is_old,
        frees_memory=True,
        kernel_shapes=kernel_shapes,
        bfloat16=bfloat16,
    )
    model, parameters = folder / files.model, folder / files.parameters
    try:
        folded = fold(model, parameters) if is_old else None
    except (OSError, ValueError) as error:
        raise PredictorError(f"{model}: Paddle does not load it: {error}. Fetch the model anew.") from error
    return OcrProgram(PaddlePredictor(model, parameters, engine, folded), configuration)


def _loader() -> Any:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
