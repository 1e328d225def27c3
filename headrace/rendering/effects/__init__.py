"""What a scanner, a phone's camera and a desk do to a document."""
