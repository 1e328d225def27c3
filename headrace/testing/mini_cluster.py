"""Runs the features of a job on a Flink mini cluster in one JVM: the deployed plan, its tables exchanged for files.

As in a deployment, the job's statements are compiled together and the compiled plan is executed, with the session's
options of flink/conf/. A table in which it looks rows up stays in Redis, a server of the test's. Differences, all for
the sake of equal results in each run: bounded input, parallelism 1, a watermark after each row, and bundles of one row
for the Python functions, so that what is late does not hang on speed.
"""

from __future__ import annotations

import json
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyflink
import yaml
from py4j.protocol import Py4JJavaError  # type: ignore[import-untyped]
from pyflink.common import Configuration
from pyflink.java_gateway import get_gateway
from pyflink.table import EnvironmentSettings, TableEnvironment

from headrace.deploy.compiled_plan import CompiledPlan
from headrace.flinksql.statements import Statement
from headrace.project import JobFiles, Project
from headrace.settings import PROJECT, Settings
from headrace.testing.case import Case, CaseError, Row
from headrace.testing.redis_server import RedisServer
from headrace.testing.stand_ins.sentiment import SCORES
from headrace.testing.tables import TestTable

CATALOG = "headrace"
_SHARED_OPTIONS = ("table.", "pipeline.", "python.")
_OWN_OPTIONS = {
    "table.catalog-store.kind": "generic_in_memory",
    "parallelism.default": "1",
    "pipeline.auto-watermark-interval": "0 ms",
    "python.fn-execution.bundle.size": "1",
}
_SET = re.compile(r"SET\s+'((?:[^']|'')*)'\s*=\s*'((?:[^']|'')*)'", re.IGNORECASE)
_STAND_INS = ("udf.", "headrace.testing.stand_ins.")


