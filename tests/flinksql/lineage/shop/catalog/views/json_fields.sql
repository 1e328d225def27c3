CREATE VIEW json_fields AS
SELECT JSON_VALUE(payload, 'lax $.user.id' RETURNING INTEGER) AS user_id,
    JSON_EXISTS(payload, '$.cart') AS has_cart,
    CHAR_LENGTH(payload) AS length,
    UPPER(JSON_VALUE(body, '$.page')) AS page
FROM (SELECT payload, payload AS body FROM clicks) WHERE payload IS JSON OBJECT;
