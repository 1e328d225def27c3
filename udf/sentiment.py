"""How a Chinese text feels: `sentiment(text)` and `sentiment_detail(text)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyflink.table import DataTypes
from pyflink.table.udf import FunctionContext, ScalarFunction, udf

from headrace.inference.loading import load_text_classifier
from headrace.inference.metrics import FlinkMetrics

if TYPE_CHECKING:
    import pandas as pd

    from headrace.inference.text_classifier import TextClassifier

# Flink's client imports this module to read the signatures below, for each query anew: what only workers need (pandas,
# Paddle, Arrow) is imported where it is used.

MODEL = "sentiment"


class _ClassifierFunction(ScalarFunction):  # type: ignore[misc]  # PyFlink has no types
    classifier: TextClassifier

    def open(self, function_context: FunctionContext) -> None:
        """Load the model and register its metrics; a model that does not load fails the job."""
        from udf import arrow_strings

        arrow_strings.install()
        self.classifier = load_text_classifier(MODEL, FlinkMetrics(function_context.get_metric_group()))


class Sentiment(_ClassifierFunction):
    """STRING to DOUBLE: the probability that a text is positive."""

    def eval(self, text: pd.Series[str]) -> pd.Series[float]:
        """Score a column; NULL gives NULL, a text that the model does not take the default score."""
        import pandas as pd

        return pd.Series(self.classifier.classify(text.tolist()).score)


class SentimentDetail(_ClassifierFunction):
    """STRING to ROW: label, score, confidence, version of the model and status of a text."""

    def eval(self, text: pd.Series[str]) -> pd.DataFrame:
        """Classify a column; NULL gives a row of NULLs."""
        import pandas as pd

        return pd.DataFrame(self.classifier.classify(text.tolist())._asdict())


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
