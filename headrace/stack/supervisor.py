"""supervisord over the stack's processes: it starts them again when they die. https://supervisord.org"""

from __future__ import annotations

import configparser
import re
import shlex
import subprocess
from collections.abc import Iterable, Mapping
from typing import Any
from xmlrpc.client import Fault, ServerProxy

from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

from headrace.errors import StackError
from headrace.settings import Settings
from headrace.stack.addresses import HOST, Addresses
from headrace.stack.process import Process
from headrace.stack.secrets import password

USER = "headrace"


class Supervisor:
    """The supervisor of one stack, spoken to over its XML-RPC interface on loopback, with a password."""

    def __init__(self, settings: Settings, addresses: Addresses) -> None:
        self._settings = settings
        self._port = addresses.supervisor
        self._password = password(settings, "supervisor")
        self._rpc: Any = ServerProxy(f"http://{USER}:{self._password}@{HOST}:{self._port}/RPC2").supervisor

    def is_running(self) -> bool:
        """Whether this very supervisor answers: a stranger on the same port does not know the password."""
        try:
            return bool(self._rpc.getIdentification() == str(self._settings.stack))
        except Exception:  # whatever a stranger may answer
            return False

    def start(self, processes: Iterable[Process]) -> None:
        """Starts the supervisor and with it every process.

        Raises:
            StackError: the supervisor does not answer.
        """
        configuration = self._settings.stack / "supervisord.conf"
        configuration.touch(mode=0o600)
        with configuration.open("w") as out:
            self._configuration(processes).write(out)
        program = self._settings.environment / "bin" / "supervisord"
        result = subprocess.run([program, "-c", configuration], capture_output=True, text=True, check=False)
        if result.returncode:
            raise StackError(f"{configuration}: supervisord refuses it: {result.stdout}{result.stderr}".strip())
        try:
            self._await_answer()
        except OSError as error:
            raise StackError(f"supervisord does not answer: {error}. See {self._settings.stack / 'log'}") from error

    @retry(retry=retry_if_exception_type(OSError), stop=stop_after_delay(20), wait=wait_fixed(0.1), reraise=True)
    def _await_answer(self) -> None:
        self._rpc.getState()

    def states(self) -> list[Mapping[str, Any]]:
        """What the supervisor knows of each process: name, statename, pid, start, now, …"""
        return list(self._rpc.getAllProcessInfo())

    def restart(self, name: str) -> None:
        """Stops and starts one process."""
        try:
            self._rpc.stopProcess(name)
        except Fault as fault:
            raise StackError(f"{name}: {fault.faultString}") from fault
        self._rpc.startProcess(name)

    def stop(self, order: Iterable[str]) -> int:
        """Ends the processes in this order, then the supervisor.

        Returns:
            The supervisor's process id; it ends by itself a moment after.
        """
        pid = int(self._rpc.getPID())
        for name in order:
            try:
                self._rpc.stopProcess(name)
            except Fault:  # it was not running
                continue
        self._rpc.shutdown()
        return pid

    def _configuration(self, processes: Iterable[Process]) -> configparser.RawConfigParser:
        stack = self._settings.stack
        log = stack / "log"
        log.mkdir(parents=True, exist_ok=True)
        parser = configparser.RawConfigParser()
        parser["inet_http_server"] = {
            "port": f"{HOST}:{self._port}",
            "username": USER,
            "password": _literal(self._password),
        }
        parser["supervisord"] = {
            "identifier": _literal(str(stack)),
            "logfile": _literal(str(log / "supervisord.log")),
            "logfile_maxbytes": "10MB",
            "logfile_backups": "2",
            "pidfile": _literal(str(stack / "supervisord.pid")),
            "childlogdir": _literal(str(stack / "tmp")),
            "directory": _literal(str(stack)),
        }
        parser["rpcinterface:supervisor"] = {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        }
        for process in processes:
            variables = ",".join(f"{name}={_quoted(value)}" for name, value in process.environment.items())
            parser[f"program:{process.name}"] = {
                "command": _literal(shlex.join(process.command)),
                "environment": variables,
                "autorestart": "true",
                "startsecs": "2",
                # It comes back whatever happens; the pause grows by a second with each vain try.
                "startretries": "1000",
                "stopwaitsecs": str(process.stop_seconds),
                # With their children: a TaskManager's Python workers.
                "stopasgroup": "true",
                "killasgroup": "true",
                "redirect_stderr": "true",
                # Of all options it is this one that supervisord expands twice.
                "stdout_logfile": _literal(_literal(str(log / f"{process.name}.log"))),
                "stdout_logfile_maxbytes": "20MB",
                "stdout_logfile_backups": "2",
            }
        return parser


def _literal(text: str) -> str:
    """supervisord expands %(names)s; a percent sign stands for itself when doubled.

    Raises:
        StackError: the text holds what starts a comment wherever it stands.
    """
    if re.search(r"\s[;#]|[\r\n]", text):
        raise StackError(
            f"{text!r}: supervisord's configuration cannot hold a line break, nor ';' or '#' after a space. "
            "Rename the folder, or set HEADRACE_HOME to another."
        )
    return text.replace("%", "%%")


def _quoted(text: str) -> str:
    """The value of an environment variable: supervisord knows no escape for a quote.

    Raises:
        StackError: the text holds quotes of both kinds, or at its ends.
    """
    quote = "'" if '"' in text else '"'
    if quote in text or text != text.strip("'\""):
        raise StackError(
            f"{text!r}: supervisord's configuration cannot hold quotes of both kinds, nor at the ends of a variable. "
            "Rename the folder, or set HEADRACE_HOME to another."
        )
    return f"{quote}{_literal(text)}{quote}"
