"""How often the audit is right, on labelled data that is no part of the project.

``python -m benchmarks.quality [--data DIR] [TASK …]`` prints one table; ``--write`` puts it into a file, and
``--show`` prints what was missed and what was found in error.
"""
