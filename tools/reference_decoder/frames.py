"""A file as frames, frames as blocks (docs/format.md sections 1 to 5)."""

import block_header
import footer
from block import decode_block
from damage import Damage
from frame_header import read_frame_header

_MARKER_SIZE = 4


def decode_file(data, resources):
    """Yields the raw bytes of one block after another; raises Damage where the file must be
    refused. All that was yielded before is right."""
    at = 0
    while at < len(data) or at == 0:
        if not data:
            raise Damage("TRUNCATED", 0, "no data at all")
        at = yield from _decode_frame(data, at, resources)


def _decode_frame(data, start, resources):
    """Returns where the frame ends."""
    frame = read_frame_header(data, start)
    resources.check(frame)
    at = start + frame.size
    index = []
    raw_parts = []
    raw_offset = 0
    while True:
        marker = data[at : at + _MARKER_SIZE]
        if marker == footer.MARKER:
            break
        if marker != block_header.MARKER:
            whole = len(marker) == _MARKER_SIZE
            beginning = any(m.startswith(marker) for m in (footer.MARKER, block_header.MARKER))
            if not whole and beginning:
                raise Damage("TRUNCATED", len(data), "the data ends inside a frame")
            raise Damage("CORRUPT", at, "neither a block nor a footer begins here")
        header = block_header.read_block_header(data, at, frame, raw_offset)
        begin = at + header.size
        if begin + header.coded_size > len(data):
            raise Damage("TRUNCATED", len(data), "the data ends inside a payload")
        raw = decode_block(header, data[begin : begin + header.coded_size], frame, resources)
        yield raw
        raw_parts.append(raw)
        raw_offset += header.raw_size
        index.append((header.size + header.coded_size, header.raw_size))
        at = begin + header.coded_size
    end = footer.read_footer(data, at, frame.size, index, raw_parts)
    if bool(index) != bool(frame.block_size):
        raise Damage("CORRUPT", start, "a frame without blocks that gives a block size")
    return end
