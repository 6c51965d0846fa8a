"""Findings to score, grade and trust account, by the published weights of ``rules/weights.yaml``."""

from trustaudit.scoring.balance import balance
from trustaudit.scoring.messages import with_accounts
from trustaudit.scoring.score import weigh
from trustaudit.scoring.weights import Weights, read_weights, weights

__all__ = ["Weights", "balance", "read_weights", "weigh", "weights", "with_accounts"]
