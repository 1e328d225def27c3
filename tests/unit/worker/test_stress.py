"""200 workers are started and killed, each in some way, four at a time; nothing stays behind."""

from __future__ import annotations

import random
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psutil

from tests.unit.worker.conftest import Template, await_true

STARTS = 200
AT_ONCE = 4
WAYS = ("launcher killed", "launcher ended", "worker killed", "TaskManager killed", "worker ends", "killed at any time")
PROGRAM = """
import os, sys
print(os.getpid(), os.getppid(), flush=True)
sys.stdin.readline()
sys.exit(3)
"""


def test_starts_and_kills(template: Template, launch: Callable[..., subprocess.Popen[str]]) -> None:
    before = template.descriptors()
    launch(PROGRAM).communicate("\n", timeout=60)  # the program's file is there from here on

    def start_and_kill(number: int) -> str:
        chance = random.Random(number)  # noqa: S311
        way = WAYS[number % len(WAYS)]
        with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as manager:
            process = launch(PROGRAM, owner=manager.pid)
            assert process.stdin is not None
            assert process.stdout is not None
            if way == "killed at any time":
                # Whatever the launcher is about: not a condition to await, but one to meet at any of its moments.
                time.sleep(chance.uniform(0, 0.2))
                chance.choice([process, manager]).kill()
                manager.kill()
                out, _ = process.communicate(timeout=60)
                worker = int(out.split()[0]) if out else 0
            else:
                worker, parent = map(int, process.stdout.readline().split())
                assert parent == template.process.pid
                if way == "launcher killed":
                    process.kill()
                elif way == "launcher ended":
                    process.terminate()
                elif way == "worker killed":
                    psutil.Process(worker).kill()
                elif way == "TaskManager killed":
                    manager.kill()
                else:
                    process.stdin.write("\n")
                    process.stdin.flush()
                process.wait(60)  # its pipes still open: their end would be one more way
                process.communicate()
                expected = {"launcher ended": -15, "TaskManager killed": 1, "worker ends": 3}
                assert process.returncode == expected.get(way, -9), way
            manager.kill()
        await_true(lambda: not worker or not psutil.pid_exists(worker))
        return way

    with ThreadPoolExecutor(AT_ONCE) as pool:
        ways = Counter(pool.map(start_and_kill, range(STARTS)))
    assert ways.total() == STARTS
    await_true(lambda: not template.children())  # no zombie either
    assert template.descriptors() == before
    assert launch(PROGRAM).communicate("\n", timeout=60)[0].split()[1] == str(template.process.pid)
