"""The local stack as a whole: up, down, what runs."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tenacity import Retrying, retry_if_not_result, stop_after_delay, wait_fixed

from headrace.errors import StackError
from headrace.settings import Settings, settings
from headrace.stack.addresses import Addresses, ClusterAddresses
from headrace.stack.flink import flink, prepare_flink, rest_answers, sql_gateway_answers
from headrace.stack.kafka import kafka, prepare_kafka
from headrace.stack.process import Process
from headrace.stack.redis import prepare_redis, redis_server
from headrace.stack.supervisor import Supervisor

Say = Callable[[str], None]


@dataclass(frozen=True)
class ProcessState:
    """One process as `headrace status` shows it."""

    name: str
    state: str
    pid: int
    uptime_seconds: int
    serves: bool
    shows: str
    log: str


class Stack:
    """The local stack of one home folder (`HEADRACE_HOME`), or the cluster that the settings name.

    A cluster is only looked at and deployed to: its processes are others' business.
    """

    def __init__(self, own: Settings | None = None) -> None:
        self.settings = own or settings()
        self.cluster = ClusterAddresses.named(self.settings)

    @property
    def addresses(self) -> Addresses | ClusterAddresses:
        """Where the running stack listens.

        Raises:
            StackError: the local stack does not run.
        """
        return self.cluster or self._local_addresses

    @property
    def _local_addresses(self) -> Addresses:
        if self.cluster:
            raise StackError(
                f"HEADRACE_FLINK_REST_URL={self.cluster.flink_rest_url}: names a stack whose processes are not this "
                "command's to start or stop. Unset it for the local stack."
            )
        if not self.is_up():
            raise StackError(f"{self.settings.stack}: the local stack does not run. Start it: make up")
        addresses = Addresses.load(self.settings)
        assert addresses is not None  # noqa: S101  (is_up() has read them)
        return addresses

    def is_up(self) -> bool:
        """Whether the local stack's supervisor runs, or the cluster's JobManager answers."""
        if self.cluster:
            return _answers(partial(rest_answers, self.cluster.flink_rest_url))
        addresses = Addresses.load(self.settings)
        return addresses is not None and Supervisor(self.settings, addresses).is_running()

    def up(self, say: Say) -> bool:
        """Starts the stack where it does not run, and waits until each process serves.

        Returns:
            Whether it was this call that started the stack.

        Raises:
            StackError: a port is taken, or a process does not serve in time; its log's last lines are in the message.
        """
        if self.cluster:
            self._await(lambda: all(state.serves for state in self.status()), "the cluster", say)
            return False
        if self.is_up():
            self._await_all(self._processes(self._local_addresses), say)
            return False
        addresses = Addresses.choose(self.settings)
        addresses.save(self.settings)
        for prepare in (prepare_kafka, prepare_redis, prepare_flink):
            prepare(self.settings, addresses)
        processes = self._processes(addresses)
        Supervisor(self.settings, addresses).start(processes)
        self._await_all(processes, say)
        return True

    def down(self, say: Say) -> bool:
        """Ends the stack, readers and writers first; the state of Kafka, Redis and Flink stays in its folder.

        Returns:
            Whether there was a stack to end.
        """
        if not self.cluster and not self.is_up():
            return False
        addresses = self._local_addresses
        names = [process.name for process in reversed(self._processes(addresses))]
        say(f"stack: stopping {', '.join(names)}")
        pid = Supervisor(self.settings, addresses).stop(names)
        self._await(lambda: not _is_alive(pid), "supervisord", say)
        return True

    def status(self) -> list[ProcessState]:
        """The state of each process; an empty list when the stack is down. Of a cluster only what answers is known."""
        if self.cluster:
            return _cluster_states(self.cluster)
        if not self.is_up():
            return []
        addresses = self._local_addresses
        states = {state["name"]: state for state in Supervisor(self.settings, addresses).states()}
        return [
            ProcessState(
                name=process.name,
                state=states[process.name]["statename"],
                pid=states[process.name]["pid"],
                uptime_seconds=max(0, states[process.name]["now"] - states[process.name]["start"]),
                serves=_serves(process),
                shows=process.shows,
                log=str(self.settings.stack / "log" / f"{process.name}.log"),
            )
            for process in self._processes(addresses)
        ]

    def await_ready(self) -> None:
        """Waits until each process serves (again), as after a fault."""
        self._await_all(self._processes(self._local_addresses), lambda _: None)

    def pid(self, name: str) -> int:
        """The process id of a process by its name."""
        return next(state.pid for state in self.status() if state.name == name)

    def restart(self, name: str) -> None:
        """Restarts one process and waits until it serves."""
        addresses = self._local_addresses
        Supervisor(self.settings, addresses).restart(name)
        self._await_all([p for p in self._processes(addresses) if p.name == name], lambda _: None)

    def _processes(self, addresses: Addresses) -> list[Process]:
        """In the order in which they are awaited; they end in the reverse one, writers before what they write to."""
        kafka_broker, redis = kafka(self.settings, addresses), redis_server(self.settings, addresses)
        return [kafka_broker, redis, *flink(self.settings, addresses)]

    def _await_all(self, processes: list[Process], say: Say) -> None:
        for process in processes:
            try:
                self._await(lambda p=process: _serves(p), process.name, say)  # type: ignore[misc]
            except StackError:
                if not process.without:
                    raise
                say(f"stack: {process.name} does not serve yet: {process.without}")
            else:
                say(f"stack: {process.name} serves ({process.shows})")

    def _await(self, condition: Callable[[], bool], name: str, say: Say) -> None:
        limit = self.settings.startup_seconds
        started = time.monotonic()
        retrying = Retrying(
            retry=retry_if_not_result(bool), stop=stop_after_delay(limit), wait=wait_fixed(0.2),
            retry_error_callback=lambda _: False,
        )  # fmt: skip
        if not retrying(condition):
            log = self.settings.stack / "log" / f"{name}.log"
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""
            raise StackError(
                f"{name}: no answer after {time.monotonic() - started:.0f} s. The end of {log}:\n{tail}\n"
                "Mend the cause, or raise HEADRACE_STARTUP_SECONDS on a slow machine; then `make down up`."
            )


def _cluster_states(cluster: ClusterAddresses) -> list[ProcessState]:
    asked = {
        "jobmanager": (cluster.flink_rest_url, rest_answers),
        "sql-gateway": (cluster.sql_gateway_url, sql_gateway_answers),
    }
    serves = {name: _answers(partial(ask, url)) for name, (url, ask) in asked.items()}
    return [
        ProcessState(name, "RUNNING" if serves[name] else "UNKNOWN", 0, 0, serves[name], url, "")
        for name, (url, _) in asked.items()
    ]


def _serves(process: Process) -> bool:
    return _answers(process.is_ready)


def _answers(ask: Callable[[], bool]) -> bool:
    try:
        return ask()
    except Exception:  # not there yet, or no longer: whichever way its client says it
        return False


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
