SELECT item_id, score, COUNT(*)
FROM TUMBLE(TABLE scored_comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE)
GROUP BY item_id, window_start, window_end;
