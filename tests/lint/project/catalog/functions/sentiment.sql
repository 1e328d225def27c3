CREATE FUNCTION sentiment AS 'udf.sentiment.sentiment' LANGUAGE PYTHON;
