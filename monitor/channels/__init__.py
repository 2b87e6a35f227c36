"""The ways out: email, Slack, Teams and signed webhooks."""

from monitor.channels.address import parse_address, scheme, shown
from monitor.channels.base import Channel, Outcome, Status

__all__ = ["Channel", "Outcome", "Status", "parse_address", "scheme", "shown"]
