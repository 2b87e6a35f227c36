"""cqc-monitor: tells people in England's councils that a care service has got worse."""

__version__ = "0.2.0"
