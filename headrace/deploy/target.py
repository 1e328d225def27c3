"""Where deployments go: one stack, its cluster, its catalog and its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from headrace.deploy.catalog_objects import CatalogObject, CatalogSnapshot
from headrace.deploy.flink_rest import FlinkRest
from headrace.deploy.kept_state import KeptState
from headrace.deploy.records import Records
from headrace.deploy.runner import Runner
from headrace.deploy.script import Script
from headrace.deploy.sql_gateway import run_in_gateway
from headrace.deploy.upgrade import Upgrade
from headrace.stack.stack import Stack

Say = Callable[[str], None]


class Target:
    """A stack that runs."""

    def __init__(self, stack: Stack, say: Say) -> None:
        self.settings = stack.settings
        self.addresses = stack.addresses
        self.say = say
        self.rest = FlinkRest(self.addresses.flink_rest_url)
        self.runner = Runner(self.rest, self.addresses.sql_gateway_url)
        self.records = Records(self.settings)
        self.kept = KeptState.of(self.settings)
        self.catalog = self.settings.stack / "catalog"

    def upgrade(self, session: list[str]) -> Upgrade:
        return Upgrade(self.records, self.runner, self.kept, session, self.say)

    def change_catalog(
        self, session: Iterable[str], drop: Iterable[CatalogObject], create: Iterable[tuple[str, str]]
    ) -> None:
        """Drops objects, then creates others.

        Args:
            session: statements that every session begins with.
            drop: the objects to drop.
            create: file and text of each CREATE statement, in the order in which they can be created.

        Raises:
            StatementRefusedError: Flink refuses one; those before it were executed.
        """
        script = Script()
        for text in session:
            script.add_own(text, file="catalog/session.sql")
        for key in drop:
            script.add_own(key.drop_statement())
        for file, text in create:
            script.add_own(text, file=file)
        run_in_gateway(self.addresses.sql_gateway_url, script)

    def snapshot(self) -> CatalogSnapshot:
        return CatalogSnapshot(self.catalog)
