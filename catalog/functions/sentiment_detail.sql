-- sentiment_detail(text STRING) ROW<label STRING, score DOUBLE, confidence DOUBLE, model_version STRING, status STRING>:
--   label          positive or negative; neutral where the model gave no answer
--   score          the probability, 0 to 1, that the text is positive; 0.5 where the model gave no answer
--   confidence     the probability of the label, 0.5 to 1; 0 where the model gave no answer
--   model_version  the version that answered
--   status         ok, or why there is no answer: empty (nothing visible), undecodable (broken UTF-8),
--                  too_long (more characters than the model takes), failed (an error; the worker's log has it)
-- For a NULL text every field is NULL. Read the fields from a subquery; the model then runs once for each row:
--   SELECT d.label, d.score FROM (SELECT sentiment_detail(content) AS d FROM parsed_comments);
CREATE FUNCTION IF NOT EXISTS sentiment_detail AS 'udf.sentiment.sentiment_detail' LANGUAGE PYTHON;
