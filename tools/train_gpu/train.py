#!/usr/bin/env python3
"""Trains a network on a GPU, from and to the checkpoints of pith-model train.

    pith-model train -v VOCABULARY -c CONFIG -o my.run --tokens 1 TEXTS...     packs the texts, begins the run
    tools/train_gpu/train.py my.run --minutes 60                               goes on, to 60 minutes in all
    pith-model export my.run -o my.pithmodel

The network, the optimiser and the order of the texts are those of the C++ trainer, so either may go on where the
other stopped. On a GPU products take bfloat16; on a CPU everything is float32. Ends with a checkpoint on SIGTERM and
Ctrl-C. Needs PyTorch 1.13 or later, NumPy, and xxhash (the Python package or the C library).
"""

import argparse
import math
import os
import signal
import sys
import time

import numpy as np
import torch

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from checkpoint import Checkpoint  # noqa: E402
from network import Network  # noqa: E402
from optimizer import Optimizer  # noqa: E402
from texts import PackedText, Sampler, file_weights  # noqa: E402

AVERAGE_EVERY = 8
AVERAGE_SHARE = 0.05


def split(flat, layout, device):
    """name -> [rows][columns] of a checkpoint's array of all parameters."""
    parts, at = {}, 0
    for name, _, rows, columns, _ in layout:
        part = torch.from_numpy(flat[at : at + rows * columns].copy()).view(rows, columns)
        parts[name] = part.to(device)
        at += rows * columns
    return parts


def joined(parts, layout):
    return np.concatenate([parts[row[0]].detach().float().cpu().numpy().ravel() for row in layout])


