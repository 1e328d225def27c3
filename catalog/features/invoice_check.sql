-- invoice_check:<document_id>: what a document says, and what it is worth against the orders.
--   verdict       matched         its total is the amount of its order
--                 amount_differs  it is not; difference = total - order_amount
--                 unknown_order   no such order within the bounds of docs/invoices.md
--                 duplicate       duplicate_of was handed in before with the same code and number; not compared
--                 NULL            nothing to judge: no total was read, or the document cannot be used (see status)
--   status        ok; doubtful: judge with care, a person will look at it (invoices_review); or why the document cannot be
--                 used (it is in invoices_dead_letters): not_an_invoice, no_text, truncated, too_large …
CREATE TABLE invoice_check (
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
    order_amount   DECIMAL(18, 2),
    difference     DECIMAL(19, 2),
    verdict        STRING,
    duplicate_of   STRING,
    confidence     DOUBLE,
    status         STRING,
    model_version  STRING,
    event_time     TIMESTAMP_LTZ(3),
    PRIMARY KEY (document_id) NOT ENFORCED
) WITH (
    'connector' = 'redis',
    'url' = '${redis.url}',
    'password-file' = '${redis.password-file}',
    'ttl' = '400 d',
    'newer-wins.column' = 'event_time'
);
