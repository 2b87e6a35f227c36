"""The list of channels. To add a channel, write its module, import it here and add its KIND to the list."""

from monitor.channels import email, slack, sms, teams, webhook

KINDS = {one.scheme: one for one in (email.KIND, slack.KIND, teams.KIND, webhook.KIND, sms.KIND)}
"""The kinds of address by scheme, in the order in which people are offered them."""

SECRET_HOSTS = tuple(host for one in KINDS.values() for host in one.secret_hosts)
"""The hosts of all kinds whose whole path is secret, for `logs.set_up`."""
