"""``python -m trustaudit``."""

from __future__ import annotations

import sys

from trustaudit.cli import main

if __name__ == "__main__":
    sys.exit(main())
