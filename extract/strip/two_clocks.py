"""Two statements of one publication whose clocks differ by a zone: one system kept UTC and another the local time.

The second is marked as UTC as well, by a plug-in that knows no zone or by a trailing Z; which one it is, the clocks of
the site's country tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from extract.strip.local_day import country_offsets
from extract.strip.timestamps import Stamp, local_time
from extract.strip.zones import offset

QUARTER = timedelta(minutes=15)
NONE = timedelta(0)
# As far as any clock is from UTC.
MOST = timedelta(hours=14)
UTC_ZONE = "+00:00"


def settle_clock(told: Stamp, others: Iterable[Stamp], country: str | None) -> Stamp:
    """Return the instant and the zone of a time in UTC by what other statements of it say; as it is if none does."""
    for other in others:
        if other.precision == "day" or other.zone is None:
            continue
        if other.zone != UTC_ZONE:
            # The same clock with its zone beside it.
            if local_time(other.at, other.zone).replace(tzinfo=None) == told.at.replace(tzinfo=None):
                return other
            continue
        ahead = other.at - told.at
        if NONE < abs(ahead) <= MOST and not ahead % QUARTER:
            return _in_country(told, other, country)
    return told


def _in_country(told: Stamp, other: Stamp, country: str | None) -> Stamp:
    """Return the one of two times that is UTC, with the zone of the other, where only that is one of the country."""
    zones = []
    for utc, local in ((told, other), (other, told)):
        ahead = local.at - utc.at
        minutes = round(abs(ahead) / timedelta(minutes=1))
        if ahead in country_offsets(utc.at, country) and (
            zone := offset(-1 if ahead < NONE else 1, minutes // 60, minutes % 60)
        ):
            zones.append(replace(utc, zone=zone))
    return zones[0] if len(zones) == 1 else told
