"""The certificates that this program trusts, and what a person can do about a certificate that it does not trust."""

import ssl
from functools import cache


@cache
def trusted() -> ssl.SSLContext:
    """Returns a context that trusts the machine's certificate authorities, or the authorities in SSL_CERT_FILE and
    SSL_CERT_DIR. The context is made once per process. Each mail has its own connection, and making a context for each
    connection would take most of the time."""
    return ssl.create_default_context()


_OTHER_NAME, _NO_AUTHORITY = (62, 64), (2, 18, 19, 20, 21)
"""OpenSSL's numbers for two kinds of fault: the certificate is for another host or IP address (_OTHER_NAME), or no authority that
we trust signed it (_NO_AUTHORITY)."""


def certificate_fault(error: BaseException) -> str | None:
    """Returns why a server's certificate can't be trusted, and what to do. None if the error has another cause."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    if cause is None:
        return None
    if cause.verify_code in _NO_AUTHORITY:
        do = "if your own authority signed it, set SSL_CERT_FILE to a PEM file with that authority's certificate (docs/mail.md)."
    elif cause.verify_code in _OTHER_NAME:
        do = "use the host name given in the certificate."
    else:
        do = "ask the person who runs the server to renew its certificate, and check this machine's clock."
    return f"the certificate can't be trusted: {cause.verify_message}. What to do: {do}"
