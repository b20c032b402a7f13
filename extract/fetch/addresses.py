"""Which IP addresses may be connected to: public ones, and private ones for a source that allows them.

The check is made on the socket address that is then connected to, not on the name. So other spellings of an address
(decimal, octal, hexadecimal) and a name that resolves differently the next time (DNS rebinding) make no difference.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# IPv6 addresses that carry an IPv4 one: NAT64 (RFC 6052, RFC 8215) and the deprecated IPv4-compatible form.
NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("::/96"))
# Metadata services of clouds outside the link-local range: they serve credentials of the virtual machine, not news.
CLOUD_METADATA = frozenset(
    map(ip_address, ("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"))
)


def is_public(address: str) -> bool:
    """Return whether a numeric address is on the public internet; a zone index is ignored.

    Raises ValueError when it is not a numeric address.
    """
    ip = ip_address(address.split("%")[0])
    return all(_is_global(form) for form in _forms(ip))


def may_be_allowed(address: str) -> bool:
    """Return whether a source with ``allow_private`` may connect to a numeric address.

    Link-local and multicast addresses and the metadata services of clouds are never allowed: no newsroom is there, and
    a redirect or link must not reach them. Raises ValueError when it is not a numeric address.
    """
    ip = ip_address(address.split("%")[0])
    return not any(form.is_link_local or form.is_multicast or form in CLOUD_METADATA for form in _forms(ip))


def _forms(ip: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """Return the address and every IPv4 address embedded in it; a mapped address counts only as IPv4."""
    if isinstance(ip, IPv4Address):
        return [ip]
    if ip.ipv4_mapped:
        return [ip.ipv4_mapped]
    inside: list[IPv4Address | IPv6Address] = [ip]
    if any(ip in network for network in NAT64):
        inside.append(IPv4Address(int(ip) & 0xFFFFFFFF))
    if ip.sixtofour:
        inside.append(ip.sixtofour)
    if ip.teredo:
        inside += ip.teredo
    return inside


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    return ip.is_global and not ip.is_multicast and ip not in CLOUD_METADATA
