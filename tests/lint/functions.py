"""Functions that the cases' CREATE FUNCTION name; Flink's client imports them too."""

from __future__ import annotations

from pyflink.table import DataTypes
from pyflink.table.udf import udaf, udf

shout = udf(lambda text: text.str.upper(), result_type=DataTypes.STRING(), func_type="pandas")
mean = udaf(lambda values: values.mean(), result_type=DataTypes.DOUBLE(), func_type="pandas")
shout_rows = udf(lambda text: text.upper(), result_type=DataTypes.STRING())
