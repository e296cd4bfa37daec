"""python3 tools/reference_decoder FILE [-o OUT]: decodes a .pith file, slowly and independently.

Status 0: decoded and proved. 1: the file must be refused, or a file cannot be read or written.
"""

import argparse
import pathlib
import sys

from damage import Damage
from frames import decode_file
from resources import Resources


def _arguments():
    parser = argparse.ArgumentParser(
        prog="reference_decoder",
        description="Decodes a .pith file by docs/format.md, for proof rather than for use.",
    )
    parser.add_argument("file", type=pathlib.Path, metavar="FILE")
    parser.add_argument("-o", "--output", type=pathlib.Path, metavar="OUT", help="not stdout")
    parser.add_argument("--prior", type=pathlib.Path, metavar="FILE", help="that the frames name")
    parser.add_argument("--model", type=pathlib.Path, metavar="FILE", help="that the frames name")
    return parser.parse_args()


def _optional(path):
    return path.read_bytes() if path is not None else None


def _decode(arguments):
    resources = Resources(_optional(arguments.prior), _optional(arguments.model))
    data = arguments.file.read_bytes()
    out = open(arguments.output, "wb") if arguments.output else sys.stdout.buffer
    with out:
        for raw in decode_file(data, resources):
            out.write(raw)


def main():
    arguments = _arguments()
    try:
        _decode(arguments)
    except (Damage, OSError) as error:
        print(f"reference_decoder: {arguments.file}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
