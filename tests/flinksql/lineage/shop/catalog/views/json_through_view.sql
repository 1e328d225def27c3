CREATE VIEW json_through_view AS
SELECT JSON_VALUE(payload, '$.user') AS a, JSON_VALUE(trimmed, '$.user') AS b FROM clicks_as_they_come;
