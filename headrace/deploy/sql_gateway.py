"""Runs a script in a session of Flink's SQL gateway, which runs already: there is no JVM to start and to warm up."""

from __future__ import annotations

from collections.abc import Mapping

from headrace.deploy.script import Place, Script
from headrace.errors import DeployError
from headrace.sql_gateway.client import GatewaySession, StatementFailedError


class StatementRefusedError(DeployError):
    """Flink refused a statement of a script.

    Attributes:
        place: the file and line, where they are known.
        reason: Flink's own words.
        trace: all that Flink said.
    """

    def __init__(self, place: Place | None, reason: str, trace: str) -> None:
        super().__init__(f"{place or 'a statement of ours'}: Flink refuses it: {reason}")
        self.place = place
        self.reason = reason
        self.trace = trace


def run_in_gateway(url: str, script: Script, configuration: Mapping[str, str] | None = None) -> str | None:
    """Executes a script's statements one after the other, in one session.

    Args:
        url: of the gateway, without a version.
        script: the statements.
        configuration: Flink's options that the session begins with.

    Returns:
        The id of the Flink job that the last statement started, if it started one.

    Raises:
        StatementRefusedError: Flink refused one; those before it were executed.
        GatewayError: the gateway does not answer.
    """
    job_id: str | None = None
    with GatewaySession(url, configuration) as session:
        for number, text in enumerate(script.texts):
            try:
                with session.execute(text) as operation:
                    for _ in operation.pages():
                        pass
                    job_id = operation.job_id
            except StatementFailedError as error:
                line = error.cause.position.line if error.cause.position else None
                place = script.place(number, line)
                raise StatementRefusedError(place, error.cause.words, error.trace) from error
    return job_id
