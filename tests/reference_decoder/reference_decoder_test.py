"""tools/reference_decoder, written from docs/format.md, against what pith writes.

    reference_decoder_test.py SOURCE_DIR PITH PITH_CORPUS WRITE_CHANGED_MODEL WRITE_SMALL_ARCHIVE
                              [SUITE...]

A suite is a class below. With PITH_REFERENCE_ALL=1 in the environment all archives of
tests/archives are decoded (three minutes more), else those that take seconds.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

SOURCE, PITH, CORPUS, WRITE_MODEL, WRITE_SMALL = (
    pathlib.Path(argument).resolve() for argument in sys.argv[1:6]
)
DECODER = SOURCE / "tools" / "reference_decoder"
ARCHIVES = SOURCE / "tests" / "archives"
ALL = os.environ.get("PITH_REFERENCE_ALL") == "1"
SLOW = {"4-zeros", "7-code-c", "7-log-access", "7-prose", "5-code-c", "5-cyrillic", "5-html", "5-log-access", "5-prose", "5-prose-crlf"}
sys.path.insert(0, str(DECODER))

from damage import Damage  # noqa: E402 (the path comes first)
from frames import decode_file  # noqa: E402
from resources import Resources  # noqa: E402


def output_of(*command, stdin=b""):
    return subprocess.run(command, input=stdin, stdout=subprocess.PIPE, check=True).stdout


def decoded_in_process(data):
    return b"".join(decode_file(data, Resources()))


def decode(data, *options):
    """(status, output, messages) of the program."""
    with tempfile.NamedTemporaryFile(suffix=".pith") as file:
        file.write(data)
        file.flush()
        done = subprocess.run(
            [sys.executable, "-B", DECODER, file.name, *options], capture_output=True, check=False
        )
    return done.returncode, done.stdout, done.stderr.decode()


def encode(text, *options):
    return output_of(PITH, "-c", *options, stdin=text)


def generated(kind, size, seed=1):
    return output_of(CORPUS, kind, "--size", str(size), "--seed", str(seed))


def vectors():
    """The archives that section 9 of docs/format.md writes out."""
    section = (SOURCE / "docs" / "format.md").read_text().split("\n## 9. ")[1].split("\n## 10. ")[0]
    found = []
    for line in section.splitlines():
        digits = re.match(r"    ((?:[0-9A-F]{2} {1,2})*[0-9A-F]{2})(?:  |$)", line)
        if digits is None:
            continue
        if "magic" in line and "end magic" not in line:
            found.append(b"")
        found[-1] += bytes.fromhex(digits.group(1))
    return found


class Suite(unittest.TestCase):
    def expect(self, data, text, *options):
        status, output, messages = decode(data, *options)
        self.assertEqual((status, messages), (0, ""))
        self.assertEqual(output, text)


class Golden(Suite):
    """What was written once."""

    def test_archives(self):
        listed = re.findall(
            r'\{(\d), "([^"]+)", ([\d\']+)\}', (ARCHIVES / "archive_list.h").read_text()
        )
        self.assertEqual(len(listed), len(list(ARCHIVES.glob("*.pith"))))
        for level, kind, size in listed:
            name = f"{level}-{kind}"
            if name in SLOW and not ALL:
                continue
            with self.subTest(name):
                data = (ARCHIVES / f"{name}.pith").read_bytes()
                self.expect(data, generated(kind, int(size.replace("'", ""))))

    def test_vectors_of_the_document(self):
        texts = [b"", bytes([0, 1, 2, 3]), b"a" * 2000]
        self.assertEqual([decoded_in_process(data) for data in vectors()], texts)


class Made(Suite):
    """What the pith that was built writes now."""

    def test_levels(self):
        texts = {
            "nothing": b"",
            "one byte": b"\xff",
            "prose": generated("prose", 700),
            "code": generated("code-c", 600),
            "records": generated("records", 900),
            "table": generated("csv", 700),
            "other script": generated("cyrillic", 300),
            "noise": generated("random", 300),
            "mixed line ends": b"one line\r\nand another line\r\n" * 9 + b"alone\nonce more\r\n",
        }
        for name, text in texts.items():
            for level in (1, 2, 3, 4, 5, 7):
                with self.subTest(name, level=level):
                    self.expect(encode(text, f"-{level}"), text)

    def test_hashes_of_every_length(self):
        noise = generated("random", 600)
        for size in [*range(1, 260), 511, 512, 513, 600]:
            self.assertEqual(decoded_in_process(encode(noise[:size], "-1")), noise[:size])

    def test_blocks_and_frames(self):
        text = generated("log-access", 3000)
        self.expect(encode(text, "-1", "--block-size", "1KiB"), text)
        self.expect(encode(b"", "-3") + encode(text, "-2") + encode(b"end", "-1"), text + b"end")

    def test_a_prior_of_ones_own(self):
        text = generated("log-system", 600)
        with tempfile.TemporaryDirectory() as folder:
            samples = [pathlib.Path(folder) / str(seed) for seed in range(2, 6)]
            for sample in samples:
                sample.write_bytes(generated("log-system", 60000, int(sample.name)))
            prior = pathlib.Path(folder) / "my.prior"
            output_of(PITH, "-q", "--train", *samples, "-o", prior)
            for level in ("-1", "-4"):
                data = encode(text, level, "-D", str(prior))
                self.expect(data, text, "--prior", prior)
        status, output, messages = decode(data)
        self.assertEqual((status, output), (1, b""))
        self.assertIn("(PRIOR)", messages)

    def test_a_model_of_ones_own(self):
        text = generated("prose", 400)
        with tempfile.TemporaryDirectory() as folder:
            model = pathlib.Path(folder) / "changed.pithmodel"
            model.write_bytes(output_of(WRITE_MODEL, "1000"))
            data = encode(text, "-5", "--model", str(model))
            self.expect(data, text, "--model", str(model))
        status, output, messages = decode(data)
        self.assertEqual((status, output), (1, b""))
        self.assertIn("(MODEL)", messages)

    def test_a_network_with_attention(self):
        text = generated("prose", 600)
        with tempfile.TemporaryDirectory() as folder:
            model, archive = pathlib.Path(folder) / "model", pathlib.Path(folder) / "archive"
            output_of(WRITE_SMALL, model, archive, stdin=text)
            self.expect(archive.read_bytes(), text, "--model", model)


class Damaged(Suite):
    """What is not as it was written."""

    def test_every_bit(self):
        for data in [*vectors(), encode(b"many a word, and many a word again, " * 3, "-1")]:
            for bit in range(8 * len(data)):
                changed = bytearray(data)
                changed[bit // 8] ^= 1 << bit % 8
                with self.assertRaises(Damage, msg=f"bit {bit} of {len(data)} bytes"):
                    decoded_in_process(bytes(changed))

    def test_every_end(self):
        for data in vectors():
            for size in range(len(data)):
                with self.assertRaises(Damage) as raised:
                    decoded_in_process(data[:size])
                self.assertEqual(raised.exception.status, "TRUNCATED")

    def test_the_program_says_where(self):
        stored = vectors()[1]
        cases = [(stored[:-9], "byte 53: .*TRUNCATED"), (stored + b"x", "byte 62: .*TRAILING")]
        for data, where in cases:
            status, _, messages = decode(data)
            self.assertEqual(status, 1)
            self.assertRegex(messages, where)

    def test_blocks_before_the_damage_are_handed_out(self):
        text = generated("random", 3000)
        data = bytearray(encode(text, "-1", "--block-size", "1KiB"))
        data[-400] ^= 1
        status, output, messages = decode(bytes(data))
        self.assertEqual((status, output), (1, text[:2048]))
        self.assertIn("(CHECKSUM)", messages)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[6:]])
