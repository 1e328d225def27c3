"""What Headrace is made of: its bill of materials, and an audit of it."""
