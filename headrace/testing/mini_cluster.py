"""The JVM of this process, and Flink's mini cluster in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pyflink
from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]
from pyflink.common import Configuration
from pyflink.java_gateway import get_gateway
from pyflink.table import EnvironmentSettings, TableEnvironment

from headrace.settings import PROJECT, Settings
from headrace.testing.problems import CaseError

# The words of Flink's EnforcerException.
_NULL_COLUMN = re.compile(r"Column '(?P<name>[^']+)' is NOT NULL, however, a null value is being written into it")


class MiniCluster:
    """A JobManager and a TaskManager, as threads of this process; they end with it."""

    def __init__(self) -> None:
        """Starts it. The JVM runs already."""
        runtime = get_gateway().jvm.org.apache.flink.runtime.minicluster
        configuration = get_gateway().jvm.org.apache.flink.configuration.Configuration()
        configuration.setString("rest.port", "0")
        for option in ("jobmanager.bind-host", "taskmanager.bind-host", "rest.bind-address"):
            configuration.setString(option, "127.0.0.1")
        builder = runtime.MiniClusterConfiguration.Builder().setConfiguration(configuration)
        self._cluster = runtime.MiniCluster(builder.setNumTaskManagers(1).setNumSlotsPerTaskManager(2).build())
        self._cluster.start()

    def run(self, job_graph: Any, name: str) -> None:
        """Runs a job to its end. A graph may be run again.

        Args:
            job_graph: Flink's JobGraph.
            name: what the error calls it.

        Raises:
            CaseError: the job fails.
        """
        jvm = get_gateway().jvm
        job_graph.setJobID(jvm.org.apache.flink.api.common.JobID())
        try:
            self._cluster.submitJob(job_graph).get()
            result = self._cluster.requestJobResult(job_graph.getJobID()).get()
        except Py4JJavaError as error:
            raise refused(name, error) from error
        if not result.isSuccess():
            failure = result.getSerializedThrowable().get().getFullStringifiedStackTrace()
            raise CaseError("\n".join(filter(None, [f"{name}: the job fails:", _causes(failure), _remedy(failure)])))


@cache
def mini_cluster() -> MiniCluster:
    """The mini cluster of this process; the first call starts it."""
    return MiniCluster()


def table_environment(configuration: Configuration | None = None) -> Any:
    """A session of the Table API in streaming mode, whose Python workers are what `python.executable` starts.

    By itself PyFlink would open a server on every interface, which starts workers for whoever asks.

    Args:
        configuration: of the session.
    """
    settings = (
        EnvironmentSettings.new_instance().in_streaming_mode().with_configuration(configuration or Configuration())
    )
    # PyFlink knows no option for it.
    with variables_set({"_python_worker_execution_mode": "process"}):
        return TableEnvironment.create(settings.build())


def refused(place: str, error: Exception) -> CaseError:
    """What Flink had against something, without the stack trace."""
    trace = str(error.java_exception.toString()) if isinstance(error, Py4JJavaError) else ""
    causes = _causes(f"{trace}\n{error}")
    return CaseError(f"{place}: Flink refuses or fails it:\n{causes}")


def _causes(trace: str) -> str:
    lines = [line for line in trace.splitlines() if line.strip() and not line.startswith(("\tat ", "\t... "))]
    return "\n".join(dict.fromkeys(lines))


def _remedy(trace: str) -> str:
    """What to do about a failure that meets many who write a feature; empty if it is not known."""
    column = _NULL_COLUMN.search(trace)
    if column is None:
        return ""
    return (
        f"A row has no {column['name']}, which is a key or NOT NULL; on the cluster the job would fail too. "
        f"Leave such rows out: WHERE {column['name']} IS NOT NULL."
    )


def start_java(settings: Settings, folder: Path, arguments: str = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC") -> None:
    """Starts the JVM, with pip's Flink and our jars on its class path, unless this process has one already.

    Args:
        settings: where the jars are.
        folder: for Flink's log and temporary files.
        arguments: of the JVM; by default it is soon ready, for jobs that take seconds.

    Raises:
        CaseError: there are no jars.
    """
    agent = settings.flink / "lib" / "headrace-flink.jar"
    if not list((settings.flink / "lib").glob("flink-python-*.jar")) or not agent.exists():
        raise CaseError(f"{settings.flink / 'lib'}: it holds no jars of Flink, or not ours. Run `make setup`.")
    temporary = folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    variables = {
        # Named, or else PyFlink sets the other folders to its own.
        "FLINK_HOME": str(Path(pyflink.__file__).parent),
        "FLINK_LIB_DIR": str(settings.flink / "lib"),
        "FLINK_LOG_DIR": str(folder),
        # The agent keeps the ports for Python workers on loopback, as on a stack.
        "JVM_ARGS": f"-javaagent:{agent} -Djava.io.tmpdir={temporary} -Xmx1g -XX:-UsePerfData {arguments}",
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": str(PROJECT),
    }
    with variables_set(variables):
        get_gateway()


@contextmanager
def variables_set(variables: Mapping[str, str]) -> Iterator[None]:
    """Environment variables of this process, as long as the block lasts."""
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
