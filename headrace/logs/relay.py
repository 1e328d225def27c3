"""Runs a program and makes each line that it writes a JSON line: `python -m headrace.logs.relay PROGRAM …`.

A line that is one already is passed on as it is: what Flink's processes and Python workers log. What else comes (of
shell scripts, of Java's machine, of packages that print, a stack trace of a process that dies) becomes the message of
one, a stack trace with all of its lines. Signals go to the program, and this process ends as the program ended.
Standard library alone: one of it runs in each container.
"""

from __future__ import annotations

import json
import os
import re
import select
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from headrace.logs.fields import ECS_VERSION, START, own_fields

PASSED_ON = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGUSR1, signal.SIGUSR2)
# A stack trace whose last line seems to lack waits for it so long.
QUIET_SECONDS = 0.2
# What a program has left behind may hold the pipes open; what it has written itself is read by then.
LAST_SECONDS = 2.0
# A longer line is cut into several.
LONGEST_LINE = 1 << 20

_START = START.encode()
_PYTHON_TRACE = "Traceback (most recent call last):"
_JAVA_TRACE = re.compile(r'(?:Exception in thread ".*?" )?(?P<type>[\w.$]+\.[\w$]+)(?:: (?P<message>.*))?')
# Of Java's machine, of shell scripts, of our own commands.
_ERROR = re.compile(r"\W*(?:error|fatal)\b", re.IGNORECASE)
_PYTHON_ERROR = re.compile(r"(?P<type>[A-Za-z_][\w.]*)(?:: (?P<message>.*))?")


def main() -> None:
    """Runs what the arguments of this process name, and ends as it ended."""
    sys.exit(run_relayed(sys.argv[1:]))


def run_relayed(program: Sequence[str]) -> int:
    """Runs a program to its end; what it writes to its standard output and error comes out of this process' own.

    Returns:
        Its exit status; 128 and the signal's number where a signal ended it, as shells say it.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, (*PASSED_ON, signal.SIGCHLD))
    pipes = {1: os.pipe(), 2: os.pipe()}
    streams = {1: Stream("stdout", "INFO", _writer(1)), 2: Stream("stderr", "WARN", _writer(2))}
    child = os.posix_spawnp(
        program[0],
        list(program),
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, pipes[number][1], number) for number in pipes],
        setsigmask=(),
    )
    threads = []
    for number, (end, other_end) in pipes.items():
        os.close(other_end)
        threads.append(threading.Thread(target=_follow, args=(end, streams[number]), daemon=True))
        threads[-1].start()
    status = _await_end(child)
    for thread in threads:
        thread.join(LAST_SECONDS)
    code = os.waitstatus_to_exitcode(status)
    return 128 - code if code < 0 else code


class Stream:
    """One stream of a program: lines in, JSON lines out."""

    def __init__(self, name: str, level: str, write: Callable[[bytes], object]) -> None:
        """Nothing is written yet.

        Args:
            name: `log.logger` of the lines that are none of JSON.
            level: theirs, where they say nothing of an error.
            write: is given whole lines.
        """
        self._own = {"log.logger": name, "ecs.version": ECS_VERSION, **own_fields()}
        self._level = level
        self._write = write
        self._rest = b""
        self._waiting: list[str] = []

    @property
    def waits(self) -> bool:
        """Whether lines are held back, for what follows may belong to them."""
        return bool(self._waiting)

    def feed(self, content: bytes) -> None:
        """Takes what the program has written next."""
        *lines, self._rest = (self._rest + content).split(b"\n")
        for line in lines:
            self._take(line)
        if len(self._rest) > LONGEST_LINE:
            line, self._rest = self._rest, b""
            self._take(line)

    def flush(self) -> None:
        """Writes what is held back."""
        if self._waiting:
            lines, self._waiting = self._waiting, []
            self._write(self._wrapped(lines))

    def end(self) -> None:
        """Writes all that is left, an unfinished line too."""
        if self._rest:
            self._take(self._rest)
            self._rest = b""
        self.flush()

    def _take(self, line: bytes) -> None:
        if line.startswith(_START) and line.endswith(b"}"):
            self.flush()
            self._write(line + b"\n")
            return
        text = line.decode(errors="replace").rstrip("\r")
        if not self._belongs(text):
            self.flush()
        if text.strip():
            self._waiting.append(text)
        if self._waiting[:1] == [_PYTHON_TRACE] and text.strip() and not _is_indented(text) and text != _PYTHON_TRACE:
            self.flush()  # the error itself is a trace's last line

    def _belongs(self, text: str) -> bool:
        """Whether a line goes on with what is held back."""
        if not self._waiting:
            return True
        return self._waiting[0] == _PYTHON_TRACE != text or _is_indented(text) or text.startswith("Caused by: ")

    def _wrapped(self, lines: Sequence[str]) -> bytes:
        now = datetime.now(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
        level = "ERROR" if _ERROR.match(lines[0]) else self._level
        fields = {"@timestamp": now, "log.level": level, "message": "\n".join(lines), **self._own}
        error = _PYTHON_ERROR.fullmatch(lines[-1]) if lines[0] == _PYTHON_TRACE else _JAVA_TRACE.fullmatch(lines[0])
        if error and len(lines) > 1:
            fields["log.level"] = "ERROR"
            fields["error.type"] = error["type"]
            fields["error.message"] = error["message"] or ""
            fields["error.stack_trace"] = fields["message"]
            fields["message"] = error[0]
        return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _is_indented(text: str) -> bool:
    return text[:1].isspace()


def _follow(end: int, stream: Stream) -> None:
    """Reads one end of a pipe until nobody holds the other."""
    try:
        while True:
            ready, _, _ = select.select([end], [], [], QUIET_SECONDS if stream.waits else None)
            if not ready:
                stream.flush()
            elif content := os.read(end, 1 << 16):
                stream.feed(content)
            else:
                stream.end()
                return
    except BrokenPipeError:
        return
    finally:
        # Where nobody reads what comes out of here, the program is to notice, not to wait.
        os.close(end)


def _writer(number: int) -> Callable[[bytes], object]:
    def write(line: bytes) -> None:
        while line:
            line = line[os.write(number, line) :]

    return write


def _await_end(child: int) -> int:
    while True:
        received = signal.sigwaitinfo((*PASSED_ON, signal.SIGCHLD))
        if received.si_signo != signal.SIGCHLD:
            os.kill(child, received.si_signo)
            continue
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status


if __name__ == "__main__":
    main()
