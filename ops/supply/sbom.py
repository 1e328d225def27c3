"""`make sbom`: what the images are made of, as CycloneDX 1.6, one file an image: packages of Python, jars, models."""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import yaml
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from ops.checks.tools import HOME, PROJECT, FindingError, run
from ops.supply.locks import LOCKS, jars

OUT = HOME / "sbom"
IMAGES = {"flink": "worker-cpu.txt", "train": "train.txt"}


def main() -> int:
    """Writes the files and returns the exit status."""
    OUT.mkdir(parents=True, exist_ok=True)
    for image, lock in IMAGES.items():
        bill = python_bill(lock)
        if image == "flink":
            bill["components"] += [*jar_components(), *model_components()]
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


def jar_components() -> list[dict[str, Any]]:
    """The jars of Flink's folders: those of the locks, by the coordinates that they carry."""
    return [
        _jar_component(name, digest)
        for name, digest in sorted(jars().items())
        if not name.startswith(("kafka/", "jdbc/"))
    ]


def _jar_component(name: str, digest: str) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"jar:{name}",
        "name": Path(name).stem,
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }
    coordinates = _coordinates(HOME / "jars" / name)
    if coordinates:
        group, artifact, version = coordinates
        component |= {"group": group, "name": artifact, "version": version}
        component["purl"] = f"pkg:maven/{group}/{artifact}@{version}?type=jar"
    return component


def _coordinates(jar: Path) -> tuple[str, str, str] | None:
    """Group, artifact and version of a jar; a jar that holds others has their descriptors too: the one of its name."""
    with zipfile.ZipFile(jar) as archive:
        for entry in archive.namelist():
            if entry.endswith("/pom.properties"):
                lines = archive.read(entry).decode().splitlines()
                values = dict(line.split("=", 1) for line in lines if "=" in line)
                if jar.name.startswith(f"{values['artifactId']}-{values['version']}"):
                    return values["groupId"], values["artifactId"], values["version"]
    return None


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
