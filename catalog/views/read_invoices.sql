-- Documents with what was read in their images: the one pass over the model that all features of `invoices` share.
-- A rejected message goes by the model (NULL in, NULL out). `status` says what became of the image: 'ok', 'doubtful' (a
-- field that such a document must have is missing or not sure), or why it cannot be used.
CREATE VIEW read_invoices AS
SELECT
    payload,
    kafka_partition,
    kafka_offset,
    event_time,
    document_id,
    order_id,
    image,
    reject_reason,
    fields.kind AS kind,
    fields.invoice_code AS invoice_code,
    fields.invoice_number AS invoice_number,
    fields.issue_date AS issue_date,
    fields.buyer AS buyer,
    fields.seller AS seller,
    fields.buyer_tax_id AS buyer_tax_id,
    fields.seller_tax_id AS seller_tax_id,
    fields.amount AS amount,
    fields.tax AS tax,
    fields.total AS total,
    fields.invoice_code_confidence AS invoice_code_confidence,
    fields.invoice_number_confidence AS invoice_number_confidence,
    fields.issue_date_confidence AS issue_date_confidence,
    fields.buyer_confidence AS buyer_confidence,
    fields.seller_confidence AS seller_confidence,
    fields.buyer_tax_id_confidence AS buyer_tax_id_confidence,
    fields.seller_tax_id_confidence AS seller_tax_id_confidence,
    fields.amount_confidence AS amount_confidence,
    fields.tax_confidence AS tax_confidence,
    fields.total_confidence AS total_confidence,
    fields.confidence AS confidence,
    fields.findings AS findings,
    fields.status AS status,
    fields.model_version AS model_version
FROM (
    SELECT
        payload,
        kafka_partition,
        kafka_offset,
        event_time,
        document_id,
        order_id,
        image,
        reject_reason,
        invoice_fields(CASE WHEN reject_reason IS NULL THEN image END) AS fields
    FROM parsed_invoices
);
