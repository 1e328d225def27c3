"""Whether a role serves."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from headrace.container.health import problem


class Known(BaseHTTPRequestHandler):
    """A JobManager that knows one TaskManager."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/taskmanagers" else 404)
        self.end_headers()
        self.wfile.write(b'{"taskmanagers":[{"id":"tm"}]}')

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Known) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def role(folder: Path, **urls: str) -> Path:
    file = folder / "role.json"
    file.write_text(json.dumps({"role": "taskmanager", **urls}))
    return file


def test_what_answers_is_healthy(tmp_path: Path, url: str) -> None:
    assert problem(role(tmp_path, url=f"{url}/taskmanagers"), is_ready=True) == ""
    assert "taskmanager" in problem(role(tmp_path, url="http://127.0.0.1:1/"), is_ready=False)


def test_readiness_asks_more_than_life(tmp_path: Path, url: str) -> None:
    asked = {"url": f"{url}/taskmanagers", "task_managers_url": f"{url}/taskmanagers"}
    assert problem(role(tmp_path, **asked, task_manager="tm"), is_ready=True) == ""
    file = role(tmp_path, **asked, task_manager="t")
    assert problem(file, is_ready=False) == ""
    assert "does not know t" in problem(file, is_ready=True)


def test_an_answer_that_is_none_is_told(tmp_path: Path, url: str) -> None:
    file = role(tmp_path, url=f"{url}/taskmanagers", task_managers_url=f"{url}/unknown", task_manager="tm")
    assert "404" in problem(file, is_ready=True)


def test_no_role_and_a_role_that_serves_nothing(tmp_path: Path) -> None:
    assert "no role runs here" in problem(tmp_path / "role.json", is_ready=False)
    assert problem(role(tmp_path), is_ready=True) == ""
