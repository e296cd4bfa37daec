"""An SVG chart of ratio against speed, drawn by hand: one panel a direction, logarithmic speed axis."""
import math
from xml.sax.saxutils import escape

from compare_lib import machine as machine_module

PANEL_WIDTH = 560
PANEL_HEIGHT = 440
MARGIN = {"left": 62, "right": 24, "top": 64, "bottom": 58}
GAP = 8
LETTER_WIDTH = 6.3  # of the 11 px font, for placing labels
LABEL_HEIGHT = 13
# Where a label may stand from its point, best first.
DIRECTIONS = ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1))

STYLE = """
  text { font: 11px sans-serif; fill: #333; paint-order: stroke; stroke: #fff; stroke-width: 3px; }
  .title { font-size: 15px; font-weight: bold; }
  .axis { stroke: #888; stroke-width: 1; }
  .grid { stroke: #e4e4e4; stroke-width: 1; }
  .front { fill: none; stroke: #bbb; stroke-width: 2; stroke-dasharray: 5 4; }
  .levels { fill: none; stroke: #1f6fb2; stroke-width: 1.5; }
  .pith { fill: #1f6fb2; }
  .peer { fill: #fff; stroke: #a33; stroke-width: 1.5; }
  .label-pith { fill: #1f6fb2; font-weight: bold; }
  .leader { stroke: #bbb; stroke-width: 0.8; }
"""


class LogAxis:
    """Maps speeds to pixels; ticks at 1, 2 and 5 times powers of ten."""

    def __init__(self, values, start, end):
        self.low = math.log10(min(values)) - 0.15
        self.high = math.log10(max(values)) + 0.15
        self.start, self.end = start, end

    def pixel(self, value):
        part = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + part * (self.end - self.start)

    def ticks(self):
        decades = range(math.floor(self.low), math.ceil(self.high) + 1)
        steps = (1, 2, 5) if self.high - self.low < 3.5 else (1,)
        values = [step * 10.0**decade for decade in decades for step in steps]
        return [v for v in values if self.low <= math.log10(v) <= self.high]


class LinearAxis:
    """Maps ratios to pixels; about six round ticks."""

    def __init__(self, values, start, end):
        spread = max(max(values) - min(values), 0.05 * max(values))
        self.low = min(values) - 0.08 * spread
        self.high = max(values) + 0.12 * spread
        self.start, self.end = start, end

    def pixel(self, value):
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    def ticks(self):
        rough = (self.high - self.low) / 6
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough)
        first = math.ceil(self.low / step)
        return [i * step for i in range(first, math.floor(self.high / step) + 1)]


def speed_text(kb_per_s):
    if kb_per_s >= 1000:
        return f"{kb_per_s / 1000:g} MB/s"
    return f"{kb_per_s:g} KB/s"


class Labels:
    """Places texts near their points without covering each other, a point, or a line."""

    def __init__(self, points, line, bounds):
        self.taken = [(x - 5, y - 5, x + 5, y + 5) for x, y in points]
        for (x1, y1), (x2, y2) in zip(line, line[1:]):
            steps = int(math.hypot(x2 - x1, y2 - y1) / 6) + 1
            for i in range(steps + 1):
                x, y = x1 + (x2 - x1) * i / steps, y1 + (y2 - y1) * i / steps
                self.taken.append((x - 1, y - 1, x + 1, y + 1))
        self.bounds = bounds

    def place(self, x, y, text):
        """Left end and base line for the text, and whether it needs a line to its point."""
        width = len(text) * LETTER_WIDTH
        best = None
        for distance in (9, 20, 32, 46, 62):
            for dx, dy in DIRECTIONS:
                left = x + dx * distance - (width if dx < 0 else width / 2 if dx == 0 else 0)
                top = y + dy * distance * 0.8 - LABEL_HEIGHT / 2
                box = (left, top, left + width, top + LABEL_HEIGHT)
                cost = self._overlap(box)
                if best is None or cost < best[0]:
                    best = (cost, box, distance)
                if cost == 0:
                    break
            if best[0] == 0:
                break
        _, box, distance = best
        self.taken.append(box)
        return box[0], box[3] - 3, distance > 9

    def _overlap(self, box):
        left, top, right, bottom = self.bounds
        cost = 0.0
        if box[0] < left or box[2] > right or box[1] < top or box[3] > bottom:
            cost += 1000
        for other in self.taken:
            width = min(box[2], other[2]) - max(box[0], other[0])
            height = min(box[3], other[3]) - max(box[1], other[1])
            if width > 0 and height > 0:
                cost += width * height
        return cost


