"""Passwords of the local stack."""

from __future__ import annotations

import stat
from pathlib import Path

from headrace.settings import Settings
from headrace.stack.addresses import Addresses
from headrace.stack.redis import prepare_redis
from headrace.stack.secrets import password, password_file


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_owner_reads_a_password(own_settings: Settings) -> None:
    file = password_file(own_settings, "redis")
    assert mode(file) == 0o600
    assert mode(file.parent) == 0o700


def test_a_password_stays_the_same_and_is_not_another_one(own_settings: Settings) -> None:
    first = password(own_settings, "redis")
    assert len(first) >= 24
    assert password(own_settings, "redis") == first
    assert password(own_settings, "supervisor") != first


def test_configurations_that_hold_a_password_are_the_owners_alone(own_settings: Settings) -> None:
    prepare_redis(own_settings, Addresses.choose(own_settings))
    file = own_settings.stack / "redis" / "redis.conf"
    assert password(own_settings, "redis") in file.read_text()
    assert mode(file) == 0o600
