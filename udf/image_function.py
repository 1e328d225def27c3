"""What the functions of images have in common: the model, and the column that they take."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyflink.table.udf import FunctionContext, ScalarFunction

if TYPE_CHECKING:
    from headrace.documents.ocr.image_reader import Image, ImageReading
    from headrace.documents.ocr.routed_reader import RoutedReader

MODEL = "ocr"


class ImageFunction(ScalarFunction):  # type: ignore[misc]  # PyFlink has no types
    """A function of one argument, `image`: BYTES, or STRING for a URI.

    Its type stays open (`*columns`): Flink would take one of the two only.
    """

    reader: RoutedReader
    signature: str
    model = MODEL  # what `headrace lineage` shows above the function

    def open(self, function_context: FunctionContext) -> None:
        """Load the model and register its metrics; a model that does not load fails the job."""
        from headrace.documents.ocr.routed_reader import RoutedReader
        from headrace.inference.metrics import FlinkMetrics
        from headrace.inference.served_model import served_model
        from udf import arrow_strings

        arrow_strings.install()
        self.reader = RoutedReader(served_model(self.model), FlinkMetrics(function_context.get_metric_group()))

    def read(self, columns: tuple[object, ...]) -> list[ImageReading | None]:
        """What was read on each image of a column; None for NULL."""
        return self.reader.read(image_column(self.signature, columns))


def image_column(signature: str, columns: tuple[Any, ...]) -> list[Image | None]:
    """The argument of a function of images: bytes or URIs, None for NULL.

    Args:
        signature: how the function is called; begins messages.
        columns: what Flink gives: a pandas.Series for a column, the bare value for a literal.

    Raises:
        TypeError: another number of arguments, a literal, or neither bytes nor strings.
    """
    if len(columns) != 1:
        raise TypeError(f"{signature}: got {len(columns)} arguments. Call it with the image alone.")
    if not hasattr(columns[0], "tolist"):
        raise TypeError(f"{signature}: image is a literal. Put it into a column: (VALUES ('…')) AS t(image).")
    return [checked_image(signature, image) for image in columns[0].tolist()]


def checked_image(signature: str, image: Any) -> Image | None:
    """One image as Flink gives it.

    Raises:
        TypeError: it is neither bytes nor a string.
    """
    if image is None or isinstance(image, bytes | str):
        return image
    if isinstance(image, bytearray | memoryview):
        return bytes(image)
    raise TypeError(
        f"{signature}: image is {image!r}, a {type(image).__name__}. Give BYTES, or a URI as STRING (CAST it)."
    )
