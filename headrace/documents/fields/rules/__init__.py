"""What holds on every right invoice: a file is a rule."""
