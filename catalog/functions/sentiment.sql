-- sentiment(text STRING [, key STRING]) DOUBLE: the probability, 0 to 1, that a Chinese text is positive.
-- NULL gives NULL. A text that the model does not take (empty, not UTF-8, too long) gives 0.5;
-- sentiment_detail says why. Give each row's score a name in a view or subquery and use the name:
-- a call that is written twice runs twice.
-- While several versions of the model serve, all rows of one key (a user, say) have the same one; without a key, or where
-- it is NULL, the text is the key.
CREATE FUNCTION IF NOT EXISTS sentiment AS 'udf.sentiment.sentiment' LANGUAGE PYTHON;
