"""The template as a TaskManager has it: what workers import, on one thread, and nothing that only a worker may have."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable

from headrace.worker.template import MODULES
from tests.unit.worker.conftest import Template, await_true

SCORES = """
import json, sys
before = {name.partition(".")[0] for name in sys.modules}
from pyflink.fn_execution.beam import beam_sdk_worker_main
import udf.sentiment
from udf import arrow_strings
arrow_strings.install()
from headrace.inference.loading import load_text_classifier
import numpy, paddle
result = load_text_classifier("sentiment").classify(["很好吃"])
after = {name.partition(".")[0] for name in sys.modules} - {"headrace", "udf"}
packages = sorted(name for name in after - before if name not in sys.stdlib_module_names)
drawn = [numpy.random.rand(), float(paddle.rand([1]))]
print(json.dumps({"new": packages, "score": list(result.score), "drawn": drawn}))
"""
KILLS = 8


def test_real_template(start_template: Callable[..., Template], launch: Callable[..., subprocess.Popen[str]]) -> None:
    template = start_template(*MODULES)
    with open(f"/proc/{template.process.pid}/status") as status:  # noqa: PTH123
        assert "Threads:\t1\n" in status.readlines()
    told = []
    for _ in range(2):
        out, error = launch(SCORES).communicate(timeout=120)
        assert "starts cold" not in error
        told.append(json.loads(out.splitlines()[-1]))
    assert told[0]["new"] == []
    assert told[0]["score"] == told[1]["score"]
    assert not set(told[0]["drawn"]) & set(told[1]["drawn"])
    before = template.descriptors()
    for _ in range(KILLS):
        process = launch("import paddle; a = paddle.ones([2]); print(flush=True); input()")
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
        process.communicate(timeout=60)
    await_true(lambda: not template.children())
    assert template.descriptors() == before
