"""Bytes to Document: one module a format, the type sniffed from the content."""
