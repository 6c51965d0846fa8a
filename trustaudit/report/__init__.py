"""Audits to text: pure functions, one module a format. Only this room knows Jinja."""
