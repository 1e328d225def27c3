"""Connections for images: to checked addresses, and no longer than the time that is left."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Iterable
from concurrent.futures import TimeoutError as ResolverTimeoutError
from functools import cache
from typing import Any

import httpcore

from headrace.documents.images.uri.addresses import is_allowed, resolve

_KEPT_CONNECTIONS = 10
_KEPT_SECONDS = 30.0


class AddressNotAllowedError(Exception):
    """A host has no address that may be connected to."""


class Deadline(threading.local):
    """When the read that a thread is at has to be done, by `time.monotonic()`.

    A time limit for each operation would not hold: a server that sends a byte a second never exceeds it.
    """

    at = 0.0

    def left(self) -> float:
        """Seconds until then. Raises httpcore.ReadTimeout if there are none."""
        seconds = self.at - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("no time left")
        return seconds


DEADLINE = Deadline()


@cache
def connection_pool(networks: tuple[str, ...]) -> httpcore.ConnectionPool:
    """The connections of this process; those that are kept open serve later images. Proxies are not used."""
    return httpcore.ConnectionPool(
        ssl_context=ssl.create_default_context(),
        max_keepalive_connections=_KEPT_CONNECTIONS,
        keepalive_expiry=_KEPT_SECONDS,
        network_backend=_CheckedBackend(networks),
    )


class _CheckedBackend(httpcore.NetworkBackend):
    """Resolves a name, checks the addresses and connects to one of those that are allowed."""

    def __init__(self, networks: tuple[str, ...]) -> None:
        self._networks = networks
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._resolved(host, port)
        allowed = [address for address in addresses if is_allowed(address, self._networks)]
        if not allowed:
            raise AddressNotAllowedError(f"{host} is {', '.join(addresses)}, which is not on the public internet")
        failure: httpcore.ConnectError | None = None
        for address in allowed:
            try:
                stream = self._backend.connect_tcp(address, port, DEADLINE.left(), local_address, socket_options)
                return _TimedStream(stream)
            except httpcore.ConnectError as error:
                failure = error
        raise failure or httpcore.ConnectError(host)

    def _resolved(self, host: str, port: int) -> list[str]:
        try:
            return resolve(host, port, DEADLINE.left())
        except ResolverTimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host} is not resolved in time") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address: {error}") from error


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every operation ends at the deadline of the thread that uses it."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, DEADLINE.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, DEADLINE.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, DEADLINE.left()))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
