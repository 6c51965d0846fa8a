"""What a team has chosen not to see: comments, sidecars, the baseline. Hidden is shown."""

from __future__ import annotations

from trustaudit.suppression.apply import Applied, apply, unknown_rules
from trustaudit.suppression.values import Read, Suppression

__all__ = ["Applied", "Read", "Suppression", "apply", "unknown_rules"]
