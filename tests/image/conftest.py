"""The image of the Dockerfile, its containers, and a Kafka and Redis beside them: in a network of their own.

`make test-image` runs this as root in namespaces for mounts and network; nothing of it reaches the machine's.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from headrace.settings import PROJECT, Settings, settings
from headrace.stack.addresses import HOST, Addresses
from headrace.stack.kafka import kafka, prepare_kafka
from headrace.stack.process import Process
from headrace.stack.redis import prepare_redis, redis_server
from headrace.stack.secrets import password
from headrace.testing.container.__main__ import image_build
from headrace.testing.container.build import Image
from headrace.testing.container.running import Container, container
from headrace.testing.waiting import await_true

SERVICES = "image-services"
ROLES = ("jobmanager", "taskmanager", "sql-gateway")


@dataclass(frozen=True)
class Running:
    """The containers that serve, and one for commands."""

    roles: dict[str, Container]
    deploy: Container
    state: Path


@pytest.fixture(scope="session")
def image() -> Image:
    """The image of Flink, made from the Dockerfile."""
    return image_build().image("flink")


@pytest.fixture(scope="session")
def loopback() -> None:
    """The loopback interface of this network, which is down when it is new.

    Raises:
        AssertionError: this is the machine's own network.
    """
    links = subprocess.run(["ip", "-brief", "link"], capture_output=True, text=True, check=True).stdout.splitlines()
    assert [line.split()[0] for line in links] == ["lo"], "not in a network of its own: run `make test-image`"
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


@pytest.fixture(scope="session")
def services(loopback: None) -> Iterator[Settings]:
    """Kafka and Redis, as the local stack has them."""
    own = Settings(stack_name=SERVICES)
    shutil.rmtree(own.stack, ignore_errors=True)
    addresses = Addresses(
        kafka=9092, kafka_controller=9093, redis=6379, flink_rest=8081, flink_rpc=6123, flink_blob=6124,
        sql_gateway=8083, supervisor=9001,
    )  # fmt: skip
    for folder in ("tmp", "log"):
        (own.stack / folder).mkdir(parents=True)
    prepare_kafka(own, addresses)
    prepare_redis(own, addresses)
    with ExitStack() as started:
        for process in (kafka(own, addresses), redis_server(own, addresses)):
            started.enter_context(served(process, own.stack / "log" / f"{process.name}.log"))
        yield own


@pytest.fixture(scope="session")
def running(image: Image, services: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """JobManager, TaskManager and SQL gateway in a container each, healthy by the image's own check."""
    state, secrets = tmp_path_factory.mktemp("state"), tmp_path_factory.mktemp("secrets")
    secrets.chmod(0o755)
    (secrets / "redis-password").write_text(password(services, "redis"))
    (secrets / "redis-password").chmod(0o444)
    home = settings().home / "image"
    variables = {"HEADRACE_KAFKA_BOOTSTRAP_SERVERS": f"{HOST}:9092", "HEADRACE_REDIS_URL": f"redis://{HOST}:6379/0"}
    own = {
        # Containers with one network in common cannot have the same port for their metrics.
        "jobmanager": {"FLINK_PROPERTIES": "metrics.reporter.prom.port: 9250"},
        # One TaskManager for all jobs and a query.
        "taskmanager": {"FLINK_PROPERTIES": "taskmanager.numberOfTaskSlots: 6\ntaskmanager.memory.process.size: 2600m"},
    }
    with ExitStack() as opened:
        made = {
            name: opened.enter_context(
                container(name, image, home, state, secrets, ROLES, **variables, **own.get(name, {}))
            )
            for name in (*ROLES, "deploy")
        }
        processes = {name: opened.enter_context(made[name].running(image, [name])) for name in ROLES}
        for name, process in processes.items():
            await_healthy(made[name], process, image)
        yield Running({name: made[name] for name in ROLES}, made["deploy"], state)


def await_healthy(found: Container, process: subprocess.Popen[bytes], image: Image) -> None:
    """Waits until the image's health check is content, or the container has ended."""

    def check() -> subprocess.CompletedProcess[str]:
        return found.run(image.health_check)

    with contextlib.suppress(AssertionError):  # what is wrong is said below
        await_true(lambda: process.poll() is not None or check().returncode == 0, seconds=240, every=2)
    if process.poll() is not None or (last := check()).returncode:
        tail = "\n".join(found.log.read_text(errors="replace").splitlines()[-40:])
        said = f"ended with {process.returncode}" if process.returncode is not None else last.stderr
        raise AssertionError(f"{found.name} is not healthy: {said}\n{tail}")


class served:  # noqa: N801  (used as a context)
    """A process of the local stack, started and ended."""

    def __init__(self, process: Process, log: Path) -> None:
        self._process = process
        self._log = log

    def __enter__(self) -> None:
        with self._log.open("wb") as out:
            self._running = subprocess.Popen(
                self._process.command,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=PROJECT,
                env=self._process.environment or None,
            )
        await_true(self._answers, seconds=60)

    def __exit__(self, *_: object) -> None:
        self._running.terminate()
        self._running.wait(60)

    def _answers(self) -> bool:
        try:
            return self._process.is_ready()
        except Exception:  # not there yet, whichever way its client says it
            return False
