"""Method 2: a text as decisions that n-grams predict (docs/format.md section 6)."""

from damage import BadPayload
from ngram import NgramPredictor
from range_decoder import RangeDecoder


def decode(payload, raw_size, level, kind, prior):
    """raw_size bytes. level: 1 to 4.  prior: a Prior or None."""
    if prior is not None and prior.start_values(level, kind) is None:
        raise BadPayload("a prior for a kind that it does not serve")
    predictor = NgramPredictor(level, kind, raw_size, prior)
    decoder = RangeDecoder(payload)
    for _ in range(raw_size):
        byte = None
        while byte is None:
            byte = predictor.learn(decoder.bit(predictor.predict()))
        predictor.append(byte)
    return bytes(predictor.history.data)
