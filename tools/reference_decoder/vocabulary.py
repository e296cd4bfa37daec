"""Vocabularies: the tokens a network speaks of (docs/vocabulary.md)."""

import xxh3
from byte_code import TEXT_CODE
from byte_reader import ByteReader
from damage import Damage

MAGIC = bytes.fromhex("89 70 76 6F 63 0D 0A 1A")
TOKEN_MAX = 32


class Vocabulary:
    """tokens: byte strings in the order of their codes; a token's id is its place.

    id_of: by the bytes.  paths: the decisions of each token's bytes, a string of "0" and "1".
    first_of_prefix, end_of_prefix: the range of the tokens that begin with given decisions, by
    these, for all decisions that any token begins with.
    """

    def __init__(self, tokens):
        self.tokens = tokens
        self.id_of = {token: i for i, token in enumerate(tokens)}
        self.paths = ["".join(TEXT_CODE.paths[byte] for byte in token) for token in tokens]
        self.first_of_prefix = {}
        self.end_of_prefix = {}
        for i, path in enumerate(self.paths):
            for depth in range(len(path) + 1):
                self.first_of_prefix.setdefault(path[:depth], i)
                self.end_of_prefix[path[:depth]] = i + 1

    def range_of(self, path):
        """(first, end) of the tokens whose decisions begin with these; (0, 0) for none."""
        if path not in self.first_of_prefix:
            return 0, 0
        return self.first_of_prefix[path], self.end_of_prefix[path]


def read_vocabulary(data):
    """The Vocabulary of a file's bytes."""
    reader = ByteReader(data)
    if reader.take(len(MAGIC)) != MAGIC or reader.number(1) != 1:
        raise Damage("MODEL", None, "not a vocabulary, or one of another version")
    tokens = []
    before = b""
    for _ in range(reader.number(4)):
        shared, added = reader.number(1), reader.number(1)
        token = before[:shared] + reader.take(added)
        if shared > len(before) or added == 0 or len(token) > TOKEN_MAX:
            raise Damage("MODEL", None, "a vocabulary with a bad token")
        tokens.append(token)
        before = token
    hashed = xxh3.xxh3_64(b"".join(bytes([len(token)]) + token for token in tokens))
    if reader.number(8) != hashed or reader.at != len(data):
        raise Damage("MODEL", None, "a vocabulary with another hash or size")
    vocabulary = Vocabulary(tokens)
    if any(a >= b for a, b in zip(vocabulary.paths, vocabulary.paths[1:])):
        raise Damage("MODEL", None, "a vocabulary that is not sorted")
    if any(bytes([byte]) not in vocabulary.id_of for byte in range(256)):
        raise Damage("MODEL", None, "a vocabulary without all bytes")
    return vocabulary
