"""On which ports of the loopback interface the local stack listens."""

from __future__ import annotations

import socket
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from headrace.errors import StackError
from headrace.settings import Settings

HOST = "127.0.0.1"


class ClusterAddresses(BaseModel):
    """Where a stack is found that this machine does not run: in containers, on Kubernetes."""

    model_config = ConfigDict(frozen=True)

    flink_rest_url: str
    sql_gateway_url: str
    kafka_bootstrap_servers: str
    redis_url: str

    @classmethod
    def named(cls, settings: Settings) -> ClusterAddresses | None:
        """The addresses that the settings name; None where they name none: then the stack is the local one.

        Raises:
            StackError: they name only one of the two URLs of Flink.
        """
        urls = {
            "HEADRACE_FLINK_REST_URL": settings.flink_rest_url,
            "HEADRACE_SQL_GATEWAY_URL": settings.sql_gateway_url,
        }
        if not any(urls.values()):
            return None
        for name, url in urls.items():
            if not url:
                other = next(other for other in urls if other != name)
                raise StackError(
                    f"{name}: it is not set, and {other} is. Set both for a stack that is not the local one, or none."
                )
        return cls(
            flink_rest_url=settings.flink_rest_url.rstrip("/"),
            sql_gateway_url=settings.sql_gateway_url.rstrip("/"),
            kafka_bootstrap_servers=settings.kafka_bootstrap_servers,
            redis_url=settings.redis_url,
        )


class Addresses(BaseModel):
    """The ports of one run of the stack, kept in a file so that every command finds it."""

    model_config = ConfigDict(frozen=True)

    kafka: int
    kafka_controller: int
    redis: int
    flink_rest: int
    flink_rpc: int
    flink_blob: int
    sql_gateway: int
    supervisor: int
    # Not in the files of stacks that were started before there were such addresses; those must still be found.
    job_manager_metrics: int = 0
    task_manager_metrics: tuple[int, ...] = ()

    @property
    def kafka_bootstrap_servers(self) -> str:
        return f"{HOST}:{self.kafka}"

    @property
    def redis_url(self) -> str:
        return f"redis://{HOST}:{self.redis}/0"

    @property
    def flink_rest_url(self) -> str:
        return f"http://{HOST}:{self.flink_rest}"

    @property
    def sql_gateway_url(self) -> str:
        return f"http://{HOST}:{self.sql_gateway}"

    @property
    def metrics_urls(self) -> dict[str, str]:
        """Where each process of Flink shows its metrics to Prometheus."""
        ports = {"jobmanager": self.job_manager_metrics}
        ports |= {f"taskmanager-{number}": port for number, port in enumerate(self.task_manager_metrics, start=1)}
        return {name: f"http://{HOST}:{port}/metrics" for name, port in ports.items()}

    @classmethod
    def file(cls, settings: Settings) -> Path:
        return settings.stack / "addresses.json"

    @classmethod
    def load(cls, settings: Settings) -> Addresses | None:
        """The addresses of the stack that runs, or ran last; None before the first."""
        file = cls.file(settings)
        return cls.model_validate_json(file.read_text()) if file.exists() else None

    def save(self, settings: Settings) -> None:
        file = self.file(settings)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(self.model_dump_json(indent=2) + "\n")

    @classmethod
    def choose(cls, settings: Settings) -> Addresses:
        """Free ports: those that were asked for, else the usual ones, else the next free ones.

        Raises:
            StackError: a port that was asked for by name is taken, or asked for twice.
        """
        named = {
            "HEADRACE_KAFKA_PORT": settings.kafka_port,
            "HEADRACE_REDIS_PORT": settings.redis_port,
            "HEADRACE_FLINK_REST_PORT": settings.flink_rest_port,
            "HEADRACE_SQL_GATEWAY_PORT": settings.sql_gateway_port,
        }
        # First those that were asked for, so that none of the others takes one of them.
        taken: dict[int, str] = {}
        for variable, wanted in named.items():
            if wanted in taken:
                raise StackError(
                    f"{variable}={wanted}: {taken[wanted]} names the same port. "
                    f"Name another, or leave {variable} unset and a free one is found."
                )
            if wanted and not _is_free(wanted):
                raise StackError(
                    f"{variable}={wanted}: another process listens on {HOST}:{wanted}. "
                    f"End it, name another port, or leave {variable} unset and a free one is found."
                )
            if wanted:
                taken[wanted] = variable

        def port(wanted: int, usual: int) -> int:
            found = wanted or next(p for p in range(usual, 65536) if p not in taken and _is_free(p))
            taken[found] = taken.get(found, "")
            return found

        return cls(
            kafka=port(settings.kafka_port, 9092),
            kafka_controller=port(0, 9093),
            redis=port(settings.redis_port, 6379),
            flink_rest=port(settings.flink_rest_port, 8081),
            flink_rpc=port(0, 6123),
            flink_blob=port(0, 6124),
            sql_gateway=port(settings.sql_gateway_port, 8083),
            supervisor=port(0, 9001),
            job_manager_metrics=port(0, 9249),
            task_manager_metrics=tuple(port(0, 9250) for _ in range(settings.task_managers)),
        )


def _is_free(port: int) -> bool:
    """Whether nobody listens on the port, on loopback or on all interfaces."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
