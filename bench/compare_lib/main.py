"""The command line of bench/compare."""
import argparse
import json
import os
import shutil
import sys
from dataclasses import replace

from compare_lib import chart, machine, measure, readme, report, scaling, tools
from compare_lib.results import Figures, check, from_measurements

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

DESCRIPTION = """\
Measures pith and the compressors that are installed on the given files, in one run: size, bits per byte,
speed both ways, peak memory. Every round trip is compared byte for byte; a difference is reported and the
exit status is 1.

  bench/compare FILE...                            everything installed, levels 1 to 5
  bench/compare --repeat 5 --clock cpu FILE...     on a machine that has other work to do
  bench/compare --peers 'xz,zpaq -m5' --baseline 'zpaq -m5' --out results FILE...
  bench/compare --frontier FILE...                 which levels a peer beats in size and speed
  bench/compare --update-readme FILE...            renew the tables in README.md
  bench/compare --from results/compare.json --update-readme
  bench/compare --scaling FILE...                  -T1 against -T2 on 40 MB made of the files
"""


def numbers(text):
    """ "1-4" or "1,3" as a list of integers. """
    found = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        found += range(int(first), int(last or first) + 1)
    return found


def levels(text):
    if text == "none":
        return []
    found = numbers(text)
    if any(not 1 <= level <= 9 for level in found):
        raise ValueError
    return found


def positive(text):
    value = int(text)
    if value < 1:
        raise ValueError
    return value


def names(text):
    return [name.strip() for name in text.split(",") if name.strip()]


def find_pith():
    """The program of a build folder here, else the installed one."""
    for folder in ("build-release", "build", "build-ci"):
        path = os.path.join(ROOT, folder, "cli", "pith")
        if os.access(path, os.X_OK):
            return path
    return shutil.which("pith")


