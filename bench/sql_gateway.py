"""A session of Flink's SQL gateway, spoken to over its REST interface."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any, Self

import httpx

PAUSE = 0.02


class GatewaySession:
    """An open session; it ends with the `with` block.

    https://nightlies.apache.org/flink/flink-docs-release-2.3/docs/dev/table/sql-gateway/rest/
    """

    def __init__(self, url: str) -> None:
        """Opens a session.

        Args:
            url: of the gateway, without a version.
        """
        self._http = httpx.Client(base_url=f"{url}/v2", timeout=120)
        self._session = f"/sessions/{self._post('/sessions')['sessionHandle']}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.delete(self._session).raise_for_status()
        self._http.close()

    def rows(self, statement: str, seconds: float = 120) -> list[list[Any]]:
        """Executes a statement and returns its first rows, as soon as there are any, or none at its end.

        Raises:
            RuntimeError: Flink refuses the statement, or the query fails.
            TimeoutError: nothing after so many seconds.
        """
        operation = self._post(f"{self._session}/statements", statement=statement)["operationHandle"]
        path = f"{self._session}/operations/{operation}"
        page = f"/v2{path}/result/0?rowFormat=JSON"
        limit = time.monotonic() + seconds
        try:
            while time.monotonic() < limit:
                answer = self._http.get(page.removeprefix("/v2"))
                if answer.is_error:
                    raise RuntimeError(f"{statement}: {_causes(answer.json()['errors'][-1])}")
                result = answer.json()
                rows = [row["fields"] for row in result.get("results", {}).get("data", [])]
                if rows or result["resultType"] == "EOS":
                    return rows
                page = result.get("nextResultUri") or page
                time.sleep(PAUSE)
            raise TimeoutError(f"{statement}: no row after {seconds:.0f} s")
        finally:
            self._http.delete(f"{path}/close")

    def _post(self, path: str, **body: Any) -> dict[str, Any]:
        answer = self._http.post(path, json=body).raise_for_status().json()
        return dict(answer)


def _causes(error: str) -> str:
    """The lines of a Java stack trace that say something."""
    return "\n".join(line for line in error.splitlines() if not line.startswith("\t"))
