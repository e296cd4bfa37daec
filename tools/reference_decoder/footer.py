"""Frame footers: the index and what proves the frame (docs/format.md section 4)."""

import xxh3
from byte_reader import ByteReader
from damage import Damage

MARKER = bytes.fromhex("B7 70 69 0A")
END_MAGIC = bytes.fromhex("68 74 69 70")


def read_footer(data, at, header_size, index, raw_parts):
    """Where the frame ends, if its footer at data[at] tells what was seen of it.

    index: (coded total, raw size) of each block.  raw_parts: their raw bytes.
    """
    reader = ByteReader(data, at)
    reader.take(len(MARKER))
    said_header_size = reader.varint()
    count = reader.varint()
    said_index = []
    # No longer than was seen: a wrong count is told by the check or, where that is right, below.
    for _ in range(min(count, len(data))):
        said_index.append((reader.varint(), reader.varint()))
    hashed = bool(said_index) and not (
        len(said_index) == 1 and said_index[0][0] >= said_index[0][1]
    )
    content_hash = reader.take(16) if hashed else b""
    if reader.number(4) != xxh3.check32(data[at : reader.at - 4]):
        raise Damage("CHECKSUM", reader.at - 4, "a damaged footer")
    size = reader.at - at
    if said_header_size != header_size or said_index != index:
        raise Damage("CORRUPT", at, "a footer that tells of other blocks than there are")
    if reader.number(4) != size:
        raise Damage("CORRUPT", reader.at - 4, "a wrong size of the footer")
    if reader.take(4) != END_MAGIC:
        raise Damage("CORRUPT", reader.at - 4, "a wrong end magic")
    if hashed and xxh3.xxh3_128(b"".join(raw_parts)) != content_hash:
        raise Damage("CHECKSUM", at, "the frame's raw bytes have another hash")
    return reader.at
