"""Which addresses may be dialled: those of the public internet, and private ones for a source that says so.

The check is made on the socket address that is then dialled, not on the name, so spellings (decimal, octal,
hexadecimal) and a name that changes its answer between two look-ups make no difference.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# IPv6 addresses that carry an IPv4 one: NAT64 (RFC 6052, RFC 8215) and the deprecated IPv4-compatible form.
NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"), ip_network("::/96"))
# Addresses that a cloud answers itself, on the virtual machine, besides link-local ones: no news is there, but keys.
CLOUD_METADATA = frozenset(
    map(ip_address, ("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"))
)


def is_public(address: str) -> bool:
    """Tell whether a numeric address (a zone index is ignored) lies on the public internet.

    Raises ValueError for what is no numeric address.
    """
    ip = ip_address(address.split("%")[0])
    return all(_is_global(form) for form in _forms(ip))


def may_be_allowed(address: str) -> bool:
    """Tell whether a source with ``allow_private`` may reach a numeric address: any but those of link and cloud.

    Link-local and multicast addresses are no newsroom's, and what a cloud tells its machines at such an address is not
    for a page that a redirect or a link leads to. Raises ValueError for what is no numeric address.
    """
    ip = ip_address(address.split("%")[0])
    return not any(form.is_link_local or form.is_multicast or form in CLOUD_METADATA for form in _forms(ip))


def _forms(ip: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """List the address and every IPv4 address inside it; a mapped address counts only as its IPv4 form."""
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
