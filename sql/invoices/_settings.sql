-- Images: a bundle of 8 keeps the worker busy for seconds; one alone waits for no more than 20 ms.
SET 'python.fn-execution.bundle.size' = '8';
SET 'python.fn-execution.bundle.time' = '20';
SET 'python.fn-execution.arrow.batch.size' = '8';
-- How long an invoice is remembered, so that its duplicates are found: also when the next year's accounts are made.
SET 'table.exec.state.ttl' = '400 d';
-- All rows of a document go to Redis by one way, so that the newer wins.
SET 'table.exec.sink.keyed-shuffle' = 'FORCE';
