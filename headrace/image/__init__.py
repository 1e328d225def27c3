"""Container images: their tag, their labels, and what an image was built with."""
