-- Documents that were read, and of each invoice the document that was handed in first: `first_document_id` is the
-- document's own id unless it is a duplicate.
-- First is what comes first, not what has the earlier time: a verdict that was given is not taken back. So the OVER goes
-- by processing time, and waits for no watermark.
CREATE VIEW identified_invoices AS
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
    model_version,
    FIRST_VALUE(document_id) OVER (PARTITION BY invoice ORDER BY processing_time) AS first_document_id
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
        model_version,
        -- What tells an invoice from all others; without it the document stands for itself.
        COALESCE(
            CASE
                WHEN invoice_code IS NOT NULL THEN invoice_code || ' ' || invoice_number
                -- A fully digital invoice has no code, and its number is unique.
                WHEN CHAR_LENGTH(invoice_number) = 20 THEN invoice_number
                -- The red number of a paper train ticket comes again on other days.
                WHEN kind = 'train_ticket' THEN invoice_number || ' ' || CAST(issue_date AS STRING)
            END,
            'document ' || document_id
        ) AS invoice,
        PROCTIME() AS processing_time
    FROM read_invoices
    WHERE reject_reason IS NULL
);