def parse(argv):
    parser = argparse.ArgumentParser(
        prog="bench/compare", description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", metavar="FILE", nargs="*")
    parser.add_argument("--levels", type=levels, default=[1, 2, 3, 4, 5, 7], metavar="1-5,7",
                        help="levels of pith, or none (default 1-5 and 7)")
    parser.add_argument("--peers", type=names, default=["all"], metavar="LIST",
                        help="peers by name, with or without options; all (default) or none")
    parser.add_argument("--pith", metavar="PATH", help="the program (default: of a build folder here)")
    parser.add_argument("--pith-option", action="append", default=[], metavar="OPTION",
                        help="one more option for pith when compressing, e.g. --pith-option=-B1M")
    parser.add_argument("--repeat", type=positive, default=3, metavar="N", help="default 3")
    parser.add_argument("--threads", type=numbers, default=[1], metavar="N",
                        help="for all programs that know threads (default 1); with --scaling a list")
    parser.add_argument("--clock", choices=("wall", "cpu"), default="wall",
                        help="elapsed time (default), or processor time for a machine that is not idle")
    parser.add_argument("--baseline", metavar="TOOL",
                        help="give speeds as multiples of this one, e.g. 'zpaq -m5'")
    parser.add_argument("--timeout", type=positive, default=3600, metavar="S", help="seconds a command")
    parser.add_argument("--out", metavar="DIR",
                        help="write compare.json, compare.md and compare.svg there")
    parser.add_argument("--from", dest="source", metavar="JSON", help="results of an earlier run")
    parser.add_argument("--frontier", action="store_true",
                        help="list the levels that a peer beats in both size and speed")
    parser.add_argument("--update-readme", action="store_true",
                        help="replace the tables between the marks in the README")
    parser.add_argument("--readme", default=os.path.join(ROOT, "README.md"), metavar="PATH",
                        help=argparse.SUPPRESS)
    parser.add_argument("--scaling", action="store_true", help="compare numbers of threads instead")
    parser.add_argument("--scaling-size", type=positive, default=scaling.DEFAULT_SIZE, metavar="N",
                        help=f"bytes (default {scaling.DEFAULT_SIZE:,})")
    options = parser.parse_args(argv)
    if bool(options.files) == bool(options.source):
        parser.error("give files to measure, or --from with the results of an earlier run")
    for path in options.files:
        if not os.path.isfile(path):
            parser.error(f"{path}: not a file")
    if options.source and options.scaling:
        parser.error("--scaling measures; it cannot work --from earlier results")
    if not options.scaling and len(options.threads) != 1:
        parser.error("a list of threads needs --scaling")
    return parser, options


def shown_names(paths):
    """Base names, with the folder's name before those that come twice, numbered if that is not enough."""
    bases = [os.path.basename(path) for path in paths]
    shown = []
    for path, base in zip(paths, bases):
        name = base
        if bases.count(base) > 1:
            name = f"{os.path.basename(os.path.dirname(os.path.abspath(path)))}/{base}"
        while name in shown:
            name += "'"
        shown.append(name)
    return shown


def choose_tools(parser, options):
    chosen = []
    if options.levels:
        path = options.pith or find_pith()
        if path is None or not os.access(path, os.X_OK):
            parser.error("no pith found: build it, or name it with --pith, or use --levels none")
        path = os.path.abspath(path)
        chosen = [tools.pith_level(path, level, options.pith_option) for level in options.levels]
    try:
        peers = tools.select(options.peers)
    except ValueError as error:
        parser.error(str(error))
    for tool in peers:
        if tools.installed(tool):
            chosen.append(tool)
        else:
            print(f"{tool.name}: not installed, left out", file=sys.stderr)
    if not chosen:
        parser.error("nothing to measure")
    return [replace(tool, version=tools.version(tool)) for tool in chosen]


def run_measurements(parser, options):
    chosen = choose_tools(parser, options)
    if options.baseline and options.baseline not in [tool.name for tool in chosen]:
        parser.error(f"the baseline is not among the programs: {', '.join(t.name for t in chosen)}")
    files = list(zip(shown_names(options.files), options.files))
    measurements = measure.measure(chosen, files, options.repeat, options.threads[0], options.timeout)
    settings = {"repeat": options.repeat, "threads": options.threads[0], "clock": options.clock,
                "baseline": options.baseline}
    sizes = [(name, os.path.getsize(path)) for name, path in files]
    return from_measurements(measurements, chosen, sizes, machine.describe(), settings)


def write_reports(folder, data, figures):
    os.makedirs(folder, exist_ok=True)

    def write(name, text):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(text)

    write("compare.json", json.dumps(data, indent=1) + "\n")
    write("compare.md", report.markdown_report(figures, "compare.svg"))
    write("compare.svg", chart.draw(figures))


def run_scaling(parser, options):
    status = 0
    counts = options.threads if options.threads != [1] else [1, 2]
    options.peers = ["none"]
    print(machine.one_line(machine.describe()))
    for tool in choose_tools(parser, options):
        try:
            rows = scaling.scale(tool, options.files, counts, options.scaling_size, options.repeat,
                                 options.timeout)
        except (measure.RoundTripFailed, measure.child.CommandFailed) as error:
            print(f"FAILED: {tool.name}: {error}", file=sys.stderr)
            status = 1
            continue
        print(f"\n{tool.name}, {options.scaling_size:,} bytes, elapsed time, "
              f"median of {options.repeat} paired runs")
        print(report.text_table(rows))
    return status


def main(argv=None):
    parser, options = parse(argv)
    if options.scaling:
        return run_scaling(parser, options)
    if options.source:
        with open(options.source, encoding="utf-8") as file:
            data = json.load(file)
        data["settings"].update(
            {"baseline": options.baseline} if options.baseline else {})
    else:
        data = run_measurements(parser, options)
    check(data)
    figures = Figures(data)
    print(report.text_report(figures))
    if options.frontier:
        print("\n" + report.frontier_text(figures))
    if options.out:
        write_reports(options.out, data, figures)
    failures = figures.failures()
    if options.update_readme:
        if failures:
            print("the README is left alone: something failed", file=sys.stderr)
        else:
            readme.update(options.readme, {"levels": report.levels_section(figures),
                                           "peers": report.peers_section(figures)})
    for failure in failures:
        print(f"FAILED: {failure['tool']} on {failure['file']}: {failure['error']}", file=sys.stderr)
    return 1 if failures else 0
