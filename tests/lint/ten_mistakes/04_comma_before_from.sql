SELECT item_id, content, FROM comments;
