-- Documents that are judged by their order, each with its order; without one (NULLs) when the watermark says that none
-- will come. One that comes in time is joined at once.
-- An invoice may come up to 1 hour before its order and up to 90 days after it. An order that is sent again within these
-- bounds is joined again.
CREATE VIEW invoices_with_orders AS
SELECT
    invoices.event_time AS event_time,
    invoices.document_id AS document_id,
    invoices.order_id AS order_id,
    invoices.kind AS kind,
    invoices.invoice_code AS invoice_code,
    invoices.invoice_number AS invoice_number,
    invoices.issue_date AS issue_date,
    invoices.buyer AS buyer,
    invoices.seller AS seller,
    invoices.buyer_tax_id AS buyer_tax_id,
    invoices.seller_tax_id AS seller_tax_id,
    invoices.amount AS amount,
    invoices.tax AS tax,
    invoices.total AS total,
    invoices.confidence AS confidence,
    invoices.status AS status,
    invoices.model_version AS model_version,
    orders.amount AS order_amount,
    orders.order_time AS order_time
FROM (
    SELECT
        event_time,
        document_id,
        order_id,
        kind,
        invoice_code,
        invoice_number,
        issue_date,
        buyer,
        seller,
        buyer_tax_id,
        seller_tax_id,
        amount,
        tax,
        total,
        confidence,
        status,
        model_version
    FROM identified_invoices
    WHERE first_document_id = document_id AND status IN ('ok', 'doubtful')
) AS invoices
LEFT JOIN (
    SELECT
        event_time,
        order_id,
        amount,
        CAST(event_time AS TIMESTAMP_LTZ(3)) AS order_time
    FROM parsed_orders
    WHERE reject_reason IS NULL
) AS orders
    ON orders.order_id = invoices.order_id
    AND invoices.event_time BETWEEN orders.event_time - INTERVAL '1' HOUR AND orders.event_time + INTERVAL '90' DAY;
