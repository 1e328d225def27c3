-- Each document's verdict: at once when its order is there, or when no order is needed to give it.
INSERT INTO invoice_check
SELECT
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
    order_amount,
    total - order_amount,
    CASE
        WHEN order_time IS NULL THEN 'unknown_order'
        WHEN total = order_amount THEN 'matched'
        WHEN total <> order_amount THEN 'amount_differs'
    END,
    CAST(NULL AS STRING),
    confidence,
    status,
    model_version,
    event_time
FROM (
    SELECT
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
        order_amount,
        order_time,
        confidence,
        status,
        model_version,
        event_time,
        MAX(order_time) OVER (PARTITION BY document_id, order_id ORDER BY processing_time) AS newest_order_time
    FROM (
        SELECT
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
            order_amount,
            order_time,
            confidence,
            status,
            model_version,
            event_time,
            PROCTIME() AS processing_time
        FROM invoices_with_orders
    )
)
-- Of an order that was sent several times the newest counts, in whichever order they came.
WHERE order_time IS NULL OR order_time = newest_order_time
UNION ALL
SELECT
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
    CAST(NULL AS DECIMAL(18, 2)),
    CAST(NULL AS DECIMAL(19, 2)),
    CASE WHEN first_document_id <> document_id THEN 'duplicate' END,
    NULLIF(first_document_id, document_id),
    confidence,
    status,
    model_version,
    event_time
FROM identified_invoices
WHERE first_document_id <> document_id OR status NOT IN ('ok', 'doubtful')
ON CONFLICT DO DEDUPLICATE;
