"""Method 3: a text as decisions that n-grams and a network predict (docs/format.md section 12)."""

from byte_reader import ByteReader
from damage import BadPayload, Damage
from line_ends import unfold
from neural import NeuralPredictor
from text_decoder import decode_text

_FOLDED = 1


def decode(payload, raw_size, level, kind, prior, network):
    """raw_size bytes. level: 5 or 7.  kind: text or structured.  prior: a Prior or None.  network: a Network."""
    try:
        return _decode(payload, raw_size, level, kind, prior, network)
    except Damage as error:  # of a number in the payload, whose places are not those of the file
        raise BadPayload(error.reason) from error


def _decode(payload, raw_size, level, kind, prior, network):
    reader = ByteReader(payload)
    flags = reader.number(1)
    if flags & ~_FOLDED:
        raise BadPayload("flags that are not known")
    text_size, lone_list = raw_size, b""
    if flags & _FOLDED:
        text_size = reader.varint()
        if text_size > raw_size:
            raise BadPayload("a folded text that is longer than the raw bytes")
        lone_list = reader.take(reader.varint())
    code = payload[reader.at :]
    predictor = NeuralPredictor(level, kind, text_size, prior, network)
    text = decode_text(code, text_size, predictor)
    raw = unfold(text, lone_list) if flags & _FOLDED else text
    if len(raw) != raw_size:
        raise BadPayload("a text that does not unfold to the raw size")
    return raw
