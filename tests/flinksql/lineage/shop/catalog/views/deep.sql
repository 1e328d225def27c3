CREATE VIEW deep AS
SELECT UPPER(x.a) AS a, x.n + 1 AS n, y.difference FROM (
    SELECT a, n FROM (
        SELECT CONCAT(u.id, s.client) AS a, s.clicks AS n, u.amount
        FROM united AS u, (SELECT client, clicks, window_end FROM sessions WHERE clicks > 3) AS s
        WHERE u.id = s.client
    ) WHERE amount > 0 AND n IS NOT NULL
) AS x LEFT JOIN (SELECT this_id, difference FROM of_one_place) AS y ON y.this_id = x.a;
