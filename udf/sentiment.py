"""How a Chinese text feels: `sentiment(text[, key])` and `sentiment_detail(text[, key])`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyflink.table import DataTypes
from pyflink.table.udf import FunctionContext, ScalarFunction, udf

from headrace.inference.metrics import FlinkMetrics
from headrace.inference.routed_classifier import RoutedClassifier
from headrace.inference.served_model import served_model
from udf.string_columns import string_columns

if TYPE_CHECKING:
    import pandas as pd

    from headrace.inference.text_classifier import Classifications

# Flink's client imports this module to read the signatures below, for each query anew: what only workers need (pandas,
# Paddle, Arrow) is imported where it is used.

MODEL = "sentiment"


class _ClassifierFunction(ScalarFunction):  # type: ignore[misc]  # PyFlink has no types
    # The arguments' types stay open (`*columns`): Flink has no optional arguments for Python functions.
    classifier: RoutedClassifier
    signature: str
    model = MODEL  # what `headrace lineage` shows above the function

    def open(self, function_context: FunctionContext) -> None:
        """Load the model and register its metrics; a model that does not load fails the job."""
        from udf import arrow_strings

        arrow_strings.install()
        self.classifier = RoutedClassifier(served_model(self.model), FlinkMetrics(function_context.get_metric_group()))

    def close(self) -> None:
        """End what runs beside the function."""
        self.classifier.close()

    def _classify(self, columns: tuple[object, ...]) -> Classifications:
        text, *key = string_columns(self.signature, columns)
        return self.classifier.classify(text, *key)


class Sentiment(_ClassifierFunction):
    """STRING [, STRING] to DOUBLE: the probability that a text is positive."""

    signature = "sentiment(text STRING [, key STRING])"

    def eval(self, *columns: pd.Series[str]) -> pd.Series[float]:
        """Score a column; NULL gives NULL, a text that the model does not take the default score."""
        import pandas as pd

        return pd.Series(self._classify(columns).score)


class SentimentDetail(_ClassifierFunction):
    """STRING [, STRING] to ROW: label, score, confidence, version of the model and status of a text."""

    signature = "sentiment_detail(text STRING [, key STRING])"

    def eval(self, *columns: pd.Series[str]) -> pd.DataFrame:
        """Classify a column; NULL gives a row of NULLs."""
        import pandas as pd

        return pd.DataFrame(self._classify(columns)._asdict())


sentiment = udf(Sentiment(), result_type=DataTypes.DOUBLE(), func_type="pandas")

sentiment_detail = udf(
    SentimentDetail(),
    result_type=DataTypes.ROW(
        [
            DataTypes.FIELD("label", DataTypes.STRING()),
            DataTypes.FIELD("score", DataTypes.DOUBLE()),
            DataTypes.FIELD("confidence", DataTypes.DOUBLE()),
            DataTypes.FIELD("model_version", DataTypes.STRING()),
            DataTypes.FIELD("status", DataTypes.STRING()),
        ]
    ),
    func_type="pandas",
)
