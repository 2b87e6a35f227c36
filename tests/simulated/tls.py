"""A certificate that only the simulators and the tests trust."""

import datetime
import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa


@dataclass(frozen=True, slots=True)
class Tls:
    """The TLS settings of a server with a self-signed certificate, and of its client.

    pem  the file with the key and the certificate, for SSL_CERT_FILE
    """

    server: ssl.SSLContext
    client: ssl.SSLContext
    pem: Path


def pem(*, rsa_key: bool = False, days: int = 3) -> bytes:
    """Returns a private key, and its self-signed certificate for localhost and 127.0.0.1."""
    elliptic = ec.generate_private_key(ec.SECP256R1())
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048) if rsa_key else elliptic
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "cqc-monitor test")])
    start = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=10)
    hosts = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=10 + days))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName(hosts), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return private + certificate.public_bytes(serialization.Encoding.PEM)


def in_folder(folder: Path, *, days: int = 3) -> Tls:
    """Writes a new certificate to a file in this folder, and returns the TLS settings for it."""
    file = folder / "server.pem"
    file.write_bytes(pem(days=days))
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(file)
    return Tls(server=server, client=ssl.create_default_context(cafile=str(file)), pem=file)
