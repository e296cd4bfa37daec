"""Line ends that were folded: CR LF as LF (docs/vocabulary.md section 3)."""

from byte_reader import ByteReader
from damage import BadPayload


def unfold(text, lone_list):
    """The raw bytes. lone_list: the LFs that stay alone, as numbers of folded ones before each."""
    reader = ByteReader(lone_list)
    pieces = text.split(b"\n")
    raw = [pieces[0]]
    folded = 0  # since the last lone one
    until_lone = reader.varint() if lone_list else None
    for piece in pieces[1:]:
        if folded == until_lone:
            raw += [b"\n", piece]
            folded = 0
            until_lone = reader.varint() if reader.at < len(lone_list) else None
        else:
            raw += [b"\r\n", piece]
            folded += 1
    if until_lone is not None:
        raise BadPayload("a list of more lone line ends than there are")
    return b"".join(raw)
