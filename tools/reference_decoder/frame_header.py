"""Frame headers (docs/format.md section 2)."""

import dataclasses

import xxh3
from byte_reader import ByteReader
from damage import Damage

MAGIC = bytes.fromhex("89 70 69 74 68 0D 0A 1A")
VERSION = 1
BLOCK_SIZE_MAX = 268_435_456
MEMORY_KIB_MAX = 1 << 40
_HAS_PRIOR, _HAS_MODEL = 1, 2


@dataclasses.dataclass(frozen=True)
class FrameHeader:
    size: int  # bytes of the header
    level: int
    block_size: int  # largest raw size of a block
    memory_kib: int
    prior_id: int  # 0: none
    model_id: int  # 0: none


def read_frame_header(data, start):
    """The header that begins at data[start], behind whose magic it was not looked yet."""
    seen = data[start : start + len(MAGIC)]
    if seen != MAGIC[: len(seen)] or not seen:
        raise Damage("TRAILING" if start else "FORMAT", start, "no frame begins here")
    reader = ByteReader(data, start)
    reader.take(len(MAGIC))
    version = reader.number(1)
    if version != VERSION:
        raise Damage("VERSION", start + 8, f"version {version}: made by a newer pith")
    flags = reader.number(1)
    if flags & 15 & ~(_HAS_PRIOR | _HAS_MODEL):
        raise Damage("VERSION", start + 9, "a feature that is not known")
    level = reader.number(1)
    block_size = reader.varint()
    memory_kib = reader.varint()
    prior_id = reader.number(8) if flags & _HAS_PRIOR else 0
    model_id = reader.number(8) if flags & _HAS_MODEL else 0
    if reader.number(4) != xxh3.check32(data[start : reader.at - 4]):
        raise Damage("CHECKSUM", reader.at - 4, "a damaged frame header")
    missing = (flags & _HAS_PRIOR and not prior_id) or (flags & _HAS_MODEL and not model_id)
    if missing or not 1 <= level <= 9 or memory_kib > MEMORY_KIB_MAX or block_size > BLOCK_SIZE_MAX:
        raise Damage("CORRUPT", start, "a field of the frame header that is out of its range")
    return FrameHeader(reader.at - start, level, block_size, memory_kib, prior_id, model_id)
