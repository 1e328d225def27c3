"""Checks of what runs Headrace in containers and clusters, by the tools of those who made the formats, without an engine."""
