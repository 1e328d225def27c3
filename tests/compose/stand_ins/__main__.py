"""`python -m tests.compose.stand_ins`: builds them where Docker Hub cannot be reached (make test-compose STAND_INS=1).

Debian is debootstrap's; Kafka is that of Maven Central, configured by the class that configures its image, too;
Alertmanager is built from its Go module; Redis and Prometheus are Debian's, older than those of docker-compose.yml.
Grafana is in none of these places: it is left out. Their names are their own: none is ever taken for the real one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from headrace.errors import HeadraceError, StackError
from headrace.settings import PROJECT, settings
from headrace.testing.container.debian import make_debian

HERE = Path(__file__).parent
DEBIAN = "headrace-stand-in-debian"
# How this machine reaches package registries: in its Debian alone, as in that of a company's own mirror.
CONFIGURATION = ("etc/pip.conf", *(str(path)[1:] for path in Path("/etc/apt/apt.conf.d").glob("99*")))


def main() -> int:
    """Builds what is not there yet."""
    try:
        if not _command("docker", "images", "--quiet", DEBIAN):
            _debian()
        with tempfile.TemporaryDirectory(dir=settings().home) as folder:
            for name in ("kafka", "redis", "prometheus", "alertmanager"):
                context = Path(folder) / name
                shutil.copytree(HERE / name, context)
                if name == "kafka":
                    shutil.copytree(settings().home / "jars" / "kafka", context / "libs")
                if name == "alertmanager":
                    _alertmanager(context / "alertmanager")
                tag = f"headrace-stand-in-{name}"
                _command("docker", "build", "--quiet", "--build-arg", f"BASE={DEBIAN}", "--tag", tag, str(context))
                sys.stdout.write(f"stand-in: {tag}\n")
    except HeadraceError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


def _debian() -> None:
    root = settings().home / "stand-in-debian"
    shutil.rmtree(root, ignore_errors=True)
    make_debian(root, "bookworm")
    for name in CONFIGURATION:
        if Path("/", name).exists():
            shutil.copy(Path("/", name), root / name)
    (root / "etc" / "uv").mkdir()
    (root / "etc" / "uv" / "uv.toml").write_text("native-tls = true\n")
    archive = settings().home / "stand-in-debian.tar"
    _command("tar", "--directory", str(root), "--create", "--file", str(archive), ".")
    _command("docker", "import", str(archive), DEBIAN)
    archive.unlink()
    shutil.rmtree(root)
    sys.stdout.write(f"stand-in: {DEBIAN}\n")


def _alertmanager(target: Path) -> None:
    go = settings().home / "check-env" / "bin" / "go"
    variables = {"CGO_ENABLED": "0", "GOFLAGS": "-mod=readonly -trimpath -buildvcs=false", "GOTOOLCHAIN": "local"}
    module = "github.com/prometheus/alertmanager/cmd/alertmanager"
    _command(str(go), "build", "-o", str(target), module, cwd=PROJECT / "ops/checks/tools/amtool", **variables)


def _command(*words: str, cwd: Path = PROJECT, **variables: str) -> str:
    environment = {**os.environ, "DOCKER_BUILDKIT": "1", **variables}
    result = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise StackError(f"`{' '.join(words)}` ended with exit status {result.returncode}:\n{result.stderr[-2000:]}")
    return result.stdout


if __name__ == "__main__":
    sys.exit(main())
