-- ocr_lines(image BYTES | STRING)
--     ARRAY<ROW<text STRING, confidence DOUBLE, box ARRAY<DOUBLE>, page INT>>: the lines in reading order:
--   text        as it was read
--   confidence  how sure the model is, 0 to 1
--   box         x and y of four corners, clockwise from the text's top left, in pixels of the upright page
--   page        from 1
-- NULL where the image is NULL or cannot be used. A row for each line:
--   SELECT document_id, line.text FROM documents CROSS JOIN UNNEST(ocr_lines(image)) AS line(text, confidence, box, page);
CREATE FUNCTION IF NOT EXISTS ocr_lines AS 'udf.ocr_lines.ocr_lines' LANGUAGE PYTHON;
