"""Measurements: quality on labelled data, and speed as ratios within one run."""
