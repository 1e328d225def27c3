SELECT user_id, COUNT(*) FROM comments GROUP BY user_id;
