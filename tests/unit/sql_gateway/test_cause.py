"""Why a statement failed, from what the gateway answered."""

from __future__ import annotations

from headrace.sql_gateway.cause import Cause, Position, cause_of, underlined

PARSER = """<Exception on server side:
org.apache.flink.table.gateway.api.utils.SqlGatewayException: Failed to fetchResults.
\tat org.apache.flink.table.gateway.rest.FetchResultsHandler.handleRequest(FetchResultsHandler.java:91)
Caused by: org.apache.flink.table.gateway.service.utils.SqlExecutionException: Failed to execute the operation 7d13d6ca.
\t... 1 more
Caused by: org.apache.flink.table.api.SqlParserException: SQL parse failed. Encountered "value" at line 1, column 8.
Was expecting one of:
    "ABS" ...
    "ALL" ...

Caused by: org.apache.flink.sql.parser.impl.ParseException: Encountered "value" at line 1, column 8.
Was expecting one of:
    "ABS" ...
    "ALL" ...

\tat org.apache.flink.sql.parser.impl.FlinkSqlParserImpl.generateParseException(FlinkSqlParserImpl.java:49)

End of exception on server side>"""
PLANNER = """<Exception on server side:
org.apache.flink.table.gateway.api.utils.SqlGatewayException: Failed to fetchResults.
\tat org.apache.flink.table.gateway.rest.FetchResultsHandler.handleRequest(FetchResultsHandler.java:91)
Caused by: org.apache.flink.table.gateway.service.utils.SqlExecutionException: Failed to execute the operation 8aa058ac.
\t... 1 more
Caused by: org.apache.calcite.runtime.CalciteContextException: From line 3, column 5 to line 3, column 9: \
Column 'sorce' not found in any table
\tat java.base/jdk.internal.reflect.NativeConstructorAccessorImpl.newInstance0(Native Method)
\t... 7 more
Caused by: org.apache.calcite.sql.validate.SqlValidatorException: Column 'sorce' not found in any table
\t... 46 more

End of exception on server side>"""
PYTHON = """<Exception on server side:
org.apache.flink.table.gateway.service.utils.SqlExecutionException: Error while retrieving result.
Caused by: org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy
Caused by: TimerException{java.lang.RuntimeException: Error while waiting for BeamPythonFunctionRunner flush}
Caused by: java.lang.RuntimeException: Failed to close remote bundle
Caused by: java.lang.RuntimeException: Error received from SDK harness: Traceback (most recent call last):
  File "apache_beam/runners/worker/sdk_worker.py", line 311, in _execute
    response = task()
               ^^^^^^
  File "udf/string_columns.py", line 41, in _strings
    raise TypeError(
TypeError: sentiment(text STRING): text is 1, a int. Write CAST(text AS STRING).

\tat org.apache.beam.runners.fnexecution.control.FnApiControlClient.onNext(FnApiControlClient.java:1)
End of exception on server side>"""
SINK = """org.apache.flink.table.gateway.service.utils.SqlExecutionException: Failed to execute the operation 4da0a99f.
Caused by: org.apache.flink.table.api.ValidationException: Column types of query result and sink for 'm' do not match.
Cause: Different number of columns.

Query schema: [EXPR$0: INT NOT NULL]
Sink schema:  [user_id: STRING]
\tat org.apache.flink.Validator.check(Validator.java:1)
"""


def test_parser_names_the_word_and_its_place() -> None:
    cause = cause_of(PARSER)
    assert cause == Cause("Flink's parser does not expect 'value' here", Position(1, 8, 1, 12), is_syntax=True)


def test_planner_names_the_column_and_its_place() -> None:
    assert cause_of(PLANNER) == Cause("Column 'sorce' not found in any table", Position(3, 5, 3, 9))


def test_python_error_is_its_last_line() -> None:
    words = "TypeError: sentiment(text STRING): text is 1, a int. Write CAST(text AS STRING)."
    assert cause_of(PYTHON) == Cause(words)


def test_cause_of_several_lines_is_whole() -> None:
    assert cause_of(SINK).words.splitlines() == [
        "Column types of query result and sink for 'm' do not match.",
        "Cause: Different number of columns.",
        "Query schema: [EXPR$0: INT NOT NULL]",
        "Sink schema:  [user_id: STRING]",
    ]


def test_bare_java_error_keeps_its_class() -> None:
    trace = "a.b.JobException: Job execution failed.\nCaused by: java.lang.ArrayIndexOutOfBoundsException: Index 0"
    assert cause_of(trace).words == "ArrayIndexOutOfBoundsException: Index 0"


def test_wrappers_alone_are_better_than_nothing() -> None:
    assert cause_of("a.b.JobException: Job execution failed.").words == "JobException: Job execution failed."
    assert cause_of("gateway timeout").words == "gateway timeout"


def test_marks_stand_below_chinese_text() -> None:
    assert underlined("SELECT 1,\n '中文', scor FROM t", Position(2, 8, 2, 11)) == (
        " '中文', scor FROM t\n         ^^^^"
    )


def test_marks_go_to_the_end_of_the_first_line() -> None:
    assert underlined("SELECT a +\n b", Position(1, 8, 2, 2)) == "SELECT a +\n       ^^^"
