INSERT INTO item_sentiment
SELECT item_id, COUNT(*), AVG(score)
FROM (SELECT DISTINCT item_id, score FROM scored_comments)
GROUP BY item_id;
