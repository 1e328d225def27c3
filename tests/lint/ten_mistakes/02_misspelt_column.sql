SELECT item_id, contnet FROM comments WHERE stars < 3;
