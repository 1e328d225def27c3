-- ocr_text(image BYTES | STRING) STRING: the text of an image, line by line in reading order, all pages that are read.
-- image is the file's content (JPEG, PNG, WebP, TIFF, PDF, …) or a URI (data:, file:, s3:, http:, https:; see
-- docs/images.md for what may be read, and its limits).
-- NULL where the image is NULL or cannot be used (ocr_detail says why); '' where there is no text on it.
CREATE FUNCTION IF NOT EXISTS ocr_text AS 'udf.ocr_text.ocr_text' LANGUAGE PYTHON;
