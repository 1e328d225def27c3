"""Reading text on pages with PaddleOCR's detection and recognition models."""
