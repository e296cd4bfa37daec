"""The tables: plain text for the terminal, Markdown for documents."""
from compare_lib import machine as machine_module

MIB = 2**20


def _columns(figures):
    header = ["tool", "bytes", "bits per byte", "compress KB/s", "decompress KB/s", "compress MiB",
              "decompress MiB"]
    baseline = figures.data["settings"]["baseline"]
    if baseline is not None:
        header += ["x speed", "x speed back"]
    return header


def _row(figures, tool):
    name = tool["name"]
    row = [
        name,
        f"{figures.size(name):,}",
        f"{figures.bits_per_byte(name):.3f}",
        f"{figures.speed(name, 'compress'):,.0f}",
        f"{figures.speed(name, 'decompress'):,.0f}",
        f"{figures.peak_bytes(name, 'compress') / MIB:,.0f}",
        f"{figures.peak_bytes(name, 'decompress') / MIB:,.0f}",
    ]
    if figures.data["settings"]["baseline"] is not None:
        for direction in ("compress", "decompress"):
            ratio = figures.speed_ratio(name, direction)
            row.append("" if ratio is None else f"{ratio:.2f}")
    return row


def total_rows(figures):
    """Header and rows, smallest output first."""
    tools = sorted(figures.tools, key=lambda tool: figures.size(tool["name"]))
    return [_columns(figures)] + [_row(figures, tool) for tool in tools]


def file_rows(figures):
    """Bits per byte, files down and tools across in the order of the run."""
    rows = [["file", "size"] + [tool["name"] for tool in figures.data["tools"]]]
    for file in figures.data["files"]:
        values = [figures.file_bits_per_byte(tool["name"], file["name"])
                  for tool in figures.data["tools"]]
        rows.append([file["name"], f"{file['size']:,}"]
                    + ["failed" if value is None else f"{value:.3f}" for value in values])
    return rows


def text_table(rows):
    """First column to the left, numbers to the right."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [row[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(row[1:], widths[1:])]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def markdown_table(rows, emphasise=lambda row: False):
    lines = ["| " + " | ".join(rows[0]) + " |", "|---" + "|---:" * (len(rows[0]) - 1) + "|"]
    for row in rows[1:]:
        cells = [f"**{row[0]}**"] + row[1:] if emphasise(row) else row
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def conditions(data):
    """How it was measured, in a sentence or two."""
    settings = data["settings"]
    threads = "one thread" if settings["threads"] == 1 else f"{settings['threads']} threads"
    clock = "elapsed time" if settings["clock"] == "wall" else "processor time"
    repeats = "one run" if settings["repeat"] == 1 else f"median of {settings['repeat']} interleaved runs"
    text = (f"{machine_module.one_line(data['machine'])}; {threads}, {clock}, {repeats}; "
            "1 KB = 1000 bytes, 1 MiB = 2^20 bytes.")
    if settings["baseline"] is not None:
        text += f" x speed: times the speed of {settings['baseline']}, both ways."
    return text


def versions(data):
    seen = {}
    for tool in data["tools"]:
        seen.setdefault(tool["name"].split()[0], tool["version"] or "version unknown")
    return ", ".join(f"{name} {version}" for name, version in seen.items())


def frontier_text(figures):
    """Which levels of pith a peer beats in both size and speed."""
    lines = []
    for tool in figures.tools:
        if tool["level"] is None:
            continue
        for direction in ("compress", "decompress"):
            names = figures.dominators(tool["name"], direction)
            verdict = f"dominated by {', '.join(names)}" if names else "not dominated by any peer here"
            lines.append(f"{tool['name']}, size and speed to {direction}: {verdict}")
    return "\n".join(lines)


def text_report(figures):
    parts = [conditions(figures.data), "", text_table(total_rows(figures))]
    if len(figures.data["files"]) > 1:
        parts += ["", "bits per byte", text_table(file_rows(figures))]
    return "\n".join(parts)


def _is_pith(row):
    return row[0].startswith("pith ")


def markdown_report(figures, chart_name):
    files = figures.data["files"]
    names = ", ".join(f"{f['name']} ({f['size']:,} bytes)" for f in files)
    parts = ["# pith beside other compressors", "", conditions(figures.data), "",
             f"Versions: {versions(figures.data)}.", "", f"Files: {names}.", "",
             markdown_table(total_rows(figures), _is_pith), ""]
    if chart_name:
        parts += [f"![ratio against speed]({chart_name})", ""]
    if len(files) > 1:
        parts += ["Bits per byte:", "", markdown_table(file_rows(figures)), ""]
    for failure in figures.failures():
        parts += [f"**FAILED**: {failure['tool']} on {failure['file']}: {failure['error']}", ""]
    parts += ["Every round trip was compared byte for byte.", ""]
    return "\n".join(parts)


def _measured_on(figures):
    names = ", ".join(f["name"] for f in figures.data["files"])
    return f"Measured by `bench/compare` on {names} ({figures.raw:,} bytes). {conditions(figures.data)}"


def levels_section(figures):
    """For the README: the levels of pith alone, fastest first."""
    tools = sorted((t for t in figures.tools if t["level"] is not None), key=lambda t: t["level"])
    rows = [_columns(figures)] + [_row(figures, tool) for tool in tools]
    return "\n".join([markdown_table(rows), "", _measured_on(figures)])


def peers_section(figures):
    """For the README: everything that was measured, smallest first, and each file."""
    parts = [markdown_table(total_rows(figures), _is_pith), ""]
    if len(figures.data["files"]) > 1:
        parts += ["Bits per byte by file:", "", markdown_table(file_rows(figures)), ""]
    parts += [f"{_measured_on(figures)} Versions: {versions(figures.data)}."]
    return "\n".join(parts)
