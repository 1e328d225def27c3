CREATE VIEW nested_functions AS
SELECT
    COALESCE(TRY_CAST(JSON_VALUE(TRIM(payload), '$.n') AS INT), CHAR_LENGTH(JSON_VALUE(payload, '$.s')), 0) AS n,
    SUBSTRING(UPPER(JSON_VALUE(payload, '$.a.b[0]')) FROM 2) AS a,
    EXTRACT(HOUR FROM CAST(event_time AS TIMESTAMP(3))) AS the_hour,
    TIMESTAMPDIFF(SECOND, CAST(arrived AS TIMESTAMP(3)), CAST(event_time AS TIMESTAMP(3))) AS delay,
    CASE WHEN arrived > event_time AND payload LIKE '%a%' THEN 'late' WHEN payload IN ('x', 'y') THEN payload END AS kind
FROM clicks;
