-- sentiment(text STRING [, key STRING]) DOUBLE: how a Chinese text judges, from 0 (negative) over 0.5 (neutral) to
-- 1 (positive). It is the expectation over the labels: the probability of positive plus half the probability of neutral.
-- NULL gives NULL. A text that the model does not take (empty, not UTF-8, too long) gives 0.5;
-- sentiment_detail says why. Give each row's score a name in a view or subquery and use the name:
-- a call that is written twice runs twice.
-- While several versions of the model serve, all rows of one key (a user, say) have the same one; without a key, or where
-- it is NULL, the text is the key.
CREATE FUNCTION IF NOT EXISTS sentiment AS 'udf.sentiment.sentiment' LANGUAGE PYTHON;
