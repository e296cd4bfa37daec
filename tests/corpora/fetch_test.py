"""corpora/fetch against archives of its own, and the manifest that is shipped.

    fetch_test.py CORPORA_FOLDER
"""
import hashlib
import importlib.util
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import unittest
import zipfile
from importlib.machinery import SourceFileLoader

FOLDER = os.path.abspath(sys.argv[1])
FETCH = os.path.join(FOLDER, "fetch")


def load_fetch():
    loader = SourceFileLoader("fetch", FETCH)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("fetch", loader))
    loader.exec_module(module)
    return module


def entry(name, data, **more):
    return {"name": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest(), **more}


class Manifest(unittest.TestCase):
    def test_parses_and_agrees_with_itself(self):
        corpora = {c["name"]: c for c in load_fetch().load_manifest()}
        self.assertLessEqual({"canterbury", "calgary", "large", "artificial", "silesia", "enwik"},
                             set(corpora))
        sizes = {name: sum(f["size"] for f in c["files"]) for name, c in corpora.items()}
        self.assertEqual(sizes["canterbury"], 2_810_784)  # as published
        self.assertEqual(sizes["silesia"], 211_938_580)
        for corpus in corpora.values():
            self.assertTrue(corpus["title"] and corpus["terms"])
            self.assertEqual(corpus["archive"] is None, corpus["home"] is None)

    def test_contradictions_are_refused(self):
        good = entry("a", b"x")
        for files in ([good, good], [entry("a/b", b"x")], [{"name": "a", "size": 1}],
                      [entry("p", b"x", prefix_of="gone")]):
            with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                json.dump({"format": 1, "corpora": [{"name": "c", "files": files}]}, file)
                file.flush()
                with self.assertRaises(ValueError):
                    load_fetch().load_manifest(file.name)


class Fetching(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.top = holder.name
        self.target = os.path.join(self.top, "corpora")
        self.big = bytes(range(256)) * 40
        self.small = b"a line\n"

    def write_archive(self, kind, files):
        path = os.path.join(self.top, "archive." + kind)
        if kind == "zip":
            with zipfile.ZipFile(path, "w") as archive:
                for name, data in files:
                    archive.writestr("inside/" + name, data)
        else:
            with tarfile.open(path, "w:gz") as archive:
                for name, data in files:
                    info = tarfile.TarInfo("./" + name)
                    info.size = len(data)
                    archive.addfile(info, io.BytesIO(data))
        return "file://" + path

    def write_manifest(self, archive, files):
        path = os.path.join(self.top, "manifest.json")
        with open(path, "w", encoding="utf-8") as file:
            corpus = {"name": "own", "title": "t", "home": "h", "archive": archive, "terms": "t",
                      "files": files}
            json.dump({"format": 1, "corpora": [corpus]}, file)
        return path

    def run_fetch(self, manifest, *options):
        return subprocess.run([sys.executable, "-B", FETCH, self.target, "--manifest", manifest, *options],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)

    def content(self, name):
        with open(os.path.join(self.target, "own", name), "rb") as file:
            return file.read()

    def leftovers(self):
        folder = os.path.join(self.target, "own")
        return [n for n in os.listdir(folder) if n.startswith(".")] if os.path.isdir(folder) else []

    def test_fetches_and_verifies_both_kinds_of_archive(self):
        for kind in ("zip", "tar.gz"):
            self.target = os.path.join(self.top, kind)
            url = self.write_archive(kind, [("big", self.big), ("small", self.small), ("more", b"x")])
            manifest = self.write_manifest(
                url, [entry("big", self.big), entry("small", self.small),
                      entry("start", self.big[:300], prefix_of="big")])
            result = self.run_fetch(manifest)
            self.assertEqual(result.returncode, 0, result.stdout)
            self.assertEqual(self.content("big"), self.big)
            self.assertEqual(self.content("start"), self.big[:300])
            self.assertFalse(os.path.exists(os.path.join(self.target, "own", "more")))
            self.assertEqual(self.run_fetch(manifest, "--check").returncode, 0)
            self.assertEqual(self.leftovers(), [])

    def test_a_published_file_that_differs_is_not_stored(self):
        for wrong in (self.big[:-1], self.big + b"x", b"y" + self.big[1:]):
            manifest = self.write_manifest(self.write_archive("zip", [("big", wrong)]),
                                           [entry("big", self.big)])
            result = self.run_fetch(manifest)
            self.assertEqual(result.returncode, 1)
            self.assertIn("the published file differs", result.stdout)
            self.assertFalse(os.path.exists(os.path.join(self.target, "own", "big")))
            self.assertEqual(self.leftovers(), [])

    def test_a_file_that_was_changed_is_reported_and_left_alone(self):
        manifest = self.write_manifest(self.write_archive("zip", [("big", self.big)]),
                                       [entry("big", self.big)])
        self.assertEqual(self.run_fetch(manifest).returncode, 0)
        with open(os.path.join(self.target, "own", "big"), "wb") as file:
            file.write(b"mine")
        result = self.run_fetch(manifest)
        self.assertEqual(result.returncode, 1)
        self.assertIn("4 bytes instead of", result.stdout)
        self.assertEqual(self.content("big"), b"mine")

    def test_an_address_that_cannot_be_reached_says_so(self):
        manifest = self.write_manifest("file://" + os.path.join(self.top, "nowhere.zip"),
                                       [entry("big", self.big)])
        result = self.run_fetch(manifest)
        self.assertEqual(result.returncode, 1)
        self.assertIn("cannot fetch", result.stdout)
        self.assertIn("Without a network", result.stdout)

    def test_damaged_archive(self):
        url = self.write_archive("tar.gz", [("big", self.big)])
        with open(url[len("file://"):], "r+b") as file:
            file.truncate(40)
        result = self.run_fetch(self.write_manifest(url, [entry("big", self.big)]))
        self.assertEqual(result.returncode, 1)
        self.assertIn("cannot fetch", result.stdout)
        self.assertEqual(self.leftovers(), [])

    def test_checking_touches_no_network(self):
        manifest = self.write_manifest(self.write_archive("zip", [("big", self.big)]),
                                       [entry("big", self.big)])
        result = self.run_fetch(manifest, "--check")
        self.assertEqual(result.returncode, 1)
        self.assertIn("missing", result.stdout)
        self.assertNotIn("fetching", result.stdout)

    def test_a_corpus_that_nobody_publishes(self):
        manifest = self.write_manifest(None, [entry("big", self.big)])
        self.assertEqual(self.run_fetch(manifest).returncode, 0)  # not asked for by default
        result = self.run_fetch(manifest, "own")
        self.assertEqual(result.returncode, 1)
        self.assertIn("no published address is known", result.stdout)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
