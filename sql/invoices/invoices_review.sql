-- Doubtful invoices, with all that a person needs to decide.
INSERT INTO invoices_review
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
    ROW(
        invoice_code_confidence,
        invoice_number_confidence,
        issue_date_confidence,
        buyer_confidence,
        seller_confidence,
        buyer_tax_id_confidence,
        seller_tax_id_confidence,
        amount_confidence,
        tax_confidence,
        total_confidence
    ),
    confidence,
    findings,
    model_version,
    event_time,
    image
FROM read_invoices
WHERE status = 'doubtful';
