"""Writes test data to standard output: make_data.py text|noise|zeros SIZE. The same bytes every time."""

import random
import sys

WORDS = (
    "the of and to in that it is was for on are with as his they be at one have this from or had by not "
    "but what all were when we there can an your which their said if do will each about how up out them "
    "then she many some so these would other into has more her two like him see time could no make than "
    "first been its who now people my made over did down only way find use may water long little very"
).split()


def text(size):
    generator = random.Random(1)
    parts = []
    length = 0
    while length < size:
        sentence = " ".join(generator.choices(WORDS, k=generator.randint(4, 14))).capitalize() + ".\n"
        parts.append(sentence)
        length += len(sentence)
    return "".join(parts).encode()[:size]


def main():
    kind, size = sys.argv[1], int(sys.argv[2])
    data = {
        "text": lambda: text(size),
        "noise": lambda: random.Random(2).randbytes(size),
        "zeros": lambda: bytes(size),
    }[kind]()
    sys.stdout.buffer.write(data)


main()
