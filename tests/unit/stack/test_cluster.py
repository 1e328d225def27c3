"""A stack that this machine does not run: found by its URLs, never started or stopped."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from headrace.errors import StackError
from headrace.settings import Settings
from headrace.stack.redis import connect
from headrace.stack.stack import Stack

ANSWERS = {"/overview": {"flink-version": "2.3.0"}, "/v1/info": {"productName": "Apache Flink"}}


class Answering(BaseHTTPRequestHandler):
    """Answers as a JobManager and a SQL gateway do."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path in ANSWERS else 404)
        self.end_headers()
        self.wfile.write(json.dumps(ANSWERS.get(self.path, {})).encode())

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def url() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def cluster(settings: Settings, flink: str, gateway: str) -> Stack:
    return Stack(settings.model_copy(update={"flink_rest_url": flink, "sql_gateway_url": gateway}))


def test_its_addresses_are_those_that_are_named(own_settings: Settings, url: str) -> None:
    addresses = cluster(own_settings, f"{url}/", url).addresses
    assert (addresses.flink_rest_url, addresses.sql_gateway_url) == (url, url)
    assert addresses.kafka_bootstrap_servers == "kafka:9092"


def test_its_state_is_what_answers(own_settings: Settings, url: str) -> None:
    closed = "http://127.0.0.1:1"
    stack = cluster(own_settings, url, closed)
    assert stack.is_up()
    assert [(state.name, state.serves) for state in stack.status()] == [("jobmanager", True), ("sql-gateway", False)]
    assert not cluster(own_settings, closed, url).is_up()


def test_up_waits_for_it_and_down_is_refused(own_settings: Settings, url: str) -> None:
    stack = cluster(own_settings, url, url)
    assert not stack.up(lambda _: None)
    with pytest.raises(StackError, match="not this command's to start or stop"):
        stack.down(lambda _: None)


def test_one_url_alone_is_refused(own_settings: Settings) -> None:
    with pytest.raises(StackError, match="HEADRACE_SQL_GATEWAY_URL: it is not set"):
        cluster(own_settings, "http://jobmanager:8081", "")


def test_its_redis_has_its_password_in_a_file(own_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("secret\n")
    settings = own_settings.model_copy(update={"redis_password_file": tmp_path / "password"})
    stack = cluster(settings, "http://a:1", "http://b:2")
    found = connect(stack.settings, stack.addresses).connection_pool.connection_kwargs
    assert (found["host"], found["password"]) == ("redis", "secret")
