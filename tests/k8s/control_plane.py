"""Kubernetes without nodes: etcd, the API server and the controllers, on the loopback interface.

It admits, defaults, refuses and warns as a cluster does, and makes pods of deployments; no pod is ever started.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from headrace.stack.addresses import HOST
from headrace.testing.ports import free_ports
from headrace.testing.waiting import await_true
from ops.checks.tools import BIN

PROGRAMS = ("etcd", "kube-apiserver", "kube-controller-manager", "kubectl")
TOKEN = "of-this-run-alone"  # the API server listens on the loopback interface
START_SECONDS = 120


class KubectlError(Exception):
    """kubectl ended with another exit status than 0; the message is what it said."""


@dataclass(frozen=True)
class ControlPlane:
    """A running control plane.

    Attributes:
        kubeconfig: file for kubectl, with all rights.
    """

    kubeconfig: Path

    @property
    def environment(self) -> dict[str, str]:
        """Variables with which any script's `kubectl` is ours and speaks to this cluster."""
        return {**os.environ, "KUBECONFIG": str(self.kubeconfig), "PATH": f"{BIN}:{os.environ['PATH']}"}

    def run(self, *words: str | Path, content: str | None = None) -> subprocess.CompletedProcess[str]:
        """Runs kubectl, whatever comes of it."""
        return subprocess.run(
            [str(BIN / "kubectl"), *map(str, words)],
            env=self.environment,
            input=content,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def kubectl(self, *words: str | Path, content: str | None = None) -> str:
        """Runs kubectl.

        Returns:
            What it printed.

        Raises:
            KubectlError: it failed, or warned.
        """
        result = self.run(*words, content=content)
        if result.returncode or "Warning" in result.stderr:
            raise KubectlError(f"kubectl {' '.join(map(str, words))}:\n{result.stdout}{result.stderr}".rstrip())
        return result.stdout

    def get(self, *words: str) -> Any:
        """What `kubectl get` finds, read."""
        return json.loads(self.kubectl("get", *words, "--output=json"))

    def apply(self, *objects: dict[str, Any]) -> None:
        """Applies objects on the server's side.

        Raises:
            KubectlError: one is refused, or draws a warning.
        """
        content = json.dumps({"apiVersion": "v1", "kind": "List", "items": objects})
        self.kubectl("apply", "--server-side", "--filename=-", content=content)


@contextlib.contextmanager
def control_plane(folder: Path) -> Iterator[ControlPlane]:
    """Starts a control plane; at the end it is gone.

    Args:
        folder: for its files and logs.

    Raises:
        AssertionError: it does not start in time; its logs are in the folder.
    """
    etcd, etcd_peers, api = free_ports(3)
    key = folder / "service-accounts.key"
    subprocess.run(["openssl", "genrsa", "-out", key, "2048"], check=True, capture_output=True)
    (folder / "tokens.csv").write_text(f"{TOKEN},tests,tests,system:masters\n")
    cluster = ControlPlane(_write_kubeconfig(folder, api))
    etcd_url, peers_url = f"http://{HOST}:{etcd}", f"http://{HOST}:{etcd_peers}"
    with contextlib.ExitStack() as stack:
        stack.enter_context(
            _program(folder, "etcd", f"--data-dir={folder / 'etcd'}", "--unsafe-no-fsync", "--name=default",
                     f"--listen-client-urls={etcd_url}", f"--advertise-client-urls={etcd_url}",
                     f"--listen-peer-urls={peers_url}", f"--initial-advertise-peer-urls={peers_url}",
                     f"--initial-cluster=default={peers_url}")
        )  # fmt: skip
        stack.enter_context(
            _program(folder, "kube-apiserver", f"--etcd-servers={etcd_url}", f"--cert-dir={folder}",
                     f"--bind-address={HOST}", f"--advertise-address={HOST}", f"--secure-port={api}",
                     "--endpoint-reconciler-type=none", "--service-cluster-ip-range=10.96.0.0/16",
                     "--authorization-mode=RBAC", f"--token-auth-file={folder / 'tokens.csv'}",
                     "--service-account-issuer=https://kubernetes.default.svc",
                     f"--service-account-key-file={key}", f"--service-account-signing-key-file={key}")
        )  # fmt: skip
        await_true(lambda: cluster.run("get", "--raw=/readyz").returncode == 0, START_SECONDS)
        stack.enter_context(
            _program(folder, "kube-controller-manager", f"--kubeconfig={cluster.kubeconfig}",
                     "--bind-address=" + HOST, "--secure-port=0", "--leader-elect=false",
                     f"--service-account-private-key-file={key}", "--use-service-account-credentials=false")
        )  # fmt: skip
        yield cluster


def _write_kubeconfig(folder: Path, port: int) -> Path:
    cluster = {
        "server": f"https://{HOST}:{port}",
        # The server makes it at its start, with the authority that has signed it.
        "certificate-authority": str(folder / "apiserver.crt"),
    }
    file = folder / "kubeconfig"
    content = {
        "apiVersion": "v1",
        "kind": "Config",
        "current-context": "tests",
        "clusters": [{"name": "tests", "cluster": cluster}],
        "users": [{"name": "tests", "user": {"token": TOKEN}}],
        "contexts": [{"name": "tests", "context": {"cluster": "tests", "user": "tests"}}],
    }
    file.write_text(json.dumps(content))  # YAML, too
    return file


@contextlib.contextmanager
def _program(folder: Path, name: str, *arguments: str) -> Iterator[None]:
    with (folder / f"{name}.log").open("w") as log:
        process = subprocess.Popen([BIN / name, *arguments], cwd=folder, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
