"""Runs the features of a job on a mini cluster: the deployed plan, its tables exchanged for messages and files.

As in a deployment, the job's statements are compiled together and the compiled plan is executed, with the session's
options of flink/conf/. A Redis table that it reads stays in Redis, a server of the test's. Differences, all for the
sake of equal results in each run: bounded input, parallelism 1, a watermark after each row, and bundles of one row for
the Python functions, so that what is late does not hang on speed.
"""

from __future__ import annotations

import json
import logging
import os
import re
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from pyflink.common import Configuration
from pyflink.java_gateway import get_gateway
from pyflink.util.java_utils import get_field

from headrace.deploy.compiled_plan import CompiledPlan
from headrace.flinksql.statements import Statement
from headrace.project import JobFiles, Project
from headrace.settings import PROJECT, Settings
from headrace.testing.arrival import scripts
from headrace.testing.case import Case, Row
from headrace.testing.checks import check_json, refuse_unknown
from headrace.testing.mini_cluster import mini_cluster, refused, start_java, table_environment
from headrace.testing.problems import CaseError
from headrace.testing.redis_server import RedisServer
from headrace.testing.stand_ins.sentiment import SCORES
from headrace.testing.tables import TestTable
from headrace.testing.virtual_time import with_time
from headrace.testing.worker_threads import worker_threads

CATALOG = "headrace"
_SHARED_OPTIONS = ("table.", "pipeline.", "python.")
_OWN_OPTIONS = {
    "table.catalog-store.kind": "generic_in_memory",
    "parallelism.default": "1",
    "pipeline.auto-watermark-interval": "0 ms",
    "python.fn-execution.bundle.size": "1",
    # With checkpoints Flink would begin a job that fails again and again.
    "restart-strategy.type": "none",
}
_CHECKPOINT_INTERVAL = "10 ms"  # Flink's shortest
_SET = re.compile(r"SET\s+'((?:[^']|'')*)'\s*=\s*'((?:[^']|'')*)'", re.IGNORECASE)
_INSERT_INTO = re.compile(r"INSERT\s+INTO\s+`?(\w+)", re.IGNORECASE)
_STAND_INS = ("udf.", "headrace.testing.stand_ins.")


