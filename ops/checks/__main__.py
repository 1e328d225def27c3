"""`python -m ops.checks`: runs every check; exit status 1 when one finds something. None is left out in silence."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from ops.checks import compose, dockerfile, kubernetes, monitoring, workflows
from ops.checks.tools import FindingError

CHECKS: dict[str, Callable[[], Iterator[FindingError]]] = {
    "Dockerfile": dockerfile.check,
    "Compose": compose.check,
    "Kubernetes": kubernetes.check,
    "monitoring": monitoring.check,
    "CI": workflows.check,
}


def main() -> int:
    """Runs all, says what each has found, and returns the exit status."""
    failed = False
    for name, check in CHECKS.items():
        findings = _findings(check)
        for finding in findings:
            print(finding, file=sys.stderr)
        print(f"check: {name}: {f'{len(findings)} findings' if findings else 'ok'}")
        failed = failed or bool(findings)
    return 1 if failed else 0


def _findings(check: Callable[[], Iterator[FindingError]]) -> list[FindingError]:
    found = []
    try:
        for finding in check():
            found.append(finding)
    except FindingError as finding:
        found.append(finding)
    return found


if __name__ == "__main__":
    sys.exit(main())
