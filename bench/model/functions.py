"""The functions that the measured pipelines call: they write down when each call began and ended."""

from __future__ import annotations

import struct
import time
from pathlib import Path
from typing import Any

from pyflink.table import DataTypes
from pyflink.table.udf import FunctionContext, ScalarFunction, udf

from bench.model.stages import Stages
from headrace.inference.loading import load_text_classifier
from headrace.inference.served_model import served_model
from udf.sentiment import MODEL, Sentiment

TIMES = "headrace.bench.times"
"""Job parameter: path of the file of CALL records."""

CALL = struct.Struct("<qdddd")
"""Rows, beginning and end of a call, time in tokenizer and in program; seconds of `time.perf_counter`."""

FLUSH_SECONDS = 0.2


class CallTimes:
    """Writes CALL records; those of the last moments may be lost when the job ends."""

    def __init__(self, function_context: FunctionContext) -> None:
        """Open the file that the job names."""
        path = Path(function_context.get_job_parameter(TIMES, ""))
        self._file = path.open("wb", buffering=1 << 20)
        self._flushed = time.perf_counter()

    def add(self, rows: int, began: float, tokenizer: float = 0.0, program: float = 0.0) -> None:
        """Note a call that has just ended."""
        ended = time.perf_counter()
        self._file.write(CALL.pack(rows, began, ended, tokenizer, program))
        if ended - self._flushed > FLUSH_SECONDS:
            self._file.flush()
            self._flushed = ended


class TimedSentiment(Sentiment):
    """The function `sentiment` of the catalog."""

    def open(self, function_context: FunctionContext) -> None:
        """Load the model."""
        super().open(function_context)
        (loaded,) = served_model(MODEL).serving.versions.values()
        self._stages = Stages(loaded.model)
        self._times = CallTimes(function_context)

    def eval(self, *columns: Any) -> Any:
        """Score a column."""
        began = time.perf_counter()
        result = super().eval(*columns)
        self._times.add(len(result), began, **self._stages.take())
        return result


class SentimentOfRow(ScalarFunction):
    """The same model as a function that Flink calls row by row."""

    def open(self, function_context: FunctionContext) -> None:
        """Load the model."""
        self._classifier = load_text_classifier(MODEL)
        self._times = CallTimes(function_context)

    def eval(self, text: str) -> float:
        """Score one text."""
        began = time.perf_counter()
        score = self._classifier.classify([text]).score[0].item()
        self._times.add(1, began)
        return score


pandas = udf(TimedSentiment(), result_type=DataTypes.DOUBLE(), func_type="pandas")
rowwise = udf(SentimentOfRow(), result_type=DataTypes.DOUBLE())
