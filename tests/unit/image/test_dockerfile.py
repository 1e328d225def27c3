"""The reader of the Dockerfile: what it understands, and that it refuses the rest."""

from __future__ import annotations

import re

import pytest

from headrace.settings import PROJECT
from headrace.testing.container.dockerfile import DockerfileError, expand, read_dockerfile

SMALL = """\
# a comment
ARG DEVICE=cpu
FROM debian:bookworm-1-slim@sha256:0 AS base-cpu

FROM base-${DEVICE} AS base
ARG DEVICE
ENV A="one two" \\
    # a comment between
    B=$A
RUN --mount=type=cache,target=/root/.m2 a && \\
    b
COPY --from=base-cpu /x y/
ENTRYPOINT ["tini", "--"]
"""


def test_stages_and_instructions() -> None:
    file = read_dockerfile(SMALL, {})
    assert list(file.stages) == ["base-cpu", "base"]
    base = file.stages["base"]
    assert base.base == "base-cpu"
    assert [line.name for line in base.instructions] == ["ARG", "ENV", "RUN", "COPY", "ENTRYPOINT"]
    _, env, run, copy, entry_point = base.instructions
    assert env.pairs({"A": "1"}) == {"A": "one two", "B": "1"}
    assert (run.text, run.values("mount")) == ("a && b", ["type=cache,target=/root/.m2"])
    assert (copy.words(), copy.values("from")) == (["/x", "y/"], ["base-cpu"])
    assert entry_point.exec_form() == ["tini", "--"]
    assert run.place == "Dockerfile:10"


def test_a_build_argument_chooses_the_base() -> None:
    assert read_dockerfile(SMALL, {"DEVICE": "gpu"}).stages["base"].base == "base-gpu"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("ADD a b", "Dockerfile:2: ADD: an instruction that is not known here"),
        ("COPY --link a b", "COPY --link a b: a form that is not known"),
        ("COPY --chown=1 a b", "COPY --chown: a flag that is not known"),
        ("RUN <<EOF", "a form that is not known"),
        ("FROM debian", "write FROM <base> AS <name>"),
        ("FROM b AS a", "stage a is there twice"),
        ("RUN a \\", "the file ends in a backslash"),
    ],
)
def test_what_is_not_known_is_refused(line: str, said: str) -> None:
    with pytest.raises(DockerfileError, match=re.escape(said)):
        read_dockerfile(f"FROM x AS a\n{line}\n", {})


def test_a_variable_that_nobody_declared_is_refused() -> None:
    with pytest.raises(DockerfileError, match="Declare it: ARG NAME"):
        expand("${NAME}", {}, "Dockerfile:1")
    with pytest.raises(DockerfileError, match="there is no such variable"):
        expand("${A:-1}", {"A": "2"}, "Dockerfile:1")


def test_a_program_in_shell_form_is_refused() -> None:
    [line] = read_dockerfile("FROM x AS a\nCMD run it\n", {}).stages["a"].instructions
    with pytest.raises(DockerfileError, match='write it as \\["program"'):
        line.exec_form()


def test_the_projects_own_file() -> None:
    text = (PROJECT / "Dockerfile").read_text()
    file = read_dockerfile(text, {})
    assert list(file.stages)[-1] == "flink"
    for stage in file.stages.values():
        if stage.base not in file.stages:
            assert re.fullmatch(r"[a-z/]+:[\w.-]+(@sha256:[0-9a-f]{64})?", stage.base), stage.base
    for name in ("flink", "train"):
        last = [line for line in file.stages[name].instructions if line.name in {"USER", "RUN"}][-1]
        assert (last.name, last.text) == ("USER", "10001:10001")


def test_run_lines_call_scripts_of_the_project() -> None:
    file = read_dockerfile((PROJECT / "Dockerfile").read_text(), {})
    runs = [line for stage in file.stages.values() for line in stage.instructions if line.name == "RUN"]
    for line in runs:
        for command in " ".join(line.words()).split(" && "):
            program = next(word for word in command.split() if word != "python3.11")
            assert program == "headrace" or (PROJECT / program).is_file(), f"{line.place}: {line.text}"
