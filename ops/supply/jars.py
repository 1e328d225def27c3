"""The jars of the Flink image, as CycloneDX components: those that are copied, and what our own one has inside."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from ops.checks.tools import HOME, PROJECT, FindingError, run
from ops.supply.locks import jars

POM = PROJECT / "flink" / "jars" / "pom.xml"
NAMESPACE = "{http://maven.apache.org/POM/4.0.0}"
CYCLONEDX = "org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeBom"
# The local stack's broker, and a client's driver: in no image.
NOT_SHIPPED = ("kafka/", "jdbc/")
# Flink brings it: flink/pom.xml leaves it out of our jar.
NOT_BUNDLED = "org.slf4j"


def copied_components() -> Iterator[dict[str, Any]]:
    """The jars that locks/jars.sha256 names and an image has.

    Raises:
        FindingError: flink/jars/pom.xml does not name one.
    """
    known = coordinates()
    for name, digest in sorted(jars().items()):
        if name.startswith(NOT_SHIPPED):
            continue
        if Path(name).name not in known:
            raise FindingError(f"flink/jars/pom.xml: {name}: no artifactItem makes it; locks/jars.sha256 has it")
        group, artifact, version = known[Path(name).name]
        yield {
            "type": "library",
            "bom-ref": f"jar:{name}",
            "group": group,
            "name": artifact,
            "version": version,
            "hashes": [{"alg": "SHA-256", "content": digest}],
            "purl": f"pkg:maven/{group}/{artifact}@{version}?type=jar",
        }


def coordinates() -> dict[str, tuple[str, str, str]]:
    """Group, artifact and version of each jar that flink/jars/pom.xml copies, by its file's name."""
    pom = ElementTree.parse(POM).getroot()  # noqa: S314  (our own file)
    properties = {one.tag.removeprefix(NAMESPACE): one.text or "" for one in pom.iterfind(f"{NAMESPACE}properties/*")}
    found = {}
    for item in pom.iter(f"{NAMESPACE}artifactItem"):
        group, artifact, version = (
            re.sub(r"\$\{(.+?)\}", lambda name: properties[name[1]], item.findtext(f"{NAMESPACE}{part}", ""))
            for part in ("groupId", "artifactId", "version")
        )
        found[f"{artifact}-{version}.jar"] = (group, artifact, version)
    return found


def bundled_components() -> list[dict[str, Any]]:
    """The libraries inside of headrace-flink.jar, as Maven resolves them."""
    with tempfile.TemporaryDirectory(dir=HOME) as folder:
        run(
            *("mvn", "--batch-mode", "--quiet", "--strict-checksums", f"-Dheadrace.home={HOME}"),
            *("--file", PROJECT / "flink" / "pom.xml", CYCLONEDX, "-DschemaVersion=1.6", "-DoutputFormat=json"),
            *("-DincludeProvidedScope=false", "-DincludeTestScope=false"),
            *(f"-DoutputDirectory={folder}", "-DoutputName=plugin"),
        )
        bill = json.loads((Path(folder) / "plugin.json").read_text())
    return [one for one in bill["components"] if one["group"] != NOT_BUNDLED]
