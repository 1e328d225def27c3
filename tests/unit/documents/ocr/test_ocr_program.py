"""Programs of both of Paddle's formats run on inputs of many sizes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from headrace.documents.ocr.program import load_program
from headrace.inference.errors import PredictorError
from headrace.inference.ocr_manifest import OcrManifest
from headrace.inference.repository import ModelRepository
from headrace.settings import ModelSettings

CONFIGURATION = "PostProcess:\n  name: DBPostProcess\n  thresh: 0.3\n"


@dataclass(frozen=True)
class Files:
    """Of a program in a folder."""

    model: str = "inference.json"
    parameters: str = "inference.pdiparams"
    configuration: str = "inference.yml"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A convolution of Paddle 3's format, as PP-OCRv5 is kept."""
    import paddle

    folder = tmp_path_factory.mktemp("program")
    paddle.seed(7)
    layer = paddle.nn.Sequential(paddle.nn.Conv2D(3, 4, 3, padding=1), paddle.nn.Hardswish(), paddle.nn.Conv2D(4, 1, 1))
    layer.eval()
    shape = paddle.static.InputSpec([None, 3, None, None], "float32", "x")
    paddle.jit.save(layer, str(folder / "inference"), input_spec=[shape])
    (folder / "inference.yml").write_text(CONFIGURATION)
    return folder


@pytest.mark.parametrize("onednn", ["measured", "off"])
def test_a_program_of_paddle_3_runs_on_many_sizes(program: Path, onednn: str) -> None:
    loaded = load_program(program, Files(), ModelSettings(model_onednn=onednn))
    assert loaded.post_processing == {"thresh": 0.3}
    assert not loaded.predictor.engine.old_representation
    random = np.random.default_rng(7)
    for height, width in ((32, 32), (64, 96), (32, 32), (128, 32)):
        image = random.random((2, 3, height, width), dtype=np.float32)
        together = loaded.run(image)
        assert together.shape == (2, 1, height, width)
        # What one size has left behind must not reach the next one.
        assert np.allclose(together, np.concatenate([loaded.run(image[:1]), loaded.run(image[1:])]), atol=1e-5)


def test_a_program_of_the_old_format_takes_the_old_representation(manifest: OcrManifest) -> None:
    folder = ModelRepository().version_folder("ocr", 1)
    loaded = load_program(folder, manifest.detection, ModelSettings())
    assert loaded.predictor.engine.old_representation
    assert loaded.predictor.engine.onednn


@pytest.mark.parametrize("content", [None, "a: [", "Global: {}", "- 1"])
def test_a_bad_configuration_is_told(program: Path, tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "inference.yml").write_text(content)
    with pytest.raises(PredictorError, match=r"inference.yml: is no configuration of a PaddleOCR model"):
        load_program(tmp_path, Files(), ModelSettings())
