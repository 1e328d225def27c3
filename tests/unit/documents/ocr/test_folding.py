"""Folding: the program computes the same with fewer operators; what is no program is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from headrace.documents.ocr.folding import fold
from headrace.inference.engine import Engine
from headrace.inference.predictor import PaddlePredictor
from headrace.settings import PROJECT

VERSION = PROJECT / "models" / "ocr" / "1"
ENGINE = Engine(onednn=True, old_representation=True, frees_memory=True)


@pytest.mark.parametrize(("program", "shape"), [("recognition", (2, 3, 48, 160)), ("detection", (1, 3, 192, 288))])
def test_a_folded_program_computes_the_same_with_two_thirds_of_the_operators(
    program: str, shape: tuple[int, ...]
) -> None:
    files = VERSION / program / "inference.pdmodel", VERSION / program / "inference.pdiparams"
    folded = fold(*files)
    image = np.random.default_rng(3).standard_normal(shape).astype(np.float32)
    expected = PaddlePredictor(*files, ENGINE).run([image])
    np.testing.assert_allclose(PaddlePredictor(*files, ENGINE, folded).run([image]), expected, atol=2e-5)
    assert operators(folded.program) <= operators(files[0].read_bytes()) * 3 // 4
    assert len(folded.parameters) == files[1].stat().st_size


def operators(program: bytes) -> int:
    from paddle.base.proto import framework_pb2

    return len(framework_pb2.ProgramDesc.FromString(program).blocks[0].ops)


@pytest.mark.parametrize("content", [b"no program", b""])
def test_what_is_no_program_is_refused(tmp_path: Path, content: bytes) -> None:
    files = tmp_path / "inference.pdmodel", tmp_path / "inference.pdiparams"
    for file in files:
        file.write_bytes(content)
    with pytest.raises(ValueError, match="program"):
        fold(*files)
