-- Images: a bundle of 8 keeps the worker busy for seconds; one alone waits for no more than 20 ms.
SET 'python.fn-execution.bundle.size' = '8';
SET 'python.fn-execution.bundle.time' = '20';
SET 'python.fn-execution.arrow.batch.size' = '8';
