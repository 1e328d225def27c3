"""Which addresses a worker may connect to."""

from __future__ import annotations

import pytest

from headrace.documents.images.uri.addresses import is_allowed


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # metadata of cloud machines
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "255.255.255.255",
        "224.0.0.1",
        "::",
        "::1",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
    ],
)
def test_addresses_off_the_public_internet(address: str) -> None:
    assert not is_allowed(address, ())


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses(address: str) -> None:
    assert is_allowed(address, ())


def test_listed_networks() -> None:
    assert is_allowed("10.1.2.3", ("10.1.0.0/16", "fd00::/8"))
    assert is_allowed("::ffff:10.1.2.3", ("10.1.0.0/16",))
    assert is_allowed("fd00::1", ("10.1.0.0/16", "fd00::/8"))
    assert not is_allowed("10.2.0.1", ("10.1.0.0/16", "fd00::/8"))
