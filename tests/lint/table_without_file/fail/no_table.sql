-- file: sql/comments/user_mood.sql
INSERT INTO user_mood SELECT user_id, score FROM scored_comments;
-- file: tests/sql/comments/one_window/expected/user_mood.jsonl
{"user_id": "u1"}
