SELECT user_id, COUNT(*) FROM comments WHERE stars != 5 GROUP BY user_id;
