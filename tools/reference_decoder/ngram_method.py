"""Method 2: a text as decisions that n-grams predict (docs/format.md section 6)."""

from ngram import NgramPredictor
from text_decoder import decode_text


def decode(payload, raw_size, level, kind, prior):
    """raw_size bytes. level: 1 to 4.  prior: a Prior or None."""
    return decode_text(payload, raw_size, NgramPredictor(level, kind, raw_size, prior))
