"""Hive's functions of bytes: digests, AES, encodings, and texts that stand for bytes.

Sources: Hive 3.1's UDFMd5, UDFSha1, GenericUDFSha2, UDFCrc32, GenericUDFAesBase, UDFBase64, UDFHex, UDFUnhex, UDFBin,
GenericUDFEncode and GenericUDFDecode; commons-codec's Base64.
"""

from __future__ import annotations

import base64
import hashlib
import re
import zlib
from collections.abc import Callable
from typing import Any

from bigdata.errors import EngineNotInstalled, UsageError
from bigdata.sql.hive.functions.rules import Rule, Typed
from bigdata.sql.hive.library import function, macro

macro(
    "hive_unhex(text)",
    """CASE WHEN regexp_full_match(text, '([0-9a-fA-F]{2})*') THEN unhex(text) ELSE hive_unhex_pairs(text) END""",
)


@function("hive_unhex_pairs", ["VARCHAR"], "BLOB")
def unhex_pairs(text: str) -> bytes | None:
    """The bytes that pairs of digits stand for, of which the first may be a sign; ``None`` for what is no number.

    >>> unhex_pairs("123"), unhex_pairs("-1+2"), unhex_pairs("1x")
    (b'\\x01#', b'\\xff\\x02', None)
    """
    digits = "0" * (len(text) % 2) + text
    pairs = [digits[place : place + 2] for place in range(0, len(digits), 2)]
    if not all(re.fullmatch(r"[+-]?[0-9a-fA-F]+", pair) for pair in pairs):
        return None
    return bytes(int(pair, 16) & 255 for pair in pairs)


@function("hive_sha2", ["BLOB", "INTEGER"], "VARCHAR")
def sha2(data: bytes, size: int) -> str | None:
    """The SHA-2 digest of a size in bits, 0 for 256; ``None`` for sizes that there aren't.

    As Java takes the size for a part of the digest's name, 1 is SHA-1.

    >>> sha2(b"ABC", 256)[:8], sha2(b"ABC", 100)
    ('b5d4045c', None)
    """
    size = size or 256
    return hashlib.new(f"sha{size}", data).hexdigest() if size in (1, 224, 256, 384, 512) else None


@function("hive_crc32", ["BLOB"], "BIGINT")
def crc32(data: bytes) -> int:
    """The cyclic redundancy check of bytes.

    >>> crc32(b"ABC")
    2743272264
    """
    return zlib.crc32(data)


@function("hive_unbase64", ["VARCHAR"], "BLOB")
def unbase64(text: str) -> bytes:
    """The bytes of base 64, in which other characters are passed over and ``-_`` are ``+/``.

    >>> unbase64("Y Q"), unbase64("-_8=")
    (b'a', b'\\xfb\\xff')
    """
    digits = re.sub(r"[^A-Za-z0-9+/]", "", text.partition("=")[0].replace("-", "+").replace("_", "/"))
    if len(digits) % 4 == 1:
        digits = digits[:-1]
    return base64.b64decode(digits + "=" * (-len(digits) % 4))


#: the encodings that Java has everywhere; its UTF-16 writes a mark of the order of bytes, and reads without
_CHARSETS = {
    "us-ascii": ("ascii", b""),
    "iso-8859-1": ("latin-1", b""),
    "utf-8": ("utf-8", b""),
    "utf-16be": ("utf-16-be", b""),
    "utf-16le": ("utf-16-le", b""),
    "utf-16": ("utf-16-be", b"\xfe\xff"),
}


def _charset(name: str) -> tuple[str, bytes]:
    if name.lower() not in _CHARSETS:
        raise UsageError(f"There is no encoding {name!r}. Expected one of {', '.join(_CHARSETS)}.")
    return _CHARSETS[name.lower()]


@function("hive_encode", ["VARCHAR", "VARCHAR"], "BLOB")
def encode(text: str, charset: str) -> bytes:
    """The bytes of a text in an encoding.

    >>> encode("é", "UTF-16")
    b'\\xfe\\xff\\x00\\xe9'
    """
    codec, mark = _charset(charset)
    try:
        return mark + text.encode(codec)
    except UnicodeEncodeError:
        raise UsageError(f"encode: {charset} has no bytes for a character of {text!r}.") from None


