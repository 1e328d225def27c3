-- The same view twice, once through a window, and a view over them.
CREATE VIEW several_of_one_query AS
SELECT a.since, a.item, a.total - b.total AS growth
FROM each_minute AS a
JOIN each_minute AS b ON a.item = b.item AND a.since = b.window_end;