class MiniCluster:
    """One job of a project, compiled once and executed for each case.

    Flink starts a mini cluster per execution, all in one JVM that ends with this process.
    """

    def __init__(
        self, settings: Settings, project: Project, job: str, folder: Path, worker_processes: bool = False
    ) -> None:
        """Compiles a job.

        Args:
            settings: where Flink's jars are.
            project: the SQL files.
            job: a folder in `sql/`.
            folder: an empty folder, for the tables' files, the plan and Flink's log.
            worker_processes: run the Python workers as processes, as on a cluster, and not as threads of this process.
                Threads are PyFlink's own choice for a mini cluster; they spare each case the loading of the model.

        Raises:
            CaseError: there is no such job, or Flink refuses a statement.
        """
        self._files = _job(project, job)
        self._folder = folder
        start_java(settings, folder)
        environment = EnvironmentSettings.new_instance().in_streaming_mode().with_configuration(_configuration())
        self._session: Any = TableEnvironment.create(environment.build())
        if worker_processes:
            self._session._j_tenv.getConfig().getConfiguration().removeKey("python.loopback-server.address")
        self._catalog, self._tables, self._functions = self._create_catalog(project)
        for table in self._tables.values():
            table.plan_as_upsert_sink() if table.key else table.read_and_write_files()
        self.plan = self._compile()
        lookups = self.plan.lookup_table_names()
        self._redis = RedisServer(folder) if lookups else None
        for name, table in self._tables.items():
            if self._redis and name in lookups:
                table.read_redis(self._redis.url)
            else:
                table.read_and_write_files()

    def keys(self) -> Mapping[str, list[str]]:
        """Each table's primary key."""
        return {name: table.key for name, table in self._tables.items()}

    def run(self, case: Case) -> dict[str, list[Row]]:
        """Runs the job on a case's input to its end.

        Args:
            case: the input, and the scores if they are given.

        Returns:
            The rows of each table at the end.

        Raises:
            CaseError: the case names a table that is not there, or the job fails.
        """
        unknown = (case.inputs.keys() | case.expected.keys()) - self._tables.keys()
        if unknown:
            raise CaseError(f"{case.folder}: catalog/ has no table {', '.join(sorted(unknown))}. Mend the file's name.")
        for table in self._tables.values():
            table.clear()
        if self._redis:
            self._redis.clear()
        lookups = self.plan.lookup_table_names()
        for name, lines in case.inputs.items():
            if name in lookups:
                self._tables[name].write_rows(lines)
                self._execute(self._tables[name].insert_statement(), f"{case.name}: input/{name}.jsonl", wait=True)
            else:
                self._tables[name].write(lines, case.settings)
        self._exchange_functions(case)
        with _process_unchanged():
            self._execute(f"EXECUTE PLAN '{self._plan_file}'", case.name, wait=True)
        return {name: table.read() for name, table in self._tables.items() if name not in {*case.inputs, *lookups}}

    @property
    def _plan_file(self) -> Path:
        return self._folder / "plan.json"

    def _create_catalog(self, project: Project) -> tuple[Any, dict[str, TestTable], dict[str, str]]:
        self._execute(f"CREATE CATALOG {CATALOG} WITH ('type' = 'generic_in_memory')", CATALOG)
        self._execute(f"USE CATALOG {CATALOG}", CATALOG)
        self._set(project.session)
        java_catalog = self._session._j_tenv.getCatalog(CATALOG).get()
        tables: dict[str, TestTable] = {}
        for statement in project.catalog:
            self._execute(statement.text, f"{statement.file}:{statement.line}")
            for name in set(java_catalog.listTables("default")) - tables.keys():
                path = get_gateway().jvm.org.apache.flink.table.catalog.ObjectPath("default", name)
                if java_catalog.getTable(path).getTableKind().toString() == "TABLE":
                    tables[name] = TestTable(java_catalog, path, self._folder / "tables")
                    # At once: a view over a table whose connector has placeholders cannot be created.
                    tables[name].read_and_write_files()
        functions = {
            name: java_catalog.getFunction(_function_path(name)).getClassName()
            for name in java_catalog.listFunctions("default")
        }
        return java_catalog, tables, functions

    def _compile(self) -> CompiledPlan:
        self._set(self._files.settings)
        inserts = "".join(f"{insert.text};\n" for insert in self._files.inserts)
        self._execute(
            f"COMPILE PLAN '{self._plan_file}' FOR STATEMENT SET BEGIN\n{inserts}END", f"sql/{self._files.name}"
        )
        return CompiledPlan(self._plan_file.read_text(encoding="utf-8"))

    def _set(self, statements: tuple[Statement, ...]) -> None:
        for statement in statements:
            match = _SET.fullmatch(statement.text)
            if match:
                self._session.get_config().set(*(text.replace("''", "'") for text in match.groups()))

    def _exchange_functions(self, case: Case) -> None:
        """Lets the catalog's functions be the real ones or their stand-ins; plans name them, as they name tables."""
        scores = self._folder / "scores.json"
        given = case.settings.scores
        scores.write_text(json.dumps(given or {}, ensure_ascii=False), encoding="utf-8")
        self._session.get_config().set("pipeline.global-job-parameters", f"{SCORES}:'{scores}'")
        api = get_gateway().jvm.org.apache.flink.table.catalog
        for name, real in self._functions.items():
            class_name = real if given is None else re.sub(rf"^{re.escape(_STAND_INS[0])}", _STAND_INS[1], real)
            function = api.CatalogFunctionImpl(class_name, api.FunctionLanguage.PYTHON)
            self._catalog.alterFunction(_function_path(name), function, False)

    def _execute(self, statement: str, place: str, wait: bool = False) -> None:
        try:
            result = self._session.execute_sql(statement)
            if wait:
                result.wait()
        except Exception as error:
            text = str(error.java_exception.toString()) if isinstance(error, Py4JJavaError) else ""
            causes = [line for line in f"{text}\n{error}".splitlines() if line.strip() and not line.startswith("\tat ")]
            raise CaseError(f"{place}: Flink refuses or fails it:\n" + "\n".join(dict.fromkeys(causes))) from error


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


def _configuration() -> Configuration:
    shared = yaml.safe_load((PROJECT / "flink" / "conf" / "config.yaml").read_text(encoding="utf-8"))
    options = {key: value for key, value in shared.items() if key.startswith(_SHARED_OPTIONS)}
    configuration = Configuration()
    for key, value in {**options, **_OWN_OPTIONS}.items():
        configuration.set_string(key, str(value).lower() if isinstance(value, bool) else str(value))
    return configuration


def _job(project: Project, name: str) -> JobFiles:
    for job in project.jobs:
        if job.name == name:
            return job
    raise CaseError(f"sql/: there is no job {name}. The jobs are {', '.join(job.name for job in project.jobs)}.")


def _function_path(name: str) -> Any:
    return get_gateway().jvm.org.apache.flink.table.catalog.ObjectPath("default", name)


@contextmanager
def _process_unchanged() -> Iterator[None]:
    """Undoes what a worker does to the process that it runs in: it takes over the logging and the environment."""
    root = logging.getLogger()
    handlers, level, environment = root.handlers[:], root.level, dict(os.environ)
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        os.environ.clear()
        os.environ.update(environment)
