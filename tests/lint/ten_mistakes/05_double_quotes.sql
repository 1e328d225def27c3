SELECT item_id FROM comments WHERE user_id = "u1";
