SELECT item_id, COUNT(*)
FROM TUMBLE(TABLE comments, DESCRIPTOR(created_at), INTERVAL '1' MINUTE)
GROUP BY item_id, window_start, window_end;
