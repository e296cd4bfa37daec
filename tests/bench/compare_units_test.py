"""The arithmetic and the output of bench/compare on made-up results.

    compare_units_test.py BENCH_FOLDER
"""
import copy
import os
import sys
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, os.path.abspath(sys.argv[1]))

from compare_lib import chart, main, readme, report, tools  # noqa: E402 (the path comes first)
from compare_lib.results import Figures, check  # noqa: E402


def made_up(programs, repeat=1, baseline=None):
    """Results from {name: (level, size, compress seconds, decompress seconds)} on one file of 1,000,000 bytes."""
    results = []
    for name, (_, size, compress, decompress) in programs.items():
        entry = {"tool": name, "file": "f", "size": size, "error": None}
        for direction, seconds in (("compress", compress), ("decompress", decompress)):
            seconds = seconds if isinstance(seconds, list) else [seconds] * repeat
            entry[direction + "_wall_s"] = seconds
            entry[direction + "_cpu_s"] = [2 * s for s in seconds]
            entry[direction + "_peak_bytes"] = [2**20] * repeat
        results.append(entry)
    data = {
        "format": 1,
        "machine": {"cpu": "c <& co>", "cores": 2, "memory_bytes": 2**30, "system": "s"},
        "settings": {"repeat": repeat, "threads": 1, "clock": "wall", "baseline": baseline},
        "files": [{"name": "f", "size": 1_000_000}],
        "tools": [{"name": n, "version": "1.0", "level": p[0]} for n, p in programs.items()],
        "results": results,
    }
    check(data)
    return data


PROGRAMS = {
    "pith -1": (1, 250_000, 0.5, 0.5),
    "pith -2": (2, 220_000, 1.0, 1.0),
    "fast": (None, 400_000, 0.1, 0.01),
    "both": (None, 240_000, 0.4, 2.0),
    "small": (None, 200_000, 9.0, 9.0),
}


class Arithmetic(unittest.TestCase):
    def setUp(self):
        self.figures = Figures(made_up(PROGRAMS))

    def test_sizes_and_speeds(self):
        self.assertEqual(self.figures.bits_per_byte("pith -1"), 2.0)
        self.assertAlmostEqual(self.figures.speed("pith -1", "compress"), 2000.0)
        self.assertAlmostEqual(self.figures.speed("fast", "decompress"), 100_000.0)

    def test_clock_chooses_the_time(self):
        data = made_up(PROGRAMS)
        data["settings"]["clock"] = "cpu"
        self.assertAlmostEqual(Figures(data).speed("pith -1", "compress"), 1000.0)

    def test_domination_needs_both(self):
        self.assertEqual(self.figures.dominators("pith -1", "compress"), ["both"])
        self.assertEqual(self.figures.dominators("pith -1", "decompress"), [])
        self.assertEqual(self.figures.dominators("pith -2", "compress"), [])

    def test_a_twin_does_not_dominate(self):
        twin = Figures(made_up({"pith -1": (1, 5, 1.0, 1.0), "twin": (None, 5, 1.0, 1.0)}))
        self.assertEqual(twin.dominators("pith -1", "compress"), [])

    def test_frontier(self):
        self.assertEqual(self.figures.pareto("compress"), ["fast", "both", "pith -2", "small"])
        self.assertEqual(self.figures.pareto("decompress"), ["fast", "pith -1", "pith -2", "small"])

    def test_ratio_is_the_median_of_each_repeat(self):
        # The machine was twice as slow in the second repeat, for both: the ratio does not see it.
        data = made_up({"pith -1": (1, 5, [1.0, 2.0, 1.5], 1.0), "base": (None, 9, [3.0, 6.0, 6.0], 1.0)},
                       repeat=3, baseline="base")
        self.assertAlmostEqual(Figures(data).speed_ratio("pith -1", "compress"), 3.0)

    def test_a_failed_tool_has_no_figures(self):
        data = made_up(PROGRAMS)
        data["results"][0]["error"] = "ROUND TRIP FAILED"
        figures = Figures(data)
        self.assertNotIn("pith -1", [t["name"] for t in figures.tools])
        self.assertEqual(len(figures.failures()), 1)
        self.assertIn("**FAILED**: pith -1 on f", report.markdown_report(figures, None))


class Checking(unittest.TestCase):
    def test_what_is_incomplete_is_refused(self):
        def without_result(data):
            data["results"].pop()

        def extra_repeat(data):
            data["results"][0]["compress_wall_s"].append(1.0)

        def other_format(data):
            data["format"] = 2

        def no_machine(data):
            del data["machine"]["cpu"]

        for spoil in (without_result, extra_repeat, other_format, no_machine):
            data = copy.deepcopy(made_up(PROGRAMS))
            spoil(data)
            with self.assertRaises(ValueError, msg=spoil.__name__):
                check(data)


