"""The list of channels. To add a channel, write its module, import it in this module, and add its KIND to the list."""

from monitor.channels import email, slack, sms, teams, webhook

KINDS = {one.scheme: one for one in (email.KIND, slack.KIND, teams.KIND, webhook.KIND, sms.KIND)}
"""The kinds of address, by scheme. Forms offer the kinds in this order."""

SECRET_HOSTS = tuple(host for one in KINDS.values() for host in one.secret_hosts)
"""The hosts whose paths must not appear in logs. `logs.set_up` removes the paths."""
