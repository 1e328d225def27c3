-- Queries that Flink takes, over the tables of tests/lint/project/ and these: the linter must not find anything wrong
-- with them, and has to work out the types that Flink does.
CREATE TABLE orders (
    order_id STRING,
    user_id STRING,
    item_id STRING,
    price DECIMAL(10, 2),
    quantity SMALLINT,
    weight FLOAT,
    paid BOOLEAN,
    birthday DATE,
    tags ARRAY<STRING>,
    attributes MAP<STRING, INT>,
    address ROW<city STRING, place ROW<x DOUBLE, y DOUBLE>>,
    lines ARRAY<ROW<sku STRING, amount INT>>,
    raw_bytes BYTES,
    `timestamp` BIGINT,
    topic STRING METADATA VIRTUAL,
    total AS price * quantity,
    order_time AS TO_TIMESTAMP_LTZ(`timestamp`, 3),
    local_time TIMESTAMP(3),
    processing_time AS PROCTIME(),
    WATERMARK FOR order_time AS order_time - INTERVAL '1' MINUTE
) WITH ('connector' = 'kafka', 'topic' = 'orders', 'properties.bootstrap.servers' = 'localhost:9092', 'scan.startup.mode' = 'earliest-offset', 'format' = 'json');
CREATE TABLE prices (
    item_id STRING,
    currency STRING,
    price DECIMAL(10, 2),
    valid_from TIMESTAMP_LTZ(3),
    PRIMARY KEY (item_id) NOT ENFORCED,
    WATERMARK FOR valid_from AS valid_from
) WITH ('connector' = 'upsert-kafka', 'topic' = 'prices', 'properties.bootstrap.servers' = 'localhost:9092', 'key.format' = 'json', 'value.format' = 'json');
CREATE VIEW paid_orders AS SELECT order_id, user_id, item_id, total, order_time FROM orders WHERE paid;
CREATE VIEW order_totals (who, how_much, at_time) AS SELECT user_id, total * 2, order_time FROM paid_orders;

-- Columns, fields, expressions.
SELECT order_id, order_time, processing_time, topic, total FROM orders;
SELECT * FROM orders;
SELECT o.*, 1 AS single FROM orders AS o;
SELECT o.address.city, o.address.place.x, address.place.y AS y, tags[1], attributes['a'] AS a, lines[1].sku FROM orders AS o;
SELECT price * 2, price + quantity, price / 3, quantity / 2, quantity + 1, weight * 2, -price, quantity % 2 AS rest FROM orders;
SELECT price + 1.5, price * price, price - 0.001, quantity * 1.5E0, weight + price, stars + 1 FROM orders AS o JOIN comments AS c ON o.user_id = c.user_id;
SELECT paid AND NOT paid, price > 3 OR paid IS NULL, item_id LIKE 'a%', user_id IN ('a', 'b'), price BETWEEN 1 AND 2, item_id IS DISTINCT FROM user_id FROM orders;
SELECT CASE WHEN price > 1 THEN 'dear' ELSE 'cheap' END AS kind, CASE quantity WHEN 1 THEN 1 WHEN 2 THEN 2.5 ELSE NULL END FROM orders;
SELECT COALESCE(item_id, user_id, '?'), NULLIF(quantity, 0), IF(paid, price, 0), IFNULL(item_id, 'none'), GREATEST(1, quantity) FROM orders;
SELECT CAST(price AS STRING), TRY_CAST(item_id AS BIGINT), CAST(order_time AS TIMESTAMP(3)), CAST(birthday AS TIMESTAMP(0)) FROM orders;
SELECT item_id || ':' || user_id, UPPER(item_id), SUBSTRING(item_id FROM 2 FOR 3), TRIM(BOTH ' ' FROM item_id), CHAR_LENGTH(item_id), POSITION('a' IN item_id) FROM orders;
SELECT CONCAT(item_id, 'x'), REGEXP_EXTRACT(item_id, 'a(b)', 1), SPLIT_INDEX(item_id, '-', 0), LPAD(item_id, 3, '0'), MD5(item_id), REPLACE(item_id, 'a', 'b') FROM orders;
SELECT order_time + INTERVAL '1' DAY, local_time - INTERVAL '5' SECOND, TIMESTAMPDIFF(MINUTE, local_time, local_time), EXTRACT(HOUR FROM local_time), birthday + INTERVAL '1' MONTH, DATE_FORMAT(local_time, 'yyyy'), HOUR(local_time) FROM orders;
SELECT FLOOR(order_time TO HOUR), CEIL(local_time TO DAY), TO_TIMESTAMP('2026-01-01 00:00:00'), TO_DATE('2026-01-01'), DATE '2026-01-01', TIMESTAMP '2026-01-01 00:00:00', UNIX_TIMESTAMP('2026-01-01 00:00:00') FROM orders;
SELECT JSON_VALUE(item_id, '$.a'), JSON_VALUE(item_id, '$.a' RETURNING INT), JSON_QUERY(item_id, '$.b'), JSON_EXISTS(item_id, '$.c'), JSON_OBJECT(KEY 'a' VALUE 1), item_id IS JSON OBJECT FROM orders;
SELECT ARRAY[1, 2], MAP['a', 1], ROW(1, 'a'), CARDINALITY(tags), ARRAY_CONTAINS(tags, 'a'), tags[1] AS first_tag, ELEMENT(ARRAY[1]) FROM orders;
SELECT ABS(price), ROUND(weight, 1), FLOOR(price), CEIL(weight), MOD(quantity, 2), POWER(2, 3), LN(weight), RAND() FROM orders;
SELECT ENCODE(item_id, 'UTF-8'), DECODE(raw_bytes, 'UTF-8'), TO_BASE64(item_id), FROM_BASE64(item_id), SHA256(item_id) FROM orders;
SELECT `timestamp`, birthday, CURRENT_DATE AS today, LOCALTIMESTAMP AS here, NOW() AS at_once FROM orders;
SELECT sentiment(content) AS score, sentiment(content) > 0.5 AS good FROM comments;
SELECT user_id AS u, COUNT(*) AS n FROM orders GROUP BY user_id HAVING COUNT(*) > 1 AND SUM(price) > 2;
SELECT (SELECT MAX(price) FROM orders) AS highest, item_id FROM prices;
SELECT item_id FROM orders WHERE item_id IN (SELECT item_id FROM prices) AND EXISTS (SELECT 1 FROM comments WHERE comments.item_id = orders.item_id);

