"""Labelled sentences of our own: what the reviews lack (social comments, greetings, service) and neutral texts."""
