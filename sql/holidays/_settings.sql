-- How long a comment is remembered, so that the model sees it once: its topics come within milliseconds.
SET 'table.exec.state.ttl' = '10 min';
