"""What an engine shows of the image."""

from __future__ import annotations

import json

from headrace.image.description import describe
from headrace.settings import PROJECT
from tests.compose.conftest import IMAGE, Compose


def test_labels_user_and_health_check(engine: Compose) -> None:
    [image] = json.loads(engine.docker("image", "inspect", IMAGE))
    labels = image["Config"]["Labels"]
    expected = describe(PROJECT)
    assert labels["org.opencontainers.image.version"] == expected.version
    assert labels["io.headrace.models"] == " ".join(
        f"{name}={'.'.join(map(str, versions))}" for name, versions in sorted(expected.models.items())
    )
    assert image["Config"]["User"] == "10001:10001"
    assert "health.py" in str(image["Config"]["Healthcheck"]["Test"])


def test_no_variable_of_the_build_machine_is_left(engine: Compose) -> None:
    [image] = json.loads(engine.docker("image", "inspect", IMAGE))
    names = {line.partition("=")[0] for line in image["Config"]["Env"]}
    assert {name for name in names if not name.startswith("HEADRACE_")} == {"PATH", "HOME", "PADDLE_PDX_CACHE_HOME"}
    history = engine.docker("history", "--no-trunc", "--format", "{{.CreatedBy}}", IMAGE).lower()
    assert [word for word in ("password", "token", "proxy", "index_url") if word in history] == []


def test_no_compiler(engine: Compose) -> None:
    script = "for p in gcc cc g++ make javac mvn pip pip3 uv git curl wget; do command -v $p; done; true"
    assert engine.docker("run", "--rm", "--entrypoint", "sh", IMAGE, "-c", script) == ""


def test_a_tmp_that_may_not_run_libraries_is_refused(engine: Compose) -> None:
    # Docker mounts it noexec, unless it is told otherwise.
    in_memory = ("--read-only", "--tmpfs", "/tmp:mode=1777")  # noqa: S108  (the container's own)
    asked = engine.run("docker", "run", "--rm", *in_memory, IMAGE, "jobmanager")
    assert asked.returncode == 1
    said = asked.stdout + asked.stderr
    assert "mounted noexec" in said
    assert "--tmpfs /tmp:exec" in said