class Run:
    def __init__(self, path, texts, device):
        self.path, self.device = path, device
        c = self.checkpoint = Checkpoint(path)
        self.layout = c.layout()
        self.params = split(c.arrays["weights"], self.layout, device)
        self.average = split(c.arrays["average"], self.layout, device)
        self.first = split(c.arrays["first"], self.layout, device)
        self.second = split(c.arrays["second"], self.layout, device)
        self.network = Network(c, device)
        self.optimizer = Optimizer(c, self.params, device)
        self.streams = c.whole("streams")
        text = PackedText(texts)
        weights = file_weights(text, c.real("mix_power"), c.numbers.get("mix", []))
        self.sampler = Sampler(text, weights, c.whole("segment"), self.streams, c.whole("seed"), c.arrays["sampler"])
        self.state = self.network.read_state(c.arrays["streams"], self.streams)
        self.lengths = c.token_lengths()
        self.seconds, self.tokens, self.bytes = c.real("seconds"), c.whole("tokens"), c.whole("bytes")
        self.curve = list(c.arrays["curve"].reshape(-1, 4))
        self.step_loss = self.network.loss
        if device == "cuda" and hasattr(torch, "compile"):
            self.step_loss = torch.compile(self.network.loss)

    def factor(self, done):
        c = self.checkpoint
        up = min(1.0, (self.optimizer.steps + 1) / max(1, c.whole("warm_up")))
        down = c.real("warm_down")
        return min(up, 1.0 if down <= 0 else min(1.0, (1 - min(done, 1.0)) / down))

    def next_batch(self):
        return self.sampler.batch(self.checkpoint.whole("steps"))

    def begin_quantisation(self):
        """Measures the steps of activations on the next tokens of some streams, which are not used up."""
        kept, some = self.sampler.state(), self.checkpoint.whole("micro_streams")
        batch = torch.from_numpy(self.next_batch()[:, :some]).to(self.device)
        files = len(self.sampler.files)
        rows = [[int(n) for n in kept[3 * i : 3 * i + 3]] for i in range(len(kept) // 3)]
        self.sampler.files, self.sampler.places = rows[:files], rows[files:]
        self.sampler.orders = [self.sampler.shuffled(i) for i in range(files)]
        self.network.steps = self.network.measure_steps(self.params, batch, [(a[:some], b[:some]) for a, b in self.state])

    def step(self, done):
        """Returns (bits, bytes) of the batch, or raises when the loss is no number."""
        numbers = self.next_batch()
        batch = torch.from_numpy(numbers).to(self.device)
        for parameter in self.params.values():
            parameter.requires_grad_(True)
        with torch.autocast(self.device, torch.bfloat16, enabled=self.device == "cuda"):
            loss, self.state = self.step_loss(self.params, batch, self.state)
        loss.backward()
        norm = self.optimizer.step(self.factor(done), self.first, self.second)
        value = float(loss)
        if not (math.isfinite(norm) and math.isfinite(value)):
            raise SystemExit("the loss is no longer a number; the last checkpoint is good")
        steps = self.optimizer.steps
        if steps % AVERAGE_EVERY == 0:
            share = AVERAGE_EVERY / (AVERAGE_EVERY + AVERAGE_SHARE * steps)
            with torch.no_grad():
                for name, parameter in self.params.items():
                    self.average[name].lerp_(parameter, share)
        size = int(self.lengths[numbers[3]].sum())
        self.tokens += numbers[3].size
        self.bytes += size
        return value / math.log(2) * numbers[3].size, size

    def save(self):
        c = self.checkpoint
        c.numbers.update(
            counted_steps=str(self.optimizer.steps),
            tokens=str(self.tokens),
            bytes=str(self.bytes),
            seconds=repr(self.seconds),
        )
        for name in ("weights", "average", "first", "second"):
            parts = self.params if name == "weights" else getattr(self, name)
            c.arrays[name] = joined(parts, self.layout)
        c.arrays["steps"] = np.array(self.network.steps, np.float32)
        c.arrays["sampler"] = self.sampler.state()
        flat = [tensor.float().cpu().numpy().ravel() for block in self.state for tensor in block]
        c.arrays["streams"] = np.concatenate(flat)
        c.arrays["curve"] = np.array(self.curve, np.float32).ravel()
        c.write(self.path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", help="checkpoint")
    parser.add_argument("--texts", help="packed texts; RUN.tokens if not given")
    parser.add_argument("--minutes", type=float, default=0, help="end after so much training, all sessions together")
    parser.add_argument("--tokens", type=int, default=0, help="end after so many tokens, if without --minutes")
    parser.add_argument("--save-minutes", type=float, default=2)
    parser.add_argument("--report-seconds", type=float, default=10)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    if options.minutes <= 0 and options.tokens <= 0:
        parser.error("a run needs an end: --minutes or --tokens")
    stop = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.append(True))
    torch.backends.cuda.matmul.allow_tf32 = True
    run = Run(options.run, options.texts or options.run + ".tokens", options.device)
    quantised_from = 1 - run.checkpoint.real("quantised")
    saved = run.seconds
    bits = size = passed = 0

    def report():
        print(
            f"{run.optimizer.steps:6} steps {run.bytes / 1e6:7.1f} MB  {bits / size:.4f} bits/byte  "
            f"{size / passed / 1e3:.1f} KB/s",
            file=sys.stderr,
            flush=True,
        )
        run.curve.append([run.seconds, run.bytes / 1e6, bits / size, 0])

    while not stop:
        done = run.seconds / 60 / options.minutes if options.minutes > 0 else run.tokens / options.tokens
        if done >= 1:
            break
        if not run.network.steps and done > quantised_from:
            run.begin_quantisation()
        start = time.monotonic()
        step_bits, step_bytes = run.step(done)
        took = time.monotonic() - start
        run.seconds += took
        bits, size, passed = bits + step_bits, size + step_bytes, passed + took
        if passed >= options.report_seconds:
            report()
            bits = size = passed = 0
        if run.seconds - saved >= 60 * options.save_minutes:
            run.save()
            saved = run.seconds
    if size:
        report()
    run.save()


if __name__ == "__main__":
    main()
