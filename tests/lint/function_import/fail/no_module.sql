-- file: catalog/functions/sentiment.sql
CREATE FUNCTION sentiment AS 'udf.sentimant.sentiment' LANGUAGE PYTHON;
