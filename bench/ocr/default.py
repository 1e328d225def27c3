"""PaddleOCR as it comes, on the same weights: `paddleocr.PaddleOCR(…).predict(file)` in a loop.

A process a run: `python -m bench.ocr.default <file of URIs>`; the first image is not measured. The last line is JSON.

Two things differ from what PaddleOCR would do by itself. oneDNN is off: with it PaddleX cannot load programs of this
old format. The models that turn and flatten pages and lines are off: they need weights that are not here, and would
only add to the time.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from headrace.inference.manifest import ocr_manifest
from headrace.inference.repository import ModelRepository
from udf.image_function import MODEL


def run(files: list[str]) -> dict[str, float]:
    """Read the files one by one."""
    from paddleocr import PaddleOCR

    repository = ModelRepository()
    version = repository.route(MODEL).version
    manifest = ocr_manifest(repository.manifest(MODEL, version))
    folder = repository.version_folder(MODEL, version)
    ocr = PaddleOCR(
        text_detection_model_name=manifest.detection.name,
        text_detection_model_dir=str((folder / manifest.detection.model).parent),
        text_recognition_model_name=manifest.recognition.name,
        text_recognition_model_dir=str((folder / manifest.recognition.model).parent),
        use_doc_orientation_classify=False,
        use_doc_unwarping=False,
        use_textline_orientation=False,
        enable_mkldnn=False,
    )
    lines = 0
    for number, file in enumerate(files):
        if number == 1:
            seconds, core_seconds = time.perf_counter(), time.process_time()
        [result] = ocr.predict(file)
        lines += len(result["rec_texts"])
    return {
        "images": len(files) - 1,
        "seconds": time.perf_counter() - seconds,
        "core_seconds": time.process_time() - core_seconds,
        "lines_per_image": lines / len(files),
    }


def main() -> None:
    """Measure and print."""
    uris = Path(sys.argv[1]).read_text(encoding="utf-8").split()
    print(json.dumps(run([urlsplit(uri).path for uri in uris])))


if __name__ == "__main__":
    main()
