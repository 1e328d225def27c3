"""The JVM of this process, and Flink's mini cluster in it."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import pyflink
from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]
from pyflink.java_gateway import get_gateway

from headrace.settings import PROJECT, Settings
from headrace.testing.problems import CaseError


class MiniCluster:
    """A JobManager and a TaskManager, as threads of this process; they end with it."""

    def __init__(self) -> None:
        """Starts it. The JVM runs already."""
        runtime = get_gateway().jvm.org.apache.flink.runtime.minicluster
        configuration = get_gateway().jvm.org.apache.flink.configuration.Configuration()
        configuration.setString("rest.port", "0")
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
            raise CaseError(f"{name}: the job fails:\n{_causes(failure)}")


@cache
def mini_cluster() -> MiniCluster:
    """The mini cluster of this process; the first call starts it."""
    return MiniCluster()


def refused(place: str, error: Exception) -> CaseError:
    """What Flink had against something, without the stack trace."""
    trace = str(error.java_exception.toString()) if isinstance(error, Py4JJavaError) else ""
    causes = _causes(f"{trace}\n{error}")
    return CaseError(f"{place}: Flink refuses or fails it:\n{causes}")


def _causes(trace: str) -> str:
    lines = [line for line in trace.splitlines() if line.strip() and not line.startswith(("\tat ", "\t... "))]
    return "\n".join(dict.fromkeys(lines))


def start_java(settings: Settings, folder: Path, arguments: str = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC") -> None:
    """Starts the JVM, with pip's Flink and our jars on its class path, unless this process has one already.

    Args:
        settings: where the jars are.
        folder: for Flink's log and temporary files.
        arguments: of the JVM; by default it is soon ready, for jobs that take seconds.

    Raises:
        CaseError: there are no jars.
    """
    if not list((settings.flink / "lib").glob("flink-python-*.jar")):
        raise CaseError(f"{settings.flink / 'lib'}: it holds no jars of Flink. Run `make setup`.")
    temporary = folder / "tmp"
    temporary.mkdir(parents=True, exist_ok=True)
    variables = {
        # Named, or else PyFlink sets the other folders to its own.
        "FLINK_HOME": str(Path(pyflink.__file__).parent),
        "FLINK_LIB_DIR": str(settings.flink / "lib"),
        "FLINK_LOG_DIR": str(folder),
        "JVM_ARGS": f"-Djava.io.tmpdir={temporary} -Xmx1g -XX:-UsePerfData {arguments}",
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": str(PROJECT),
    }
    before = dict(os.environ)
    os.environ.update(variables)
    try:
        get_gateway()
    finally:
        os.environ.clear()
        os.environ.update(before)
