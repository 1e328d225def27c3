"""Which addresses a worker may connect to for an image: those of the public internet, and networks that are listed.

A host name is what a sender writes, and its address is what whoever runs its name server says: an allowed name may
point at a service inside the worker's own network. So the address is looked at, and that same address is connected to.
"""

from __future__ import annotations

import ipaddress
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import cache

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_RESOLVERS = 4  # threads: the system's resolver knows no time limit


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host, in the order that the system prefers.

    Raises:
        TimeoutError: no answer in time.
        OSError: the name has no address, or the resolver fails.
    """
    found = _resolvers().submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM).result(timeout=seconds)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_allowed(address: str, networks: tuple[str, ...]) -> bool:
    """Whether an address is public or in one of the networks (CIDR)."""
    found = ipaddress.ip_address(address.partition("%")[0])
    listed = [ipaddress.ip_network(network, strict=False) for network in networks]
    return all(
        any(inner in network for network in listed) or (inner.is_global and not inner.is_multicast)
        for inner in _with_embedded(found)
    )


def _with_embedded(address: _Address) -> list[_Address]:
    """The address that packets end at, where IPv6 carries one of IPv4; else the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    if address.sixtofour:
        return [address, address.sixtofour]
    if address.teredo:
        return [address, *address.teredo]
    return [address]


@cache
def _resolvers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_RESOLVERS, thread_name_prefix="image-host")
