"""S/MIME seals as Outlook and others make them, put together for tests."""

SIGNED = bytes.fromhex("06092a864886f70d010702")
ENVELOPED = bytes.fromhex("06092a864886f70d010703")
PLAIN = bytes.fromhex("06092a864886f70d010701")


def value(kind: int, content: bytes, *, endless: bool = False) -> bytes:
    if endless:
        return bytes([kind, 0x80]) + content + b"\0\0"
    if len(content) < 128:
        return bytes([kind, len(content)]) + content
    size = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([kind, 0x80 | len(size)]) + size + content


def sealed(message: bytes, *, endless: bool = False, kind: bytes = SIGNED) -> bytes:
    """The signed message inside; `endless`: without lengths, in pieces, as streams are written."""
    octets = value(0x04, message)
    if endless:
        pieces = [value(0x04, message[at : at + 100]) for at in range(0, len(message), 100)]
        octets = value(0x24, b"".join(pieces), endless=True)
    inside = value(0x30, PLAIN + value(0xA0, octets, endless=endless), endless=endless)
    digests = value(0x31, value(0x30, b"\x06\x01\x01"), endless=endless)
    signed = value(
        0x30, value(0x02, b"\x01") + digests + inside + value(0x31, b""), endless=endless
    )
    return value(0x30, kind + value(0xA0, signed, endless=endless), endless=endless)