-- Groups.
SELECT item_id, COUNT(*), COUNT(DISTINCT user_id), SUM(price), AVG(price), MIN(birthday), MAX(order_time), SUM(quantity), AVG(quantity), AVG(weight) FROM orders GROUP BY item_id;
SELECT item_id, COUNT(*) FILTER (WHERE paid) AS paid, LISTAGG(user_id), COLLECT(user_id), FIRST_VALUE(price), LAST_VALUE(price), ARRAY_AGG(user_id) FROM orders GROUP BY item_id;
SELECT user_id, item_id, SUM(price) FROM orders GROUP BY GROUPING SETS ((user_id, item_id), (user_id), ());
SELECT user_id, item_id, SUM(price), GROUPING(user_id) FROM orders GROUP BY ROLLUP (user_id, item_id);
SELECT user_id, item_id, SUM(price) FROM orders GROUP BY CUBE (user_id, item_id);
SELECT UPPER(item_id) AS big, COUNT(*) + 1 FROM orders GROUP BY UPPER(item_id);
SELECT SUM(total) FROM orders;
SELECT DISTINCT user_id, item_id FROM orders;

-- Windows.
SELECT window_start, window_end, window_time, item_id FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(order_time), INTERVAL '1' MINUTE));
SELECT item_id, window_start, COUNT(*) FROM TUMBLE(TABLE orders, DESCRIPTOR(order_time), INTERVAL '1' MINUTE) GROUP BY item_id, window_start, window_end;
SELECT item_id, window_end, AVG(price) FROM HOP(TABLE orders, DESCRIPTOR(order_time), INTERVAL '1' MINUTE, INTERVAL '5' MINUTE) GROUP BY item_id, window_start, window_end;
SELECT item_id, window_end, AVG(price) FROM CUMULATE(DATA => TABLE orders, TIMECOL => DESCRIPTOR(order_time), STEP => INTERVAL '1' MINUTE, SIZE => INTERVAL '1' HOUR) GROUP BY item_id, window_start, window_end;
SELECT user_id, window_start, COUNT(*) FROM SESSION(TABLE orders PARTITION BY user_id, DESCRIPTOR(order_time), INTERVAL '5' MINUTE) GROUP BY user_id, window_start, window_end;
SELECT w.window_start, COUNT(*) AS n FROM TABLE(TUMBLE(TABLE paid_orders, DESCRIPTOR(order_time), INTERVAL '1' HOUR)) AS w GROUP BY w.window_start, w.window_end;
SELECT window_start, window_end, MAX(n) FROM (
    SELECT window_start, window_end, window_time AS rowtime, item_id, COUNT(*) AS n
    FROM TUMBLE(TABLE orders, DESCRIPTOR(order_time), INTERVAL '1' MINUTE)
    GROUP BY window_start, window_end, window_time, item_id
) GROUP BY window_start, window_end;
WITH minutes AS (
    SELECT window_time AS minute_time, item_id, COUNT(*) AS n
    FROM TUMBLE(TABLE orders, DESCRIPTOR(order_time), INTERVAL '1' MINUTE)
    GROUP BY window_start, window_end, window_time, item_id
)
SELECT window_start, item_id, SUM(n) FROM TUMBLE(TABLE minutes, DESCRIPTOR(minute_time), INTERVAL '1' HOUR) GROUP BY window_start, window_end, item_id;
SELECT item_id, TUMBLE_START(order_time, INTERVAL '1' MINUTE) AS started, TUMBLE_ROWTIME(order_time, INTERVAL '1' MINUTE) AS t, COUNT(*) FROM orders GROUP BY item_id, TUMBLE(order_time, INTERVAL '1' MINUTE);
SELECT user_id, SESSION_END(order_time, INTERVAL '1' MINUTE), COUNT(*) FROM orders GROUP BY user_id, SESSION(order_time, INTERVAL '1' MINUTE);
SELECT item_id, AVG(sentiment(content)) FROM TUMBLE(TABLE comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE) GROUP BY item_id, window_start, window_end;
SELECT item_id, COUNT(*) FROM TUMBLE(TABLE paid_orders, DESCRIPTOR(order_time), INTERVAL '1' MINUTE) GROUP BY item_id, window_start, window_end;
SELECT who, SUM(how_much) FROM TUMBLE(TABLE order_totals, DESCRIPTOR(at_time), INTERVAL '1' MINUTE) GROUP BY who, window_start, window_end;
WITH `both` AS (SELECT item_id, order_time AS t FROM orders UNION ALL SELECT item_id, event_time FROM comments) SELECT item_id, COUNT(*) FROM TUMBLE(TABLE `both`, DESCRIPTOR(t), INTERVAL '1' MINUTE) GROUP BY item_id, window_start, window_end;
WITH firsts AS (SELECT item_id, t FROM (SELECT item_id, order_time AS t, ROW_NUMBER() OVER (PARTITION BY item_id ORDER BY order_time) AS n FROM orders) WHERE n = 1) SELECT COUNT(*) FROM TUMBLE(TABLE firsts, DESCRIPTOR(t), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
WITH joined AS (SELECT o.item_id, o.order_time FROM orders AS o JOIN comments AS c ON o.item_id = c.item_id AND c.event_time BETWEEN o.order_time AND o.order_time + INTERVAL '1' HOUR) SELECT COUNT(*) FROM TUMBLE(TABLE joined, DESCRIPTOR(order_time), INTERVAL '1' MINUTE) GROUP BY window_start, window_end;
WITH minutes AS (SELECT item_id, TUMBLE_ROWTIME(order_time, INTERVAL '1' MINUTE) AS t FROM orders GROUP BY item_id, TUMBLE(order_time, INTERVAL '1' MINUTE)) SELECT COUNT(*) FROM HOP(TABLE minutes, DESCRIPTOR(t), INTERVAL '1' MINUTE, INTERVAL '1' HOUR) GROUP BY window_start, window_end;

-- OVER.
SELECT user_id, SUM(price) OVER (PARTITION BY user_id ORDER BY order_time RANGE BETWEEN INTERVAL '1' HOUR PRECEDING AND CURRENT ROW) AS spent FROM orders;
SELECT user_id, COUNT(*) OVER w, AVG(price) OVER w FROM orders WINDOW w AS (PARTITION BY user_id ORDER BY order_time ROWS BETWEEN 10 PRECEDING AND CURRENT ROW);
SELECT user_id, LAG(price, 1) OVER (PARTITION BY user_id ORDER BY order_time) AS previous FROM orders;
SELECT user_id, price - previous FROM (SELECT user_id, price, LAG(price) OVER (PARTITION BY user_id ORDER BY order_time) AS previous FROM orders);

-- Joins.
SELECT o.order_id, c.content FROM orders AS o JOIN comments AS c ON o.item_id = c.item_id AND c.event_time BETWEEN o.order_time - INTERVAL '1' HOUR AND o.order_time;
SELECT o.order_id, c.content FROM orders AS o, comments AS c WHERE o.item_id = c.item_id AND c.event_time > o.order_time AND c.event_time < o.order_time + INTERVAL '1' HOUR;
SELECT o.order_id, i.category FROM orders AS o LEFT JOIN items FOR SYSTEM_TIME AS OF o.processing_time AS i ON o.item_id = i.item_id;
SELECT o.order_id, o.price * p.price, p.currency FROM orders AS o LEFT JOIN prices FOR SYSTEM_TIME AS OF o.order_time AS p ON o.item_id = p.item_id;
SELECT a.item_id, b.user_id FROM orders AS a FULL OUTER JOIN comments AS b ON a.item_id = b.item_id;
SELECT item_id, order_id, content FROM orders JOIN comments USING (item_id);
SELECT a.window_start, a.item_id FROM TUMBLE(TABLE orders, DESCRIPTOR(order_time), INTERVAL '1' MINUTE) AS a JOIN TUMBLE(TABLE comments, DESCRIPTOR(event_time), INTERVAL '1' MINUTE) AS b ON a.item_id = b.item_id AND a.window_start = b.window_start AND a.window_end = b.window_end;
SELECT o.order_id, t.tag FROM orders AS o CROSS JOIN UNNEST(o.tags) AS t (tag);
SELECT order_id, l.sku, amount FROM orders CROSS JOIN UNNEST(`lines`) AS l (sku, amount);
SELECT order_id, k, v FROM orders CROSS JOIN UNNEST(attributes) AS a (k, v);
SELECT order_id, tag, nth FROM orders CROSS JOIN UNNEST(tags) WITH ORDINALITY AS t (tag, nth);
SELECT o.item_id, i.category FROM (SELECT item_id, PROCTIME() AS now_time FROM orders) AS o JOIN items FOR SYSTEM_TIME AS OF o.now_time AS i ON i.item_id = o.item_id;

-- Sets, rows, ranks, patterns.
SELECT item_id, price FROM orders UNION ALL SELECT item_id, price FROM prices;
SELECT user_id FROM orders UNION SELECT user_id FROM comments;
SELECT user_id FROM orders INTERSECT SELECT user_id FROM comments;
SELECT user_id FROM orders EXCEPT SELECT user_id FROM comments;
SELECT c, n + 1 FROM (VALUES ('a', 1), ('bb', 2)) AS t (c, n);
VALUES (1, 'a'), (2, 'b');
SELECT * FROM (VALUES (1, 'x')) AS t (a, b) WHERE a > 2;
SELECT item_id, price FROM (SELECT item_id, price, ROW_NUMBER() OVER (PARTITION BY item_id ORDER BY order_time DESC) AS place FROM orders) WHERE place = 1;
SELECT item_id, price, place FROM (SELECT item_id, price, ROW_NUMBER() OVER (PARTITION BY item_id ORDER BY price DESC) AS place FROM orders) WHERE place <= 3;
SELECT * FROM (
    SELECT *, ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY n DESC) AS place
    FROM (SELECT window_start, window_end, item_id, COUNT(*) AS n FROM TUMBLE(TABLE orders, DESCRIPTOR(order_time), INTERVAL '1' MINUTE) GROUP BY window_start, window_end, item_id)
) WHERE place <= 3;
SELECT item_id, price FROM orders ORDER BY order_time;
SELECT item_id, price FROM orders ORDER BY price DESC LIMIT 3;
SELECT m.user_id, m.first_price, m.last_price, m.n FROM orders MATCH_RECOGNIZE (
    PARTITION BY user_id
    ORDER BY order_time
    MEASURES FIRST(A.price) AS first_price, LAST(B.price) AS last_price, COUNT(A.price) AS n, B.order_time AS at_time
    ONE ROW PER MATCH
    AFTER MATCH SKIP PAST LAST ROW
    PATTERN (A+ B) WITHIN INTERVAL '1' HOUR
    DEFINE A AS A.price < 10, B AS B.price > LAST(A.price) AND B.paid
) AS m;
WITH a AS (SELECT item_id, price FROM orders), b (i, p) AS (SELECT item_id, price * 2 FROM a) SELECT b.i, a.price, b.p FROM a JOIN b ON a.item_id = b.i;
SELECT /*+ STATE_TTL('orders' = '1d') */ item_id, COUNT(*) FROM orders GROUP BY item_id;
SELECT item_id FROM orders /*+ OPTIONS('scan.startup.mode' = 'latest-offset') */;
