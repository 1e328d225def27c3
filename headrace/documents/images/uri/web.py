"""`http:` and `https:` URIs, at the hosts that the settings list."""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass
from urllib.parse import quote, urljoin

import httpcore
from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_before_delay, wait_random_exponential

from headrace.documents.images.errors import ImageError
from headrace.documents.images.limits import ImageLimits
from headrace.documents.images.status import ImageStatus
from headrace.documents.images.uri.connection import DEADLINE, AddressNotAllowedError, connection_pool
from headrace.documents.images.uri.reading import shown, split

_ATTEMPTS = 3
_REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_LATER = "Send it again when the server is up."
_UNRESERVED = "%/:=&?~+!$,;'@()*[]"  # what stays as it is in a path or query


@dataclass(frozen=True, slots=True)
class _Address:
    """What is asked for, in its parts, as it was checked."""

    scheme: str
    host: str
    port: int
    target: str
    uri: str

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"


def read(uri: str, limits: ImageLimits) -> bytes:
    """The bytes that a server gives; what may pass is tried three times within the time limit.

    Raises:
        ImageError: a host or address that is not allowed, not there, refused, too large, or a failure that may pass.
    """
    DEADLINE.at = time.monotonic() + limits.seconds
    attempts = Retrying(
        retry=retry_if_exception(lambda error: getattr(error, "status", None) is ImageStatus.UNREACHABLE),
        stop=stop_after_attempt(_ATTEMPTS) | stop_before_delay(limits.seconds),
        wait=wait_random_exponential(multiplier=0.1, max=1),
        reraise=True,
    )
    return attempts(_once, uri, limits)


def _once(uri: str, limits: ImageLimits) -> bytes:
    address = _allowed(uri, limits)
    try:
        for _ in range(_REDIRECTS + 1):
            answer = _answer(address, limits)
            if isinstance(answer, bytes):
                return answer
            address = answer
    except AddressNotAllowedError as error:
        remedy = "Add its network to HEADRACE_IMAGE_NETWORKS if workers are to read from there."
        raise ImageError(ImageStatus.URI_NOT_ALLOWED, shown(address.uri), str(error), remedy) from error
    except httpcore.TimeoutException as error:
        fact = f"not read within {limits.seconds:g} s"
        remedy = "Send it again later, or raise HEADRACE_IMAGE_SECONDS."
        raise ImageError(ImageStatus.TIMED_OUT, shown(address.uri), fact, remedy) from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise _failed(error, address) from error
    fact = f"more than {_REDIRECTS} redirects"
    raise ImageError(ImageStatus.REFUSED, shown(uri), fact, "Name the place where they end.")


def _answer(address: _Address, limits: ImageLimits) -> bytes | _Address:
    """The body, or where the server sends to."""
    url = httpcore.URL(scheme=address.scheme, host=address.host, port=address.port, target=address.target)
    headers = [("Host", address.host_header), ("User-Agent", "headrace"), ("Accept-Encoding", "identity")]
    free_connection = {"timeout": {"pool": DEADLINE.left()}}
    pool = connection_pool(limits.networks)
    with pool.stream("GET", url, headers=headers, extensions=free_connection) as response:
        given = {name.lower(): value.decode("latin-1") for name, value in response.headers}
        if response.status in (301, 302, 303, 307, 308) and b"location" in given:
            return _redirected(address, given[b"location"], limits)
        _check_status(response.status, address)
        if (encoding := given.get(b"content-encoding", "identity").lower()) != "identity":
            fact = f"the server packs it ({encoding}), though it was asked not to"
            raise ImageError(ImageStatus.UNSUPPORTED, shown(address.uri), fact, "Serve images as they are.")
        return _body(response, given.get(b"content-length", ""), address, limits)


def _body(response: httpcore.Response, announced: str, address: _Address, limits: ImageLimits) -> bytes:
    content = bytearray()
    size = int(announced) if announced.isdecimal() else 0
    if size <= limits.bytes:
        for part in response.iter_stream():
            content += part
            size = len(content)
            if size > limits.bytes:
                break
    if size > limits.bytes:
        fact = f"{size:,} bytes or more, where {limits.bytes:,} are allowed"
        remedy = "Send a smaller file, or raise HEADRACE_IMAGE_BYTES."
        raise ImageError(ImageStatus.TOO_LARGE, shown(address.uri), fact, remedy)
    return bytes(content)


def _check_status(status: int, address: _Address) -> None:
    fact = f"the server answers {status}"
    if status in (404, 410):
        raise ImageError(ImageStatus.NOT_FOUND, shown(address.uri), fact, "Correct the URI.")
    if status >= 500 or status in (408, 425, 429):
        raise ImageError(ImageStatus.UNREACHABLE, shown(address.uri), fact, _LATER)
    if status not in (200, 203, 204):
        raise ImageError(ImageStatus.REFUSED, shown(address.uri), fact, "Let workers read it without signing in.")


def _redirected(address: _Address, location: str, limits: ImageLimits) -> _Address:
    target = _allowed(urljoin(address.uri, location), limits)
    if address.scheme == "https" and target.scheme == "http":
        fact = "a redirect from https to http"
        raise ImageError(ImageStatus.URI_NOT_ALLOWED, shown(address.uri), fact, "Name the place where it ends.")
    return target


def _allowed(uri: str, limits: ImageLimits) -> _Address:
    parts = split(uri)
    try:
        host = (parts.hostname or "").rstrip(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    if parts.scheme not in _PORTS or not host or "@" in parts.netloc:
        fact = "no http or https URI with a host and without a user"
        raise ImageError(ImageStatus.BAD_URI, shown(uri), fact, "Write https://<host>/<path>.")
    port = parts.port or _PORTS[parts.scheme]
    if not any(_matches(entry.lower(), host, port, _PORTS[parts.scheme]) for entry in limits.hosts):
        fact = f"{host}, port {port}, is none of the hosts that images may come from"
        raise ImageError(ImageStatus.URI_NOT_ALLOWED, shown(uri), fact, "Add it to HEADRACE_IMAGE_HOSTS.")
    target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_UNRESERVED)
    return _Address(parts.scheme, host, port, target, uri)


def _matches(entry: str, host: str, port: int, usual_port: int) -> bool:
    """Whether an entry `host`, `host:port` or `*.domain` (with or without a port) names a host and port."""
    name, colon, number = entry.rpartition(":")
    if not colon or not number.isdecimal() or name.endswith(":"):
        name, number = entry, str(usual_port)
    name = name.strip("[]")
    if number != str(port):
        return False
    return host.endswith(name[1:]) if name.startswith("*.") else host == name


def _failed(error: Exception, address: _Address) -> ImageError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            fact = f"its certificate is not trusted: {cause.verify_message}"
            return ImageError(ImageStatus.REFUSED, shown(address.uri), fact, "Set SSL_CERT_FILE to its authority's.")
        cause = cause.__cause__ or cause.__context__
    fact = f"the server cannot be reached or breaks off: {type(error).__name__}: {error}"
    return ImageError(ImageStatus.UNREACHABLE, shown(address.uri), fact, _LATER)