class Panel:
    def __init__(self, figures, direction, offset):
        self.figures = figures
        self.direction = direction
        self.left = offset + MARGIN["left"]
        self.right = offset + PANEL_WIDTH - MARGIN["right"]
        self.top = MARGIN["top"]
        self.bottom = PANEL_HEIGHT - MARGIN["bottom"]
        self.speeds = {t["name"]: figures.speed(t["name"], direction) for t in figures.tools}
        self.ratios = {t["name"]: figures.raw / figures.size(t["name"]) for t in figures.tools}
        self.x = LogAxis(self.speeds.values(), self.left, self.right)
        self.y = LinearAxis(self.ratios.values(), self.bottom, self.top)

    def point(self, name):
        return self.x.pixel(self.speeds[name]), self.y.pixel(self.ratios[name])

    def draw(self):
        return self._axes() + self._front() + self._levels() + self._points()

    def _axes(self):
        out = []
        for value in self.x.ticks():
            x = self.x.pixel(value)
            out.append(f'<line class="grid" x1="{x:.1f}" y1="{self.top}" x2="{x:.1f}" y2="{self.bottom}"/>')
            out.append(f'<text x="{x:.1f}" y="{self.bottom + 16}" text-anchor="middle">'
                       f"{speed_text(value)}</text>")
        for value in self.y.ticks():
            y = self.y.pixel(value)
            out.append(f'<line class="grid" x1="{self.left}" y1="{y:.1f}" x2="{self.right}" y2="{y:.1f}"/>')
            out.append(f'<text x="{self.left - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>')
        out.append(f'<path class="axis" fill="none" d="M{self.left} {self.top}V{self.bottom}H{self.right}"/>')
        middle = (self.left + self.right) / 2
        verb = "compressing" if self.direction == "compress" else "decompressing"
        out.append(f'<text x="{middle:.1f}" y="{self.bottom + 38}" text-anchor="middle">'
                   f"speed {verb} (logarithmic), faster to the right</text>")
        height = (self.top + self.bottom) / 2
        out.append(f'<text transform="translate({self.left - 44} {height:.1f}) rotate(-90)" '
                   f'text-anchor="middle">ratio: raw size / compressed size</text>')
        return out

    def _front(self):
        """The Pareto frontier as steps: what is reachable at a speed or more."""
        names = self.figures.pareto(self.direction)
        points = sorted(self.point(name) for name in names)
        path = f"M{self.left} {points[0][1]:.1f}H{points[0][0]:.1f}"
        for x, y in points[1:]:
            path += f"V{y:.1f}H{x:.1f}"
        return [f'<path class="front" d="{path}V{self.bottom}"/>']

    def _level_line(self):
        """Where the line through the levels of pith runs."""
        levels = sorted((t["level"], t["name"]) for t in self.figures.tools if t["level"] is not None)
        return [self.point(name) for _, name in levels]

    def _levels(self):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in self._level_line())
        return [f'<polyline class="levels" points="{points}"/>']

    def _points(self):
        names = [t["name"] for t in self.figures.tools]
        labels = Labels([self.point(name) for name in names], self._level_line(),
                        (self.left, self.top, self.right, self.bottom))
        out = []
        texts = []
        for tool in self.figures.tools:
            x, y = self.point(tool["name"])
            mine = tool["level"] is not None
            left, base, far = labels.place(x, y, tool["name"])
            if far:
                width = len(tool["name"]) * LETTER_WIDTH
                near = left if left > x else left + width if left + width < x else x
                texts.append(f'<line class="leader" x1="{x:.1f}" y1="{y:.1f}" x2="{near:.1f}" '
                             f'y2="{base - 4:.1f}"/>')
            texts.append(f'<text class="{"label-pith" if mine else "label"}" x="{left:.1f}" '
                         f'y="{base:.1f}">{escape(tool["name"])}</text>')
            shape = (f'<circle class="pith" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>' if mine else
                     f'<rect class="peer" x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7"/>')
            out.append(shape)
        return texts + out


def draw(figures):
    """The SVG as text."""
    width = 2 * PANEL_WIDTH + GAP
    files = figures.data["files"]
    shown = ", ".join(f["name"] for f in files[:4]) + (f" and {len(files) - 4} more" if len(files) > 4 else "")
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{PANEL_HEIGHT}" '
        f'viewBox="0 0 {width} {PANEL_HEIGHT}" role="img">',
        f"<title>{escape('Compression ratio against speed: ' + shown)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect width="{width}" height="{PANEL_HEIGHT}" fill="#fff"/>',
        f'<text class="title" x="{MARGIN["left"]}" y="24">{escape(shown)}: {figures.raw:,} bytes</text>',
        f'<text x="{MARGIN["left"]}" y="42">{escape(machine_module.one_line(figures.data["machine"]))}. '
        "Dashed: no program measured here is better in both.</text>",
    ]
    if figures.tools:
        for index, direction in enumerate(("compress", "decompress")):
            out += Panel(figures, direction, index * (PANEL_WIDTH + GAP)).draw()
    out.append("</svg>")
    return "\n".join(out) + "\n"
