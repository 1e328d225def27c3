"""`make sbom`: what the images are made of, as CycloneDX 1.6, one file an image: packages of Python, jars, models."""

from __future__ import annotations

import hashlib
import json
import sys
from typing import Any

import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from ops.checks.tools import HOME, PROJECT, FindingError, run
from ops.supply.jars import bundled_components, copied_components
from ops.supply.locks import LOCKS

OUT = HOME / "sbom"
IMAGES = {"flink": "worker-cpu.txt", "train": "train.txt"}


def main() -> int:
    """Writes the files and returns the exit status."""
    OUT.mkdir(parents=True, exist_ok=True)
    for image, lock in IMAGES.items():
        bill = python_bill(lock)
        if image == "flink":
            bill["components"] += [*copied_components(), *bundled_components(), *model_components()]
        text = json.dumps(bill, indent=2, ensure_ascii=False) + "\n"
        error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
        if error:
            print(FindingError(f"{image}: not CycloneDX: {error}"), file=sys.stderr)
            return 1
        file = OUT / f"{image}.cdx.json"
        file.write_text(text)
        print(f"sbom: {file}: {len(bill['components'])} components")
    return 0


def python_bill(lock: str) -> dict[str, Any]:
    """The packages of a lock, with the project as what they make."""
    arguments = ("--pyproject", "pyproject.toml", "--spec-version", "1.6", "--output-reproducible", "--of", "JSON")
    return dict(json.loads(run("cyclonedx-py", "requirements", *arguments, LOCKS / lock)))


def model_components() -> list[dict[str, Any]]:
    """The models: each version that the repository holds."""
    found = []
    for manifest in sorted((PROJECT / "models").glob("*/*/manifest.yaml")):
        content = yaml.safe_load(manifest.read_text())
        name, version = manifest.parts[-3:-1]
        found.append(
            {
                "type": "machine-learning-model",
                "bom-ref": f"model:{name}:{version}",
                "name": str(content.get("name", name)),
                "version": version,
                "hashes": [{"alg": "SHA-256", "content": hashlib.sha256(manifest.read_bytes()).hexdigest()}],
            }
        )
    return found


if __name__ == "__main__":
    sys.exit(main())
