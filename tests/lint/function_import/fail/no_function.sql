-- file: catalog/functions/sentiment.sql
CREATE FUNCTION sentiment AS 'udf.sentiment.sentimant' LANGUAGE PYTHON;