class Output(unittest.TestCase):
    def setUp(self):
        self.figures = Figures(made_up(PROGRAMS, baseline="small"))

    def test_chart_is_xml_and_names_every_tool(self):
        root = ElementTree.fromstring(chart.draw(self.figures))
        texts = [e.text for e in root.iter("{http://www.w3.org/2000/svg}text")]
        for name in PROGRAMS:
            self.assertEqual(texts.count(name), 2, name)  # one panel a direction
        width, height = float(root.get("width")), float(root.get("height"))
        for element in root.iter("{http://www.w3.org/2000/svg}text"):
            if element.get("x") is not None:
                self.assertTrue(0 <= float(element.get("x")) <= width, element.text)
                self.assertTrue(0 <= float(element.get("y")) <= height, element.text)

    def test_chart_of_a_single_tool(self):
        ElementTree.fromstring(chart.draw(Figures(made_up({"pith -1": (1, 5, 1.0, 1.0)}))))

    def test_labels_do_not_cover_each_other(self):
        points = [(100 + 3 * i, 100 + 2 * i) for i in range(8)]
        labels = chart.Labels(points, [], (0, 0, 500, 400))
        boxes = [labels.taken[-1] for x, y in points if labels.place(x, y, "a peer -9")]
        for i, a in enumerate(boxes):
            for b in boxes[:i]:
                self.assertFalse(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3], (a, b))

    def test_markdown_rows_have_the_same_number_of_cells(self):
        lines = [l for l in report.markdown_report(self.figures, "x.svg").splitlines() if l.startswith("|")]
        self.assertEqual(len({line.count("|") for line in lines}), 1)
        self.assertIn("**pith -1**", report.markdown_report(self.figures, "x.svg"))

    def test_frontier_text(self):
        text = report.frontier_text(self.figures)
        self.assertIn("pith -1, size and speed to compress: dominated by both", text)
        self.assertIn("pith -2, size and speed to compress: not dominated", text)


class Readme(unittest.TestCase):
    LEVELS = "before\n<!-- levels:begin -->\nold\n<!-- levels:end -->\nafter\n"
    PEERS = "<!-- peers:begin --><!-- peers:end -->\n"

    def test_only_the_section_changes(self):
        new = readme.replaced(self.LEVELS, "levels", "new")
        self.assertEqual(new, "before\n<!-- levels:begin -->\n\nnew\n\n<!-- levels:end -->\nafter\n")
        self.assertEqual(readme.replaced(new, "levels", "new"), new)

    def test_marks_must_be_one_pair(self):
        begin, end = readme.marks("levels")
        for text in ("none", self.LEVELS + self.LEVELS, f"{end}\n{begin}", begin, self.PEERS):
            with self.assertRaises(ValueError):
                readme.replaced(text, "levels", "new")

    def update(self, text):
        """What becomes of a README with that text."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "README.md")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(path, 0o640)
            readme.update(path, {"levels": "LEVELS", "peers": "PEERS"})
            self.assertEqual(os.stat(path).st_mode & 0o777, 0o640)
            self.assertEqual(os.listdir(folder), ["README.md"])
            with open(path, encoding="utf-8") as file:
                return file.read()

    def test_sections_of_a_file(self):
        self.assertNotIn("PEERS", self.update(self.LEVELS))
        both = self.update(self.LEVELS + self.PEERS)
        self.assertIn("\nLEVELS\n", both)
        self.assertIn("\nPEERS\n", both)
        with self.assertRaises(ValueError):
            self.update(self.PEERS)

    def test_levels_alone_and_everything(self):
        figures = Figures(made_up(PROGRAMS))
        self.assertNotIn("| fast", report.levels_section(figures))
        self.assertIn("| pith -2", report.levels_section(figures))
        self.assertIn("| fast", report.peers_section(figures))


class Selection(unittest.TestCase):
    def test_peers(self):
        self.assertEqual(tools.select(["none"]), [])
        self.assertEqual([t.name for t in tools.select(["zpaq -m5", "xz"])], ["xz -9e", "zpaq -m5"])
        with self.assertRaises(ValueError):
            tools.select(["rar"])
        names = [t.name for t in tools.select(["all"])]
        self.assertEqual(len(set(names)), len(names))

    def test_shown_names_are_unique_and_hold_no_path(self):
        names = main.shown_names(["/a/b/x", "/a/c/x", "/a/c/x", "/a/y"])
        self.assertEqual(names, ["b/x", "c/x", "c/x'", "y"])

    def test_numbers(self):
        self.assertEqual(main.numbers("1-3,7"), [1, 2, 3, 7])
        with self.assertRaises(ValueError):
            main.levels("0-3")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
