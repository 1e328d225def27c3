""".github/workflows/: by actionlint and the forge's schema; each action by a version that stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ops.checks.tools import PROJECT, FindingError, relative, run


def check() -> Iterator[FindingError]:
    """Yields what is not as it must be."""
    files = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
    if not files:
        yield FindingError(".github/workflows: no workflow")
    run("actionlint", *files)
    run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *files)
    for file in files:
        for number, line in enumerate(file.read_text().splitlines(), start=1):
            uses = re.match(r"^\s*-?\s*uses:\s*(\S+)", line)
            if uses and not re.search(r"@[0-9a-f]{40}$", uses.group(1)):
                yield FindingError(
                    f"{relative(file)}:{number}: {uses.group(1)}: name a commit, and its version in a comment"
                )
