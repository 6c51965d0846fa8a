"""Pictures of the pages of PDFs for the HTML report."""

from __future__ import annotations

from trustaudit.parsing.page_pictures import MOST_PAGES, chosen_pages, of

__all__ = ["MOST_PAGES", "chosen_pages", "of"]
