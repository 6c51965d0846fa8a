"""A whole store as one report: how fair it is, what to change first, and where each document stands."""

from __future__ import annotations

from trustaudit.portfolio.write import Written, portfolio

__all__ = ["Written", "portfolio"]
