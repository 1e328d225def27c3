CREATE FUNCTION sentiment_detail AS 'udf.sentiment.sentiment_detail' LANGUAGE PYTHON;
