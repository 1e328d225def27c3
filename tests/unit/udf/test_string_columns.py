"""Arguments that Flink does not check."""

from __future__ import annotations

import pandas as pd
import pytest

from udf.string_columns import string_columns

SIGNATURE = "feel(text STRING [, key STRING])"
TEXT = pd.Series(["好", None], dtype=object)
NUMBER = pd.Series([7, 8])


def test_columns_and_literals() -> None:
    assert string_columns(SIGNATURE, [TEXT]) == [["好", None]]
    assert string_columns(SIGNATURE, [TEXT, pd.Series([None, "u1"])]) == [["好", None], [None, "u1"]]
    assert string_columns(SIGNATURE, [TEXT, "u1"]) == [["好", None], ["u1", "u1"]]
    assert string_columns(SIGNATURE, [TEXT, None]) == [["好", None], [None, None]]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ([], "got 0 arguments. Call it with text, or with key too."),
        ([TEXT, TEXT, TEXT], "got 3 arguments. Call it with text, or with key too."),
        ([NUMBER], "text is 7, a int. Write CAST(text AS STRING)."),
        ([TEXT, NUMBER], "key is 7, a int. Write CAST(key AS STRING)."),
        ([TEXT, pd.Series([None, 1.5])], "key is nan, a float. Write CAST(key AS STRING)."),
        (["好", TEXT], "text is a literal. Put it into a column: (VALUES ('…')) AS t(c)."),
    ],
)
def test_wrong_calls(columns: list[object], message: str) -> None:
    with pytest.raises(TypeError) as raised:
        string_columns(SIGNATURE, columns)
    assert str(raised.value) == f"{SIGNATURE}: {message}"
