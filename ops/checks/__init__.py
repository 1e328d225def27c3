"""Checks of what runs Headrace in containers and clusters, by the tools of each format's makers, without an engine."""
