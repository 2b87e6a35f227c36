"""The list of channels. To add a channel, write its module, import it in this module, and add its KIND to the list."""

from monitor.channels import email, slack, sms, teams, webhook

KINDS = {one.scheme: one for one in (email.KIND, slack.KIND, teams.KIND, webhook.KIND, sms.KIND)}
"""The kinds of address by scheme, in the order in which forms offer them."""

SECRET_HOSTS = tuple(host for one in KINDS.values() for host in one.secret_hosts)
"""The hosts of all kinds whose paths are secret as a whole, for `logs.set_up`."""
