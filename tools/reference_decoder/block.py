"""One block, from its header and payload to raw bytes (docs/format.md section 3)."""

import block_memory
import neural_method
import ngram_method
import prior
import xxh3
import zstd_frame
from block_header import FRAME_PRIOR, NEURAL, NGRAM, NO_PRIOR, STORED, ZSTD
from damage import BadPayload, Damage


def decode_block(header, payload, frame, resources):
    """The raw bytes, proved by their hash.

    header: a BlockHeader.  frame: its FrameHeader.  resources: Resources.
    """
    if block_memory.need(header) > frame.memory_kib * 1024:
        raise Damage("CORRUPT", header.at, "a block needs more memory than its frame declares")
    begin = header.at + header.size
    if header.method != STORED and xxh3.check32(payload) != header.payload_check:
        raise Damage("CHECKSUM", begin, "a damaged payload")
    try:
        raw = _decode(header, payload, frame, resources)
    except (BadPayload, ValueError) as error:
        raise Damage("CORRUPT", begin, f"a payload that cannot be decoded: {error}") from error
    if xxh3.xxh3_64(raw) != header.raw_hash:
        raise Damage("CHECKSUM", begin, "a block's raw bytes have another hash")
    return raw


def _decode(header, payload, frame, resources):
    if header.method == STORED:
        return payload
    if header.method == ZSTD:
        raw = zstd_frame.decode(payload)
        if len(raw) != header.raw_size:
            raise BadPayload("a zstd frame of another raw size")
        return raw
    used_prior = _prior(header, resources)
    if header.method == NGRAM:
        level = min(header.level, 4)
        return ngram_method.decode(payload, header.raw_size, level, header.kind, used_prior)
    assert header.method == NEURAL
    network = resources.network(frame.model_id)
    return neural_method.decode(
        payload, header.raw_size, header.level, header.kind, used_prior, network
    )


def _prior(header, resources):
    if header.prior == NO_PRIOR:
        return None
    named = resources.prior() if header.prior == FRAME_PRIOR else prior.shipped(header.prior)
    if not named.serves(header.kind):
        raise Damage("PRIOR", header.at, "a prior that does not serve the kind of its block")
    return named
