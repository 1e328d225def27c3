SELECT * FROM t«¦ AS x¦ x¦ AS x (a, b)» «JOIN¦INNER JOIN¦LEFT JOIN¦LEFT OUTER JOIN¦RIGHT JOIN¦RIGHT OUTER JOIN¦FULL JOIN¦FULL OUTER JOIN» u ON a = b;
SELECT * FROM t «CROSS JOIN¦NATURAL JOIN¦NATURAL LEFT JOIN» u;
SELECT * FROM t, u AS x, v WHERE t.a = x.a AND x.b = v.b;
SELECT * FROM t «JOIN¦LEFT JOIN» u USING («a¦a, b»);
SELECT * FROM t JOIN u ON t.a = u.a LEFT JOIN v ON u.b = v.b AND v.c > 1;
SELECT * FROM t JOIN (u JOIN v ON u.a = v.a) ON t.a = u.a;
SELECT * FROM t, LATERAL (SELECT * FROM u WHERE u.a = t.a ORDER BY b LIMIT 1) AS x;
-- temporal, lookup and interval joins
SELECT * FROM orders AS o «JOIN¦LEFT JOIN» rates FOR SYSTEM_TIME AS OF «o.order_time¦o.proc_time¦PROCTIME()¦TIMESTAMP '2026-01-31 00:00:00'» AS r ON o.currency = r.currency;
SELECT * FROM t JOIN u /*+ OPTIONS('k' = 'v') */ FOR SYSTEM_TIME AS OF t.p AS u ON t.a = u.a AND f(t.b, u.c);
SELECT * FROM orders o, shipments s WHERE o.id = s.order_id AND o.ts BETWEEN s.ts - INTERVAL '4' HOUR AND s.ts;
-- functions in FROM
SELECT * FROM t«, ¦ CROSS JOIN »LATERAL TABLE(split(a, ',')) AS x«¦ (word, n)»;
SELECT * FROM t LEFT JOIN LATERAL TABLE(d.split(a)) AS x (word) ON TRUE;
SELECT * FROM t CROSS JOIN UNNEST(a)«¦ WITH ORDINALITY» AS x«¦ (tag)¦ (k, v)»;
SELECT * FROM UNNEST(ARRAY[1, 2], ARRAY['a', 'b']) AS x (a, b);
SELECT * FROM t, UNNEST(t.tags) AS x (tag) LEFT JOIN UNNEST(t.m) WITH ORDINALITY AS y (k, v, n) ON TRUE;
SELECT * FROM TABLE(f(1, 'a')) AS x;
SELECT * FROM «f¦d.f»(a => 1, b => DEFAULT);
-- process table functions
SELECT * FROM «f(TABLE t)¦f(TABLE t PARTITION BY a)¦f(TABLE t PARTITION BY (a, b))¦f(input => TABLE t PARTITION BY a, on_time => DESCRIPTOR(ts), uid => 'x')¦f(TABLE t PARTITION BY a, TABLE u PARTITION BY b)¦f(TABLE t PARTITION BY a ORDER BY b)»;
SELECT * FROM f(input => (SELECT * FROM t WHERE a > 1)«¦ PARTITION BY a»);
SELECT * FROM TABLE(f(TABLE c.d.t PARTITION BY a, 1));
-- models
SELECT * FROM ML_PREDICT(TABLE t, MODEL m, DESCRIPTOR(text)«¦, MAP['async', 'true']»);
SELECT * FROM ML_PREDICT(INPUT => TABLE t, MODEL => MODEL c.d.m, ARGS => DESCRIPTOR(a, b), CONFIG => MAP['async', 'true']);
SELECT * FROM TABLE(ML_EVALUATE(TABLE t, MODEL m, DESCRIPTOR(label), DESCRIPTOR(text), 'classification'));
SELECT * FROM t, LATERAL TABLE(VECTOR_SEARCH(TABLE u, DESCRIPTOR(embedding), t.v, 10)) AS x;
-- others
SELECT * FROM t PIVOT (SUM(a) AS s, COUNT(*) AS n FOR b IN ('x' AS x, 'y')) AS p;
SELECT * FROM t UNPIVOT «¦INCLUDE NULLS ¦EXCLUDE NULLS »(v FOR k IN (a AS 'A', b));
