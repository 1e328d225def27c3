SELECT comment_id, comment FROM comments;
