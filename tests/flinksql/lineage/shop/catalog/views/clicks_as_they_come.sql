CREATE VIEW clicks_as_they_come AS SELECT *, TRIM(payload) AS trimmed FROM clicks;
