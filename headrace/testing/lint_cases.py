"""Cases of the linter's rules: small projects in one file each, and what is found in them.

`tests/lint/<rule>/pass/<case>.sql` must have no finding. `fail/<case>.sql` has the findings of `fail/<case>.txt`, and
is after `--fix` as `fixed/<case>.sql` says, if there is one. A case is `tests/lint/project/` with some files exchanged:
`-- file: <path>` heads each of them; without a heading a case is `sql/comments/item_sentiment.sql`.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path("tests") / "lint"
_HEADING = re.compile(r"^-- file: (.+)\n", re.MULTILINE)
_DEFAULT = "sql/comments/item_sentiment.sql"


@dataclass(frozen=True)
class LintCase:
    """One case.

    Attributes:
        rule: name of the rule it is about.
        name: its file's name.
        fails: whether the rule has to find something.
        path: its file.
    """

    rule: str
    name: str
    fails: bool
    path: Path

    @property
    def files(self) -> dict[str, str]:
        """The exchanged files, by path."""
        return sections(self.path.read_text(encoding="utf-8"))

    @property
    def expected(self) -> str:
        """The findings, a line each; empty for a case that passes."""
        return self.path.with_suffix(".txt").read_text(encoding="utf-8") if self.fails else ""

    @property
    def fixed(self) -> Path:
        """The file that holds the case as it is after `--fix`; need not exist."""
        return self.path.parent.parent / "fixed" / self.path.name

    def write(self, folder: Path) -> Path:
        """Writes the project of the case into a new folder, and returns that."""
        root = folder / "project"
        shutil.copytree(self.path.parents[2] / "project", root)
        for name, text in self.files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return root


def sections(text: str) -> dict[str, str]:
    """The files of a case's text, by path."""
    parts = _HEADING.split(text)
    if len(parts) == 1:
        return {_DEFAULT: text}
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def read_lint_cases(project: Path) -> list[LintCase]:
    """All cases of a project's `tests/lint/`."""
    return [
        LintCase(path.parents[1].name.replace("_", "-"), path.stem, path.parent.name == "fail", path)
        for kind in ("fail", "pass")
        for path in sorted((project / FOLDER).glob(f"*/{kind}/*.sql"))
    ]
