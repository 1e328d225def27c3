-- Doubtful invoices, for a person to look at: a field that such a document must have is missing or not sure. One JSON
-- object a document: what was read, how sure each field is (0 to 1; NULL: not found), what disagrees in words, and
-- where the image is. The verdict stands in Redis, invoice_check:<document_id>.
CREATE TABLE invoices_review (
    document_id    STRING,
    order_id       STRING,
    kind           STRING,
    invoice_code   STRING,
    invoice_number STRING,
    issue_date     DATE,
    buyer          STRING,
    seller         STRING,
    buyer_tax_id   STRING,
    seller_tax_id  STRING,
    amount         DECIMAL(18, 2),
    tax            DECIMAL(18, 2),
    total          DECIMAL(18, 2),
    confidences    ROW<
        invoice_code DOUBLE, invoice_number DOUBLE, issue_date DOUBLE, buyer DOUBLE, seller DOUBLE,
        buyer_tax_id DOUBLE, seller_tax_id DOUBLE, amount DOUBLE, tax DOUBLE, total DOUBLE>,
    confidence     DOUBLE,
    findings       ARRAY<STRING>,
    model_version  STRING,
    event_time     TIMESTAMP_LTZ(3),
    image          STRING
) WITH (
    'connector' = 'kafka',
    'topic' = 'invoices_review',
    'properties.bootstrap.servers' = '${kafka.bootstrap.servers}',
    'properties.max.request.size' = '8388608', -- `image` may be the document itself
    'scan.startup.mode' = 'earliest-offset',
    'sink.delivery-guarantee' = 'at-least-once',
    'format' = 'json',
    'json.timestamp-format.standard' = 'ISO-8601',
    'json.encode.decimal-as-plain-number' = 'true'
);
