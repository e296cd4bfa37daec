"""bench/compare as a user runs it: with the pith that was built, and with programs that misbehave.

    compare_run_test.py BENCH_FOLDER PITH PITH_CORPUS
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

BENCH, PITH, CORPUS = (os.path.abspath(argument) for argument in sys.argv[1:4])
sys.path.insert(0, BENCH)

from compare_lib import child, readme  # noqa: E402 (the path comes first)
from compare_lib.results import check  # noqa: E402

PYTHON = [sys.executable, "-I", "-S", "-c"]


class Folder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = holder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, mode=0o644):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(self.path(name), mode)
        return self.path(name)

    def generated(self, kind, size):
        with open(self.path(kind), "wb") as file:
            subprocess.run([CORPUS, kind, "--size", str(size)], stdout=file, check=True)
        return self.path(kind)

    def compare(self, *arguments, pith=PITH):
        return subprocess.run([sys.executable, "-B", os.path.join(BENCH, "compare"), "--pith", pith, *arguments],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)


class Child(Folder):
    def setUp(self):
        super().setUp()
        child.become_subreaper()

    def test_peak_memory_is_the_childs_own(self):
        held = bytearray(os.urandom(1)) * (128 << 20)  # ours must not count
        small = child.run(["/bin/sh", "-c", "exit 0"], self.folder).peak_bytes
        self.assertLess(small, 8 << 20)
        large = child.run([*PYTHON, f"x = bytearray(b'x') * ({64 << 20})"], self.folder).peak_bytes
        self.assertTrue(64 << 20 <= large < 100 << 20, large)
        self.assertEqual(len(held), 128 << 20)

    def test_processor_time_and_elapsed_time(self):
        asleep = child.run(["/bin/sleep", "0.3"], self.folder)
        self.assertGreaterEqual(asleep.wall_s, 0.3)
        self.assertLess(asleep.cpu_s, 0.2)
        busy = child.run([*PYTHON, "import time\nwhile time.process_time() < 0.3: pass"], self.folder)
        self.assertGreaterEqual(busy.cpu_s, 0.29)

    def test_output_and_failure(self):
        child.run(["/bin/echo", "text with  spaces", "$HOME"], self.folder, "out")
        with open(self.path("out"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "text with  spaces $HOME\n")
        with self.assertRaisesRegex(child.CommandFailed, "exit status 3: sad"):
            child.run(["/bin/sh", "-c", "echo sad >&2; exit 3"], self.folder)
        with self.assertRaisesRegex(child.CommandFailed, "signal 9"):
            child.run(["/bin/sh", "-c", "kill -9 $$"], self.folder)
        with self.assertRaisesRegex(child.CommandFailed, "killed after"):
            child.run(["/bin/sleep", "30"], self.folder, timeout_s=0.2)


class Run(Folder):
    def test_levels_and_peers_on_two_files(self):
        files = [self.generated("prose", 20_000), self.generated("records", 8_000)]
        readme_path = self.write("README.md", "x\n{}\n{}\ny\n".format(*readme.marks("levels")))
        result = self.compare("--levels", "1,4", "--peers", "gzip,xz", "--repeat", "2", "--out", self.path("out"),
                              "--frontier", "--baseline", "pith -4", "--update-readme", "--readme", readme_path,
                              *files)
        self.assertEqual(result.returncode, 0, result.stderr)
        with open(self.path("out/compare.json"), encoding="utf-8") as file:
            data = json.load(file)
        check(data)
        self.assertEqual([f["size"] for f in data["files"]], [20_000, 8_000])
        self.assertEqual([t["name"] for t in data["tools"]][:2], ["pith -1", "pith -4"])
        for entry in data["results"]:
            self.assertIsNone(entry["error"])
            self.assertGreater(entry["compress_peak_bytes"][0], 0)
        with open(self.path("out/compare.md"), encoding="utf-8") as file:
            self.assertNotIn(self.folder, file.read() + json.dumps(data))  # tells no paths
        ElementTree.parse(self.path("out/compare.svg"))
        self.assertIn("pith -1, size and speed to compress:", result.stdout)
        with open(readme_path, encoding="utf-8") as file:
            self.assertIn("| pith -4 |", file.read())
        again = self.compare("--from", self.path("out/compare.json"), "--frontier")
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertEqual(again.stdout, result.stdout)

    @unittest.skipUnless(shutil.which("zpaq") and shutil.which("7z"), "needs zpaq and 7z")
    def test_archivers_come_back_too(self):
        result = self.compare("--levels", "none", "--peers", "zpaq -m3,7z", "--repeat", "1",
                              self.generated("prose", 5_000))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("zpaq -m3", result.stdout)
        self.assertIn("7z PPMd", result.stdout)

    def test_scaling(self):
        result = self.compare("--scaling", "--scaling-size", "100000", "--levels", "1", "--repeat", "1",
                              "--threads", "1-3", self.generated("prose", 20_000))
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertIn("-T3", result.stdout)


class Misbehaving(Folder):
    """Stand-ins for pith: called as "pith -1 ... -c raw" and "pith -d ... -c packed"."""

    def stand_in(self, compress, decompress):
        script = f'#!/bin/sh\ncase $1 in --version) echo 0.0;; -d) {decompress};; *) {compress};; esac\n'
        return self.write("pith", script, 0o755)

    def check_failure(self, stand_in, message, repeat="1"):
        result = self.compare("--levels", "1", "--peers", "none", "--repeat", repeat, "--out", self.path("out"),
                              self.write("input", "some text\n" * 100), pith=stand_in)
        self.assertEqual(result.returncode, 1)
        self.assertIn("FAILED: pith -1 on input", result.stderr)
        self.assertIn(message, result.stderr)
        with open(self.path("out/compare.json"), encoding="utf-8") as file:
            self.assertIn(message, json.load(file)["results"][0]["error"])

    def test_an_honest_one_passes(self):
        result = self.compare("--levels", "1", "--peers", "none", "--repeat", "2",
                              self.write("input", "some text\n"), pith=self.stand_in("cat raw", "cat packed"))
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_wrong_bytes(self):
        self.check_failure(self.stand_in("cat raw", "tr a-y b-z < packed"), "ROUND TRIP FAILED")

    def test_truncated(self):
        self.check_failure(self.stand_in("cat raw", "head -c 999 packed"), "ROUND TRIP FAILED")

    def test_the_input_is_gone_when_decompressing(self):
        self.check_failure(self.stand_in("echo cheat", "cat raw"), "exit status 1")

    def test_error_status(self):
        self.check_failure(self.stand_in("echo no space >&2; exit 1", "cat packed"), "exit status 1: no space")

    def test_not_deterministic(self):
        self.check_failure(self.stand_in("cat raw; date +%N", "sed '$d' packed"), "NOT DETERMINISTIC", "2")

    def test_threads_that_change_bytes(self):
        result = self.compare("--scaling", "--scaling-size", "1000", "--levels", "1", "--repeat", "1",
                              self.write("input", "some text\n"),
                              pith=self.stand_in("cat raw; echo $2", "sed '$d' packed"))
        self.assertEqual(result.returncode, 1)
        self.assertIn("CHANGED THE OUTPUT", result.stderr)

    def test_usage_errors(self):
        for arguments in (["--levels", "1"], ["--peers", "rar", "/dev/null"], ["no such file"],
                          ["--levels", "0", __file__], ["--baseline", "gone", "--peers", "none", __file__]):
            self.assertEqual(self.compare(*arguments).returncode, 2, arguments)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