@function("hive_decode", ["BLOB", "VARCHAR"], "VARCHAR")
def decode(data: bytes, charset: str) -> str:
    """The text of bytes in an encoding."""
    codec, mark = _charset(charset)
    if mark and data[:2] in (mark, mark[::-1]):
        codec, data = ("utf-16-be" if data[:2] == mark else "utf-16-le"), data[2:]
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        raise UsageError(f"decode: the bytes {data.hex()} are no text in {charset}.") from None


def _cipher(key: bytes) -> Any:
    """AES with a key, block by block (ECB), as Java's ``Cipher.getInstance("AES")``."""
    try:
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    except ImportError:
        raise EngineNotInstalled("aes_encrypt and aes_decrypt need: pip install cryptography") from None
    return Cipher(algorithms.AES(key), modes.ECB())


@function("hive_aes_encrypt", ["BLOB", "BLOB"], "BLOB")
def aes_encrypt(data: bytes, key: bytes) -> bytes | None:
    """Bytes encrypted by AES, filled up by PKCS 5; ``None`` for a key that is not of 16, 24 or 32 bytes.

    >>> aes_encrypt(b"ABC", b"1234567890123456").hex()
    'cba4acfb309839ba426e07d67f23564f'
    """
    if len(key) not in (16, 24, 32):
        return None
    fill = 16 - len(data) % 16
    encryptor = _cipher(key).encryptor()
    return bytes(encryptor.update(data + bytes([fill]) * fill) + encryptor.finalize())


@function("hive_aes_decrypt", ["BLOB", "BLOB"], "BLOB")
def aes_decrypt(data: bytes, key: bytes) -> bytes | None:
    """Bytes decrypted by AES; ``None`` for a key of another size, and for what no such key has encrypted.

    >>> aes_decrypt(aes_encrypt(b"ABC", b"1234567890123456"), b"1234567890123456")
    b'ABC'
    """
    if len(key) not in (16, 24, 32) or len(data) % 16 or not data:
        return None
    decryptor = _cipher(key).decryptor()
    made = bytes(decryptor.update(data) + decryptor.finalize())
    fill = made[-1]
    return made[:-fill] if 1 <= fill <= 16 and made.endswith(bytes([fill]) * fill) else None


def _of_bytes(gives: str, template: str, more: str = "") -> list[Rule]:
    """Rules of a function that takes a text's bytes, or bytes."""
    return [
        Rule(f"text{more} -> {gives}", template.replace("{0}", "encode({0})")),
        Rule(f"binary{more} -> {gives}", template),
        Rule(f"string{more} -> {gives}", template.replace("{0}", "encode({0})")),
    ]


def _aes(name: str) -> Callable[[Typed, Typed], str]:
    def sql(data: Typed, key: Typed) -> str:
        parts = [part.sql if part.type.name == "binary" else f"encode({part})" for part in (data, key)]
        return f"{name}({', '.join(parts)})"

    return sql


FUNCTIONS: dict[str, Rule | list[Rule]] = {
    "md5": _of_bytes("string", "md5({0})"),
    "sha sha1": _of_bytes("string", "sha1({0})"),
    "sha2": _of_bytes("string", "hive_sha2({0}, {1})", ", int"),
    "crc32": _of_bytes("bigint", "hive_crc32({0})"),
    "aes_encrypt": Rule("primitive, primitive -> binary", _aes("hive_aes_encrypt")),
    "aes_decrypt": Rule("binary, primitive -> binary", _aes("hive_aes_decrypt")),
    "base64": Rule("binary -> string", "base64({0})"),
    "unbase64": Rule("string -> binary", "hive_unbase64({0})"),
    "bin": Rule("bigint -> string", "bin({0})"),
    "hex": [
        Rule("integer -> string", "hex(CAST({0} AS BIGINT))"),
        Rule("text -> string", "hex({0})"),
        Rule("binary -> string", "hex({0})"),
        Rule("string -> string", "hex({0})"),
    ],
    "unhex": Rule("string -> binary", "hive_unhex({0})"),
    "encode": Rule("string, string -> binary", "hive_encode({0}, {1})"),
    "decode": Rule("binary, string -> string", "hive_decode({0}, {1})"),
}
