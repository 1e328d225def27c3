"""The bytes behind a URI: a scheme is a file here."""
