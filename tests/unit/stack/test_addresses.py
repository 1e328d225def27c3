"""Which ports a stack takes."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from headrace.errors import StackError
from headrace.settings import Settings
from headrace.stack.addresses import HOST, Addresses
from headrace.testing.ports import free_ports


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


def with_ports(settings: Settings, **ports: int) -> Settings:
    return settings.model_copy(update=ports)


def test_a_named_port_is_taken_as_it_is(own_settings: Settings) -> None:
    [port] = free_ports(1)
    assert Addresses.choose(with_ports(own_settings, redis_port=port)).redis == port


def test_a_named_port_that_another_process_has_is_an_error(own_settings: Settings, taken_port: int) -> None:
    with pytest.raises(StackError) as raised:
        Addresses.choose(with_ports(own_settings, kafka_port=taken_port))
    assert str(raised.value) == (
        f"HEADRACE_KAFKA_PORT={taken_port}: another process listens on {HOST}:{taken_port}. "
        "End it, name another port, or leave HEADRACE_KAFKA_PORT unset and a free one is found."
    )


def test_a_port_on_all_interfaces_counts_as_taken(own_settings: Settings) -> None:
    with socket.create_server(("", 0)) as server, pytest.raises(StackError, match=r"^HEADRACE_FLINK_REST_PORT="):
        Addresses.choose(with_ports(own_settings, flink_rest_port=server.getsockname()[1]))


def test_a_port_that_is_named_twice_is_an_error(own_settings: Settings) -> None:
    [port] = free_ports(1)
    with pytest.raises(StackError, match=f"^HEADRACE_REDIS_PORT={port}: HEADRACE_KAFKA_PORT names the same port"):
        Addresses.choose(with_ports(own_settings, kafka_port=port, redis_port=port))


def test_an_unnamed_port_moves_on_where_the_usual_one_is_taken(own_settings: Settings) -> None:
    usual = Addresses.choose(own_settings)
    with socket.create_server((HOST, usual.redis)):
        moved = Addresses.choose(own_settings)
    assert moved.redis > usual.redis
    assert moved.kafka == usual.kafka


def test_no_unnamed_port_takes_a_named_one(own_settings: Settings) -> None:
    """The controller's usual port is asked for by Flink, which comes after it."""
    controller = Addresses.choose(own_settings).kafka_controller
    chosen = Addresses.choose(with_ports(own_settings, flink_rest_port=controller))
    assert chosen.flink_rest == controller
    assert_ports_differ(chosen)


def test_each_process_has_a_port_of_its_own(own_settings: Settings) -> None:
    chosen = Addresses.choose(with_ports(own_settings, task_managers=3))
    assert len(chosen.task_manager_metrics) == 3
    assert_ports_differ(chosen)


def assert_ports_differ(addresses: Addresses) -> None:
    named = addresses.model_dump(exclude={"task_manager_metrics"})
    ports = [*named.values(), *addresses.task_manager_metrics]
    assert len(set(ports)) == len(named) + len(addresses.task_manager_metrics)


def test_every_command_finds_them(own_settings: Settings) -> None:
    assert Addresses.load(own_settings) is None
    addresses = Addresses.choose(own_settings)
    addresses.save(own_settings)
    assert Addresses.load(own_settings) == addresses
