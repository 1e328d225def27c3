-- file: sql/comments/scored_comments.sql
INSERT INTO scored_comments SELECT user_id, score FROM scored_comments;
-- file: tests/sql/comments/one_window/expected/scored_comments.jsonl
{"user_id": "u1"}
