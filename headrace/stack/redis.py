"""The local Redis: one server with a password, on loopback, with its append-only file."""

from __future__ import annotations

import shutil
from pathlib import Path

import redis

from headrace.errors import StackError
from headrace.settings import Settings
from headrace.stack.addresses import HOST, Addresses, ClusterAddresses
from headrace.stack.process import Process
from headrace.stack.secrets import password


def connect(settings: Settings, addresses: Addresses | ClusterAddresses) -> redis.Redis:
    """A client of the stack's Redis that returns bytes."""
    is_local = isinstance(addresses, Addresses)
    secret = password(settings, "redis") if is_local else settings.redis_password_file.read_text().strip()
    return redis.Redis.from_url(addresses.redis_url, password=secret)


def prepare_redis(settings: Settings, addresses: Addresses) -> None:
    """Writes the server's configuration, readable by its owner alone: it holds the password."""
    configuration = _configuration_file(settings)
    configuration.parent.mkdir(parents=True, exist_ok=True)
    configuration.touch(mode=0o600)
    configuration.write_text(
        f"bind {HOST}\n"
        f"port {addresses.redis}\n"
        f"requirepass {password(settings, 'redis')}\n"
        f'dir "{configuration.parent}"\n'
        "appendonly yes\n"
        "appendfsync everysec\n"
        'save ""\n'
    )


def redis_server(settings: Settings, addresses: Addresses) -> Process:
    """Describes the server's process."""
    program = shutil.which("redis-server")
    if not program:
        raise StackError("PATH: there is no `redis-server`. Install it: run `make setup`.")
    return Process(
        name="redis",
        command=(program, str(_configuration_file(settings))),
        is_ready=lambda: bool(connect(settings, addresses).ping()),
        shows=f"{HOST}:{addresses.redis}",
    )


def _configuration_file(settings: Settings) -> Path:
    return settings.stack / "redis" / "redis.conf"
