"""Which rows of weights the mixers beside a network use (docs/format.md section 12.4)."""

import dataclasses

# The rows of each set of each mixer; level 5 has the first two mixers.
SET_ROWS = (
    (192, 1024, 2048, 2048, 2048),
    (4096, 816, 2048, 2048),
    (768, 2048, 2048, 2048, 2048),
)
_MASK32 = 2**32 - 1


@dataclasses.dataclass(frozen=True)
class Opinions:
    """own, net: v(own) and v(net).  share: s of the document.  letters: of the word in work."""

    own: int
    net: int
    share: int
    letters: int


def numbers(ngram, opinions):
    """For each mixer, the row of each set. ngram: an NgramPredictor after its predict()."""
    last8, values = ngram.history.last8, ngram.history.values
    at, phase, s = ngram.at, ngram.phase, opinions.share
    word, before = values["Word"], values["Word1"]
    found = sum(bit << i for i, bit in enumerate(ngram.found[5:12]))
    return (
        (
            (4 * opinions.net + s) * 3 + phase,
            at + 256 * s,
            _hashed(last8 & 0xFFFF, phase),
            _hashed(last8 & 0xFF, at),
            _hashed(word, phase),
        ),
        (
            16 * at + opinions.own,
            (17 * opinions.letters + ngram.match_class) * 6 + ngram.orders,
            _hashed(before, phase),
            _hashed(last8 & 0xFFFFFF, phase),
        ),
        (
            at + 256 * ngram.certainty,
            _hashed(word * 0xC2B2AE35 + before, phase),
            _hashed(last8 >> 8 & 0xFF, at),
            _hashed(values["Above2"], phase),
            16 * found + opinions.net,
        ),
    )


def _hashed(x, y):
    return ((x * 0x9E3779B1 + y * 0x85EBCA6B) * 0xC2B2AE35 & _MASK32) >> 21
