"""Builds the project's images without a container engine: in Debian roots, with namespaces and overlay mounts."""
