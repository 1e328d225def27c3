SELECT item_id, content FROM coments;
