"""SQL sessions of every kind, open for as long as a test wants, one statement after the other."""

from __future__ import annotations

import os
import re
import selectors
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from headrace.sql_gateway.client import GatewaySession, StatementFailedError
from headrace.stack.flink import flink_environment
from headrace.stack.flink_configuration import BIN
from headrace.stack.java import java
from headrace.stack.stack import Stack

SECONDS = 60.0
PYFLINK = """
import sys
from pyflink.common import Configuration
from pyflink.java_gateway import get_gateway
from pyflink.table import EnvironmentSettings, TableEnvironment

# Flink's own file: PyFlink alone does not read it, and then knows of no catalog store.
config_yaml = get_gateway().jvm.org.apache.flink.configuration.GlobalConfiguration.loadConfiguration()
settings = EnvironmentSettings.new_instance().with_configuration(Configuration(j_configuration=config_yaml))
sql = TableEnvironment.create(settings.build())
print("PyFlink> ", flush=True)
for statement in sys.stdin:
    try:
        with sql.execute_sql(statement.rstrip().rstrip(";")).collect() as rows:
            for row in rows:
                print(*row, sep=" | ")
    except Exception as error:
        print(error)
    print("PyFlink> ", flush=True)
"""


class Session(Protocol):
    """Whatever runs statements and says what came of them."""

    def run(self, statement: str) -> str: ...


class ProcessSession:
    """A program that reads statements from its standard input and writes a prompt when it has done with one."""

    def __init__(self, process: subprocess.Popen[bytes], prompt: str) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._input, self._output = process.stdin, process.stdout
        self._prompt = prompt.encode()
        self._opened = False

    def run(self, statement: str) -> str:
        if not self._opened:
            self._until_prompt()
            self._opened = True
        self._input.write(f"{statement};\n".encode())
        self._input.flush()
        return self._until_prompt()

    def _until_prompt(self) -> str:
        deadline = time.monotonic() + SECONDS
        said = b""
        with selectors.DefaultSelector() as selector:
            selector.register(self._output, selectors.EVENT_READ)
            while not said.rstrip().endswith(self._prompt.rstrip()):
                assert selector.select(deadline - time.monotonic()), f"no prompt after {SECONDS} s: {said!r}"
                piece = os.read(self._output.fileno(), 65536)
                assert piece, f"it has ended: {said!r}"
                said += piece
        return said.decode()


class Gateway(GatewaySession):
    """A session of the SQL gateway, by its REST interface."""

    def run(self, statement: str) -> str:
        try:
            return str(self.rows(statement))
        except StatementFailedError as error:
            return error.trace


@contextmanager
def gateway_session(stack: Stack) -> Iterator[Gateway]:
    with Gateway(stack.addresses.sql_gateway_url) as session:
        yield session


@contextmanager
def sql_client(stack: Stack, folder: Path) -> Iterator[ProcessSession]:
    """The stock SQL client, with a gateway of its own inside."""
    with _process(stack, "Flink SQL> ", BIN / "sql-client.sh", "-hist", folder / "history") as session:
        yield session


@contextmanager
def jdbc(stack: Stack, folder: Path) -> Iterator[ProcessSession]:
    """A JDBC command line with Flink's driver, which speaks to the stack's gateway."""
    url = re.sub("^http", "jdbc:flink", stack.addresses.sql_gateway_url)
    jars = stack.settings.home / "jars" / "jdbc"
    with _process(stack, f"0: {url}> ", java(), "-cp", f"{jars}/*", "sqlline.SqlLine",
                  "-d", "org.apache.flink.table.jdbc.FlinkDriver", "-u", url, "-n", "", "-p", "", "--outputFormat=csv",
                  f"--historyFile={folder / 'history'}") as session:  # fmt: skip
        yield session


@contextmanager
def pyflink(stack: Stack, folder: Path) -> Iterator[ProcessSession]:
    """A TableEnvironment in Python, in the worker environment."""
    program = folder / "session.py"
    program.write_text(PYFLINK)
    with _process(stack, "PyFlink> ", stack.settings.environment / "bin" / "python", program) as session:
        yield session


@contextmanager
def _process(stack: Stack, prompt: str, *command: str | Path) -> Iterator[ProcessSession]:
    process = subprocess.Popen(
        command,
        # FLINK_HOME: without it PyFlink takes its own jars, whatever FLINK_LIB_DIR says.
        env={**os.environ, **flink_environment(stack.settings), "FLINK_HOME": str(BIN.parent)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        bufsize=0,
    )
    try:
        yield ProcessSession(process, prompt)
    finally:
        process.kill()
        process.communicate()
