"""What a container of the image runs: one role a container."""
