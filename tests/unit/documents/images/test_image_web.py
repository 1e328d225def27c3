"""http: URIs, against a real server on this machine."""

from __future__ import annotations

import contextlib
import http.server
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from image_files import jpeg

from headrace.documents.images import ImageError, ImageLimits, ImageStatus, read_pages

JPEG = jpeg()
LOCAL = ("127.0.0.0/8", "::1/128")


class Server(http.server.ThreadingHTTPServer):
    """Answers each path as a test says, and counts."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, Callable[[Handler], None]] = {}
        self.asked: Counter[str] = Counter()
        self.connections = 0
        self.ended = threading.Event()

    @property
    def host(self) -> str:
        """As an allow-list names it."""
        return f"127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Server

    def setup(self) -> None:
        super().setup()
        self.server.connections += 1

    def do_GET(self) -> None:
        self.server.asked[self.path] += 1
        self.server.answers[self.path](self)

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


def answer(status: int = 200, body: bytes = JPEG, **headers: str) -> Callable[[Handler], None]:
    def send(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return send


@contextlib.contextmanager
def running() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.ended.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.fixture
def other() -> Iterator[Server]:
    """A second server, which an allow-list may leave out."""
    with running() as server:
        yield server


def limits(*servers: Server, **others: object) -> ImageLimits:
    given = {"hosts": tuple(server.host for server in servers), "networks": LOCAL, "seconds": 30.0, **others}
    return ImageLimits(**given)


def status_of(uri: str, given: ImageLimits) -> ImageStatus | None:
    try:
        read_pages(uri, given)
    except ImageError as error:
        return error.status
    return None


def test_one_connection_serves_many_images(server: Server) -> None:
    server.answers = {"/a.jpg?size=1%202": answer(), "/%E7%A5%A8.jpg": answer()}
    for _ in range(3):
        assert read_pages(f"http://{server.host}/a.jpg?size=1%202", limits(server))[0].shape == (40, 60, 3)
        assert status_of(f"http://{server.host}/票.jpg#page", limits(server)) is None
    assert server.connections == 1


@pytest.mark.parametrize(
    ("given", "status", "times"),
    [
        (answer(404), ImageStatus.NOT_FOUND, 1),
        (answer(410), ImageStatus.NOT_FOUND, 1),
        (answer(401), ImageStatus.REFUSED, 1),
        (answer(403), ImageStatus.REFUSED, 1),
        (answer(500), ImageStatus.UNREACHABLE, 3),
        (answer(429), ImageStatus.UNREACHABLE, 3),
        (answer(302), ImageStatus.REFUSED, 1),
        (answer(200, b""), ImageStatus.EMPTY, 1),
        (answer(204, b""), ImageStatus.EMPTY, 1),
        (answer(200, b"<html>sign in</html>"), ImageStatus.NOT_AN_IMAGE, 1),
        (answer(Content_Encoding="gzip"), ImageStatus.UNSUPPORTED, 1),
        (answer(200, JPEG[:400]), ImageStatus.TRUNCATED, 1),
        (answer(200, bytes(20_001)), ImageStatus.TOO_LARGE, 1),
        (answer(Content_Length="2000000000"), ImageStatus.TOO_LARGE, 1),
    ],
)
def test_answers(server: Server, given: Callable[[Handler], None], status: ImageStatus, times: int) -> None:
    server.answers = {"/": given}
    assert status_of(f"http://{server.host}", limits(server, bytes=20_000)) is status
    assert server.asked["/"] == times
    assert status.may_pass == (times > 1)


def test_a_failure_that_passes(server: Server) -> None:
    def break_off(handler: Handler) -> None:
        answer(200, JPEG[:100], Content_Length=str(len(JPEG)))(handler)
        handler.close_connection = True

    def recover(handler: Handler) -> None:
        (break_off if server.asked["/"] == 1 else answer(503) if server.asked["/"] == 2 else answer())(handler)

    server.answers = {"/": recover}
    assert status_of(f"http://{server.host}/", limits(server)) is None
    assert server.asked["/"] == 3


def test_size_limit_while_reading(server: Server) -> None:
    def endless(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        try:
            while not server.ended.is_set():
                handler.wfile.write(b"1000\r\n" + bytes(0x1000) + b"\r\n")
        except OSError:
            handler.close_connection = True

    server.answers = {"/": endless}
    assert status_of(f"http://{server.host}/", limits(server, bytes=100_000)) is ImageStatus.TOO_LARGE


@pytest.mark.parametrize(
    "beginning", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"]
)
def test_time_limit_of_a_server_that_sends_byte_by_byte(server: Server, beginning: bytes) -> None:
    def drip(handler: Handler) -> None:
        handler.wfile.write(beginning)
        try:
            while not server.ended.wait(0.02):
                if beginning:
                    handler.wfile.write(b"x")
        except OSError:
            handler.close_connection = True

    server.answers = {"/": drip}
    assert status_of(f"http://{server.host}/", limits(server, seconds=0.3)) is ImageStatus.TIMED_OUT


def test_nobody_listens() -> None:
    server = Server()
    server.server_close()
    assert status_of(f"http://{server.host}/", limits(server)) is ImageStatus.UNREACHABLE


def test_a_name_without_an_address() -> None:
    given = ImageLimits(hosts=("*.invalid",))  # RFC 2606: never resolves
    assert status_of("http://images.invalid/", given) is ImageStatus.UNREACHABLE


def test_hosts(server: Server) -> None:
    server.answers = {"/": answer()}
    uri = f"http://{server.host}/"
    for hosts in ((), ("127.0.0.1",), ("127.0.0.1:1",), ("localhost:*",), ("*.0.0.1",), (f"1{server.host}",)):
        assert status_of(uri, limits(hosts=hosts)) is ImageStatus.URI_NOT_ALLOWED, hosts
    assert not server.asked
    for hosts in ((server.host,), (f"*.0.0.1:{server.server_port}",), ("example.com", server.host)):
        assert status_of(uri, limits(hosts=hosts)) is None, hosts
    assert (
        status_of(f"http://LOCALHOST.:{server.server_port}/", limits(hosts=(f"localhost:{server.server_port}",)))
        is None
    )


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"])
def test_an_allowed_name_of_a_private_address_is_not_connected_to(server: Server, name: str) -> None:
    server.answers = {"/": answer()}
    hosts = (f"{name}:{server.server_port}",)
    given = ImageLimits(hosts=hosts, seconds=30)
    with pytest.raises(ImageError, match=r"not on the public internet.*HEADRACE_IMAGE_NETWORKS") as caught:
        read_pages(f"http://{name}:{server.server_port}/", given)
    assert caught.value.status is ImageStatus.URI_NOT_ALLOWED
    assert server.connections == 0


def test_redirects(server: Server, other: Server) -> None:
    server.answers = {
        "/near": answer(302, b"", Location="/image"),
        "/far": answer(301, b"moved", Location=f"http://{other.host}/image"),
        "/file": answer(302, b"", Location="file:///etc/passwd"),
        "/circle": answer(307, b"", Location="circle"),
        "/image": answer(),
    }
    other.answers = {"/image": answer()}
    assert status_of(f"http://{server.host}/near", limits(server)) is None
    assert status_of(f"http://{server.host}/far", limits(server)) is ImageStatus.URI_NOT_ALLOWED
    assert other.connections == 0
    assert status_of(f"http://{server.host}/far", limits(server, other)) is None
    assert status_of(f"http://{server.host}/file", limits(server)) is ImageStatus.BAD_URI
    assert status_of(f"http://{server.host}/circle", limits(server)) is ImageStatus.REFUSED
    assert server.asked["/circle"] == 6


def test_a_certificate_that_nobody_trusts(server: Server, tmp_path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, now + timedelta(1))
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.PEM)
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (tmp_path / "server.pem").write_bytes(private + certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "server.pem")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    with pytest.raises(ImageError, match="its certificate is not trusted") as caught:
        read_pages(f"https://{server.host}/", limits(server))
    assert caught.value.status is ImageStatus.REFUSED
