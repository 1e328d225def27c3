"""The model `sentiment`: from labelled reviews to a published version."""
