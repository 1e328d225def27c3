"""Layouts that nobody looks at who writes rules for fields: what they score there is what they score on new ones."""
