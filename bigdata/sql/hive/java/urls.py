"""URLs in the parts that java.net.URL has.

Source: the documentation of java.net.URL; the JDK's URLStreamHandler (parseURL).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from functools import lru_cache

#: the protocols that Java knows by itself
_PROTOCOLS = ("http", "https", "ftp", "file", "mailto")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_AUTHORITY = re.compile(r"(?:([^@]*)@)?(\[[^\]]*\]|[^:@]*)(?::(-1|\d*))?")
_LAST_PORT = 2**31 - 1


@lru_cache(maxsize=1024)
def parts(url: str) -> Mapping[str, str] | None:
    """The parts of a URL by the names that Hive has for them; ``None`` for what is no URL.

    >>> dict(parts("http://u@h:80/p?q#r"))["AUTHORITY"]
    'u@h:80'
    >>> parts("facebook.com") is None
    True
    """
    text = url.strip("".join(map(chr, range(33))))
    text = text[4:] if text[:4].lower() == "url:" else text
    scheme = _SCHEME.match(text)
    if scheme is None or scheme[1].lower() not in _PROTOCOLS:
        return None
    found = {"HOST": "", "PROTOCOL": scheme[1].lower()}
    rest, hash_sign, reference = text[scheme.end() :].partition("#")
    path, mark, query = rest.partition("?")
    if found["PROTOCOL"] == "mailto":
        path, mark, query = rest.rpartition("?") if mark else (rest, "", "")
    elif hash_sign:
        found["REF"] = reference
    if path.startswith("//") and not path.startswith("////") and found["PROTOCOL"] != "mailto":
        authority, slash, path = path[2:].partition("/")
        path = slash + path
        if not _set_authority(found, authority):
            return None
    if mark:
        found["QUERY"] = query
    return {**found, "PATH": path, "FILE": path + mark + query}


def _set_authority(found: dict[str, str], authority: str) -> bool:
    """Take the host and the user from between the slashes; whether the port is a number."""
    found["AUTHORITY"] = authority
    if authority.count("@") > 1:
        return True
    match = _AUTHORITY.fullmatch(authority)
    if match is None or int(match[3] or 0) > _LAST_PORT:
        return False
    if match[2].startswith("[") and not _is_ipv6(match[2][1:-1]):
        return False
    found["HOST"] = match[2]
    if match[1] is not None:
        found["USERINFO"] = match[1]
    return True


def _is_ipv6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text.partition("%")[0])
    except ValueError:
        return False
    return True
