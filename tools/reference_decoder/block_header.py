"""Block headers (docs/format.md section 3)."""

import dataclasses

import xxh3
from byte_reader import ByteReader
from contexts import STRUCTURED
from damage import Damage

MARKER = bytes.fromhex("B7 70 62 0A")
STORED, ZSTD, NGRAM, NEURAL = range(4)
NO_PRIOR, FRAME_PRIOR = 0, 15
BUILT_IN_PRIORS = (1, 2, 3)
NEURAL_LEVELS = (5, 7)
_KINDS = 4


@dataclasses.dataclass(frozen=True)
class BlockHeader:
    at: int  # of the marker, in the file
    size: int  # bytes of the header
    method: int
    kind: int
    level: int
    prior: int
    raw_offset: int
    raw_size: int
    coded_size: int
    raw_hash: int
    payload_check: int  # 0 for method 0, which has none


def read_block_header(data, at, frame, raw_offset):
    """The header whose marker is at data[at]. frame: a FrameHeader.  raw_offset: the right one."""
    reader = ByteReader(data, at)
    reader.take(len(MARKER))
    method_byte, level_byte = reader.number(1), reader.number(1)
    header = {
        "at": at,
        "method": method_byte & 15,
        "kind": method_byte >> 4,
        "level": level_byte & 15,
        "prior": level_byte >> 4,
        "raw_offset": reader.varint(),
        "raw_size": reader.varint(),
        "coded_size": reader.varint(),
        "raw_hash": reader.number(8),
        "payload_check": reader.number(4) if method_byte & 15 != STORED else 0,
    }
    if reader.number(4) != xxh3.check32(data[at : reader.at - 4]):
        raise Damage("CHECKSUM", reader.at - 4, "a damaged block header")
    header = BlockHeader(size=reader.at - at, **header)
    _judge(header, frame, raw_offset)
    return header


def _judge(header, frame, raw_offset):
    def refuse(status, wrong, reason):
        if wrong:
            raise Damage(status, header.at, reason)

    modelled = header.method in (NGRAM, NEURAL)
    priors = (NO_PRIOR, *BUILT_IN_PRIORS, FRAME_PRIOR)
    refuse("VERSION", header.method > NEURAL, f"method {header.method} is not known")
    refuse("VERSION", header.kind >= _KINDS, f"content kind {header.kind} is not known")
    refuse("VERSION", header.prior not in priors, f"prior {header.prior} is not known")
    refuse("CORRUPT", not 1 <= header.level <= 9, f"level {header.level}")
    refuse(
        "VERSION",
        header.method == NEURAL and header.level not in NEURAL_LEVELS,
        f"a neural block of level {header.level}",
    )
    refuse(
        "CORRUPT",
        header.prior != NO_PRIOR and not (modelled and header.kind <= STRUCTURED),
        "a prior for a block that cannot have one",
    )
    refuse(
        "CORRUPT",
        header.prior == FRAME_PRIOR and not frame.prior_id,
        "a block that needs a prior, in a frame that names none",
    )
    refuse(
        "CORRUPT",
        header.method == NEURAL and header.kind > STRUCTURED,
        "a network for a kind that cannot have one",
    )
    refuse(
        "CORRUPT",
        header.method == NEURAL and not frame.model_id,
        "a block that needs a network, in a frame that names none",
    )
    refuse("CORRUPT", header.raw_offset != raw_offset, "a block that is not where it belongs")
    refuse("CORRUPT", not 1 <= header.raw_size <= frame.block_size, "a wrong raw size")
    refuse("CORRUPT", not 1 <= header.coded_size <= header.raw_size, "a wrong coded size")
    refuse(
        "CORRUPT",
        header.method == STORED and header.coded_size != header.raw_size,
        "a stored block of two sizes",
    )
