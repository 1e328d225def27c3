"""`make audit`: every lock pins all it names, and none of it has a known vulnerability.

The second asks PyPI's service, over the network. Where it does not answer, that is an error: nobody has looked.
"""

from __future__ import annotations

import sys

from ops.checks.tools import FindingError, run
from ops.supply.locks import loose_packages, packages, python_locks


def main() -> int:
    """Audits each lock and returns the exit status."""
    failed = False
    for lock in python_locks():
        findings = list(loose_packages(lock))
        try:
            # --strict: a package that could not be looked up is an error, not a line to overlook.
            run("pip-audit", "--strict", "--disable-pip", "--require-hashes", "--progress-spinner=off", "-r", lock)
        except FindingError as finding:
            findings.append(str(finding))
        for finding in findings:
            print(finding, file=sys.stderr)
        count = len(list(packages(lock)))
        print(f"audit: locks/{lock.name}: {f'{len(findings)} findings' if findings else f'ok, {count} packages'}")
        failed = failed or bool(findings)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
