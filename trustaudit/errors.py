"""Every error that a user can cause.

TrustauditError
├── UsageError            wrong arguments, nothing matched                         exit 2
├── ConfigError           a configuration file that cannot be used                 exit 2
├── RuleError             a rule file that cannot be used: file, line, near name   exit 2
├── StoreError            a store that cannot be opened, read or written           exit 2
├── ClusterError          a cluster that cannot be reached, or is of two minds     exit 2
└── UnreadableError       one document that cannot be read; the others go on
    ├── EncryptedError    a password is needed
    └── LimitError        larger, deeper or slower than the limits allow
"""

from __future__ import annotations


class TrustauditError(Exception):
    """Base of all. The message is one or two lines: what, where, and the mend."""


class UsageError(TrustauditError):
    pass


class ConfigError(TrustauditError):
    pass


class RuleError(TrustauditError):
    pass


class StoreError(TrustauditError):
    """The store of a batch; what was finished before stays in it."""


class ClusterError(TrustauditError):
    """The cluster of a run; what was finished before is kept."""


class UnreadableError(TrustauditError):
    """This document cannot be read; the message says why, without the file's name."""


class EncryptedError(UnreadableError):
    pass


class LimitError(UnreadableError):
    pass
