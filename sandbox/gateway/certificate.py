"""Makes a certificate for AWS's names and the authority that signs it, for one run of the sandbox, and prints them as JSON.

    python certificate.py [ADDRESS …]

It is for the addresses too, which are those of somebody else's servers.
"""

import datetime
import json
import sys
from ipaddress import ip_address
from pathlib import Path

import botocore
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PARTITIONS = json.loads((Path(botocore.__file__).parent / "data" / "partitions.json").read_text())["partitions"]
NOW = datetime.datetime.now(datetime.timezone.utc)


def names():
    """A wildcard stands for one label: services, and what S3 and S3 Control put in front of theirs."""
    for partition in PARTITIONS:
        outputs = partition["outputs"]
        suffixes = {outputs["dnsSuffix"], outputs["dualStackDnsSuffix"]}
        for suffix in sorted(suffixes):
            yield from (f"*.{suffix}", f"*.s3.{suffix}", f"*.queue.{suffix}")
            for region in partition["regions"]:
                if region.endswith("-global"):
                    continue
                yield from (f"*{service}.{region}.{suffix}" for service in ("", ".s3", ".s3-control"))


def named(text):
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def certificate(subject, key, issuer, issuer_key, *extensions):
    builder = (
        x509.CertificateBuilder()
        .subject_name(named(subject))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - datetime.timedelta(days=1))
        .not_valid_after(NOW + datetime.timedelta(days=365))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(issuer_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM).decode()


AUTHORITY = "A sandbox's own authority"
authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
usage = dict.fromkeys(
    ["content_commitment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only", "key_encipherment"], False
)
signs = x509.KeyUsage(digital_signature=True, key_cert_sign=True, crl_sign=True, **usage)
addresses = [x509.IPAddress(ip_address(address)) for address in sys.argv[1:]]
alternatives = x509.SubjectAlternativeName([*(x509.DNSName(name) for name in dict.fromkeys(names())), *addresses])
print(
    json.dumps(
        {
            "authority": certificate(
                AUTHORITY,
                authority_key,
                AUTHORITY,
                authority_key,
                (x509.BasicConstraints(ca=True, path_length=0), True),
                (signs, True),
            ),
            "certificate": certificate("AWS in the sandbox", key, AUTHORITY, authority_key, (alternatives, False)),
            "key": key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            ).decode(),
        }
    )
)
