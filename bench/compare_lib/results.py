"""The results of a run as plain data (what the JSON file holds), and the figures drawn from it.

{
  "format": 1,
  "machine":  {"cpu", "cores", "memory_bytes", "system"},
  "settings": {"repeat", "threads", "clock": "wall" | "cpu", "baseline": tool name | null},
  "files":    [{"name", "size"}],
  "tools":    [{"name", "version", "level": 1..9 | null for a peer}],
  "results":  [{"tool", "file", "size", "error": text | null, and one number a repeat in
                "compress_wall_s", "compress_cpu_s", "compress_peak_bytes",
                "decompress_wall_s", "decompress_cpu_s", "decompress_peak_bytes"}]
}
"""
from statistics import median

FORMAT = 1
DIRECTIONS = ("compress", "decompress")


def from_measurements(measurements, tools, files, machine, settings):
    """files: pairs of name and size."""
    results = []
    for m in measurements:
        entry = {"tool": m.tool, "file": m.file, "size": m.size, "error": m.error}
        for direction in DIRECTIONS:
            usages = getattr(m, direction)
            entry[direction + "_wall_s"] = [round(u.wall_s, 6) for u in usages]
            entry[direction + "_cpu_s"] = [round(u.cpu_s, 6) for u in usages]
            entry[direction + "_peak_bytes"] = [u.peak_bytes for u in usages]
        results.append(entry)
    return {
        "format": FORMAT,
        "machine": machine,
        "settings": settings,
        "files": [{"name": name, "size": size} for name, size in files],
        "tools": [{"name": t.name, "version": t.version, "level": t.level} for t in tools],
        "results": results,
    }


def check(data):
    """Raises ValueError unless data has the form above and is complete."""
    def need(condition, text):
        if not condition:
            raise ValueError(f"not a result of this program: {text}")

    need(isinstance(data, dict) and data.get("format") == FORMAT, "format")
    need(set(data) == {"format", "machine", "settings", "files", "tools", "results"}, "keys")
    need(set(data["machine"]) == {"cpu", "cores", "memory_bytes", "system"}, "machine")
    need(set(data["settings"]) == {"repeat", "threads", "clock", "baseline"}, "settings")
    need(data["settings"]["clock"] in ("wall", "cpu"), "clock")
    files = {f["name"]: f["size"] for f in data["files"]}
    tools = {t["name"] for t in data["tools"]}
    need(len(files) == len(data["files"]) and files, "file names")
    need(len(tools) == len(data["tools"]) and tools, "tool names")
    seen = {(r["tool"], r["file"]) for r in data["results"]}
    need(seen == {(t, f) for t in tools for f in files}, "results are not tools times files")
    for r in data["results"]:
        if r["error"] is not None:
            continue
        need(r["size"] > 0, "size")
        for direction in DIRECTIONS:
            for unit in ("_wall_s", "_cpu_s", "_peak_bytes"):
                values = r[direction + unit]
                need(len(values) == data["settings"]["repeat"], "repeats")
                need(all(value >= 0 for value in values), "negative number")


class Figures:
    """Totals of each tool over all files. Tools that failed on a file have none."""

    def __init__(self, data):
        self.data = data
        self.raw = sum(f["size"] for f in data["files"])
        self.by_tool = {t["name"]: [r for r in data["results"] if r["tool"] == t["name"]]
                        for t in data["tools"]}
        self.tools = [t for t in data["tools"]
                      if all(r["error"] is None for r in self.by_tool[t["name"]])]

    def size(self, tool):
        return sum(r["size"] for r in self.by_tool[tool])

    def bits_per_byte(self, tool):
        return 8 * self.size(tool) / self.raw if self.raw else 0.0

    def file_bits_per_byte(self, tool, file):
        """None if the tool failed on it."""
        result = next(r for r in self.by_tool[tool] if r["file"] == file)
        size = next(f["size"] for f in self.data["files"] if f["name"] == file)
        if result["error"] is not None or size == 0:
            return None
        return 8 * result["size"] / size

    def seconds(self, tool, direction):
        """Over all files, one number a repeat; never zero, so that it can be divided by."""
        key = f"{direction}_{self.data['settings']['clock']}_s"
        repeats = self.data["settings"]["repeat"]
        return [max(1e-6, sum(r[key][i] for r in self.by_tool[tool])) for i in range(repeats)]

    def speed(self, tool, direction):
        """Raw KB (1000 bytes) a second."""
        return self.raw / 1000 / median(self.seconds(tool, direction))

    def peak_bytes(self, tool, direction):
        return max(max(r[direction + "_peak_bytes"]) for r in self.by_tool[tool])

    def speed_ratio(self, tool, direction):
        """How many times as fast as the baseline: the median of the ratios of each repeat."""
        baseline = self.data["settings"]["baseline"]
        if baseline not in {t["name"] for t in self.tools}:
            return None
        pairs = zip(self.seconds(baseline, direction), self.seconds(tool, direction))
        return median(base / own for base, own in pairs)

    def failures(self):
        return [r for r in self.data["results"] if r["error"] is not None]

    def dominators(self, tool, direction):
        """Peers that are at least as small and as fast as tool, and better in one of the two."""
        size, speed = self.size(tool), self.speed(tool, direction)
        found = []
        for peer in self.tools:
            if peer["level"] is not None:
                continue
            peer_size = self.size(peer["name"])
            peer_speed = self.speed(peer["name"], direction)
            if peer_size <= size and peer_speed >= speed and (peer_size, peer_speed) != (size, speed):
                found.append(peer["name"])
        return found

    def pareto(self, direction):
        """Names of the tools that no other one beats in both size and speed, fastest first."""
        best = None
        front = []
        for tool in sorted(self.tools, key=lambda t: (-self.speed(t["name"], direction),
                                                      self.size(t["name"]))):
            size = self.size(tool["name"])
            if best is None or size < best:
                best = size
                front.append(tool["name"])
        return front