class TestJob:
    """One job of a project, compiled once and run for each case, on the mini cluster of this process."""

    __test__ = False  # not a test class, whatever its name

    def __init__(
        self, settings: Settings, project: Project, job: str, folder: Path, worker_processes: bool = False
    ) -> None:
        """Compiles a job.

        Args:
            settings: where Flink's jars are.
            project: the SQL files.
            job: a folder in `sql/`.
            folder: an empty folder, for the tables' files and Flink's log.
            worker_processes: run the Python workers as processes, as on a cluster, and not as threads of this process.
                Threads spare each case the loading of the model.

        Raises:
            CaseError: there is no such job, or Flink refuses a statement.
        """
        self.files = _job(project, job)
        self.folder = folder
        start_java(settings, folder)
        self.session = table_environment(_configuration())
        if not worker_processes:
            self._set_option("python.executable", str(worker_threads().python))
        self._scores = folder / "scores.json"
        self._set_option("pipeline.global-job-parameters", f"{SCORES}:'{self._scores}'")
        self._sinks = {match.group(1) for insert in self.files.inserts if (match := _INSERT_INTO.match(insert.text))}
        self._catalog, self._tables, self._functions = self._create_catalog(project)
        for statement in self.files.settings:
            self._set(statement)
        self._plan_text = self.compile([insert.text for insert in self.files.inserts], f"sql/{job}")
        self.plan = CompiledPlan(self._plan_text)
        self._job_graphs: dict[tuple[str, bool, bool], Any] = {}
        redis_tables = [name for name in self.input_tables() if self._tables[name].is_redis]
        self._redis = RedisServer(folder) if redis_tables else None
        if self._redis:
            for name in redis_tables:
                self._tables[name].read_redis(self._redis.url)
        self._copies = {
            name: self.compile([self._tables[name].insert_rows_statement()], f"rows of {name}") for name in redis_tables
        }
        for name in self._sinks:
            self._tables[name].write_files()

    @property
    def name(self) -> str:
        """The job's folder in `sql/`."""
        return self.files.name

    def keys(self) -> Mapping[str, list[str]]:
        """Each table's primary key."""
        return {name: table.key for name, table in self._tables.items()}

    def input_tables(self) -> list[str]:
        """The tables that the job reads, by stream or look-up."""
        return sorted((self.plan.table_names() & self._tables.keys()) - self._sinks)

    def output_tables(self) -> list[str]:
        """The tables that the job writes: its features."""
        return sorted(self._sinks)

    def is_looked_up(self, table: str) -> bool:
        """Whether it reads a table from Redis, and not as a stream."""
        return table in self._copies

    def add_sink(self, statement: str, name: str) -> TestTable:
        """Creates one more table that plans may write, changes and removals included.

        Raises:
            CaseError: Flink refuses the statement.
        """
        self._execute(statement, name)
        path = get_gateway().jvm.org.apache.flink.table.catalog.ObjectPath("default", name)
        self._tables[name] = TestTable(self._catalog, path, self.folder / "tables")
        self._tables[name].write_files(changes=True)
        return self._tables[name]

    def run(self, case: Case, real_model: bool = False, record: Path | None = None) -> dict[str, list[Row]]:
        """Runs the job on a case's input to its end.

        Args:
            case: the input, and the scores if they are given.
            real_model: whether the model answers though scores are given.
            record: the model answers through the stand-ins, and its scores are written to this file, a text and its
                score a line, as `record_scores` reads them.

        Returns:
            The rows of each table that the job writes, at the end.

        Raises:
            CaseError: the case names a table that is not there, or the job fails.
        """
        for name, lines in case.inputs.items():
            file = case.folder / "input" / f"{name}.jsonl"
            refuse_unknown(file, f"the job {self.name} does not read", name, self.input_tables())
            table = self._tables[name]
            if self.is_looked_up(name):
                check_json(file, lines, [column.name for column in table.columns], "a row is looked up by its columns")
            elif table.fails_on_text and not any('"encoding"' in arrival for arrival in case.arrival or ()):
                check_json(file, lines, None, f"{name} reads JSON, and the job would fail")
        self.execute(self._plan_text, case, sorted(self._sinks), real_model, record)
        return {name: self._tables[name].read() for name in sorted(self._sinks)}

    def execute(
        self, plan: str, case: Case, sinks: Sequence[str], real_model: bool = False, record: Path | None = None
    ) -> None:
        """Runs a compiled plan on a case's input; `sinks` are emptied before."""
        stand_ins = record is not None or (case.settings.scores is not None and not real_model)
        wanted = {"record": str(record)} if record else {"scores": case.settings.scores or {}}
        self._scores.write_text(json.dumps(wanted), encoding="utf-8")
        for name in sinks:
            self._tables[name].clear()
        if self._redis:
            self._redis.clear()
        for name, copy in self._copies.items():
            if case.inputs.get(name):
                self._tables[name].write_rows(case.inputs[name])
                mini_cluster().run(self._job_graph(copy, False, False), f"{case.folder}/input/{name}.jsonl")
        readers = _readers(plan, {name for name in self.input_tables() if name not in self._copies})
        for name, text in scripts(case, readers, str(uuid.uuid4())).items():
            self._tables[name].write_script(text)
        timed = with_time(plan, case.settings.now or case.settings.start)
        in_turns = sum(bool(case.inputs.get(name)) for name in readers) > 1
        with _process_unchanged():
            mini_cluster().run(self._job_graph(timed, stand_ins, in_turns), case.name)

    def table(self, name: str) -> TestTable:
        """A table of the catalog."""
        return self._tables[name]

    def inputs_of(self, feature: str) -> list[str]:
        """The tables that one of the job's features reads.

        Raises:
            CaseError: the job has no such feature.
        """
        if feature not in self._sinks:
            raise CaseError(f"sql/{self.name}: it has no feature {feature}. It has {', '.join(sorted(self._sinks))}.")
        plan = json.loads(self._plan_text)
        nodes = {node["id"]: node for node in plan["nodes"]}
        waiting = [key for key, node in nodes.items() if f"`{feature}`" in json.dumps(node.get("dynamicTableSink", ""))]
        above: set[int] = set()
        while waiting:
            node = waiting.pop()
            above.add(node)
            waiting += [edge["source"] for edge in plan["edges"] if edge["target"] == node]
        part = {**plan, "nodes": [nodes[key] for key in sorted(above)], "edges": []}
        return sorted((CompiledPlan(json.dumps(part)).table_names() & self._tables.keys()) - self._sinks)

    def rows_in_redis(self, name: str, url: str, password_file: Path) -> list[str]:
        """The rows of a Redis table as they are in another Redis now, each as JSON."""
        table = self._tables[name]
        table.clear()
        table.read_redis(url, {"password-file": str(password_file)})
        try:
            plan = self.compile([table.copy_rows_statement()], name)
            mini_cluster().run(self._job_graph(plan, False, False), name)
        finally:
            if self._redis:
                table.read_redis(self._redis.url)
        return table.copied_rows()

    def compile(self, inserts: Sequence[str], place: str) -> str:
        """The compiled plan of INSERT statements, as JSON.

        Raises:
            CaseError: Flink refuses one of them.
        """
        statements = "".join(f"{insert};\n" for insert in inserts)
        file = self.folder / f"{uuid.uuid4()}.json"
        self._execute(f"COMPILE PLAN '{file}' FOR STATEMENT SET BEGIN\n{statements}END", place)
        return file.read_text(encoding="utf-8")

    def _job_graph(self, plan: str, stand_ins: bool, in_turns: bool) -> Any:
        """Flink's job of a plan, made once."""
        key = (plan, stand_ins, in_turns)
        if key not in self._job_graphs:
            self._exchange_functions(stand_ins)
            java = self.session._j_tenv
            api = get_gateway().jvm.org.apache.flink.table.api
            configuration = java.getConfig().getConfiguration()
            if in_turns:
                configuration.setString("execution.checkpointing.interval", _CHECKPOINT_INTERVAL)
            else:
                configuration.removeKey("execution.checkpointing.interval")
            try:
                planner = java.getPlanner()
                operators = planner.translatePlan(planner.loadPlan(api.PlanReference.fromJsonString(plan)))
                executor = get_field(java.getClass(), "execEnv").get(java)
                hooks = get_gateway().jvm.java.util.ArrayList()
                self._job_graphs[key] = executor.createPipeline(
                    operators, configuration, self.name, hooks
                ).getJobGraph()
            except Exception as error:
                raise refused(f"sql/{self.name}", error) from error
        return self._job_graphs[key]

    def _create_catalog(self, project: Project) -> tuple[Any, dict[str, TestTable], dict[str, str]]:
        self._execute(f"CREATE CATALOG {CATALOG} WITH ('type' = 'generic_in_memory')", CATALOG)
        self._execute(f"USE CATALOG {CATALOG}", CATALOG)
        for statement in project.session:
            self._set(statement)
        java_catalog = self.session._j_tenv.getCatalog(CATALOG).get()
        tables: dict[str, TestTable] = {}
        for statement in project.catalog:
            self._execute(statement.text, f"{statement.file}:{statement.line}")
            for name in set(java_catalog.listTables("default")) - tables.keys():
                path = get_gateway().jvm.org.apache.flink.table.catalog.ObjectPath("default", name)
                if java_catalog.getTable(path).getTableKind().toString() == "TABLE":
                    tables[name] = TestTable(java_catalog, path, self.folder / "tables")
                    # At once: a view over a table whose connector has placeholders cannot be created.
                    self._exchange(tables[name])
        functions = {
            name: java_catalog.getFunction(_function_path(name)).getClassName()
            for name in java_catalog.listFunctions("default")
        }
        return java_catalog, tables, functions

    def _exchange(self, table: TestTable) -> None:
        if table.is_redis or (table.name in self._sinks and table.key):
            table.plan_as_upsert_sink()
        elif table.name in self._sinks:
            table.write_files()
        else:
            table.read_case()

    def _set(self, statement: Statement) -> None:
        match = _SET.fullmatch(statement.text)
        if match:
            key, value = (text.replace("''", "'") for text in match.groups())
            if key not in _OWN_OPTIONS:
                self._set_option(key, value)

    def _set_option(self, key: str, value: str) -> None:
        self.session.get_config().set(key, value)

    def _exchange_functions(self, stand_ins: bool) -> None:
        """Lets the catalog's functions be the real ones or their stand-ins; plans name them, as they name tables."""
        api = get_gateway().jvm.org.apache.flink.table.catalog
        for name, real in self._functions.items():
            class_name = re.sub(rf"^{re.escape(_STAND_INS[0])}", _STAND_INS[1], real) if stand_ins else real
            function = api.CatalogFunctionImpl(class_name, api.FunctionLanguage.PYTHON)
            self._catalog.alterFunction(_function_path(name), function, False)

    def _execute(self, statement: str, place: str) -> None:
        try:
            self.session.execute_sql(statement)
        except Exception as error:
            raise refused(place, error) from error


def _readers(plan: str, tables: set[str]) -> dict[str, int]:
    """How many of a plan's sources read each table."""
    scans = [node for node in CompiledPlan(plan).nodes if node["type"].startswith("stream-exec-table-source-scan")]
    counts = Counter(node["scanTableSource"]["table"]["identifier"].split("`.`")[-1].strip("`") for node in scans)
    return {name: count for name, count in counts.items() if name in tables}


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
