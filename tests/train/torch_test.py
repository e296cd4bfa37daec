"""The C++ trainer and tools/train_gpu must agree: torch_test.py PITH_MODEL GRADIENT_DUMP. Exits with 77 without PyTorch."""

import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the sources may be read-only

tests = os.path.dirname(os.path.abspath(__file__))
tool = os.path.join(tests, "..", "..", "tools", "train_gpu")
sys.path.insert(0, tool)
try:
    import numpy as np
    import torch
except ImportError as error:
    print(error)
    sys.exit(77)

import train as gpu  # noqa: E402
from checkpoint import Checkpoint  # noqa: E402

program, dump = (os.path.abspath(path) for path in sys.argv[1:3])
torch.set_num_threads(1)
CONFIG = """width 32
recurrence_width 24
feed_forward 48
heads 4
kv_heads 2
head_width 8
window 20
ngram_rows 256
ngram_width 8
classes 16
streams 6
steps 24
micro_streams 3
warm_up 10
segment 200
mix text 2
"""


def command(*arguments):
    subprocess.run(arguments, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def train(name, tokens, *more):
    command(program, "train", "-o", name, "--tokens", str(tokens), "-t", "1", "--precision", "f32", *more, "--", "text", "b")


def close(what, found, expected, tolerance):
    error = np.linalg.norm(found - expected) / max(np.linalg.norm(expected), 1e-12)
    assert error <= tolerance, f"{what}: relative error {error:.2e}"


def compare(name):
    """Loss and gradients of the next batch."""
    command(dump, name, name + ".tokens", "gradients")
    with open("gradients", "rb") as file:
        data = file.read()
    loss, grads = np.frombuffer(data, np.float64, 1)[0], np.frombuffer(data, np.float32, offset=8)
    run = gpu.Run(name, name + ".tokens", "cpu")
    for parameter in run.params.values():
        parameter.requires_grad_(True)
    found, _ = run.network.loss(run.params, torch.from_numpy(run.next_batch()), run.state)
    found.backward()
    # A rounded activation may fall on the other side where sums differ in their last bits.
    tolerance = 2e-2 if run.network.steps else 1e-4
    assert abs(float(found) - loss) <= tolerance * loss, (float(found), loss)
    at = 0
    for row, _, rows, columns, _ in run.layout:
        expected = grads[at : at + rows * columns].reshape(rows, columns)
        close(row, run.params[row].grad.numpy(), expected, 10 * tolerance)
        at += rows * columns


def weights(name):
    return Checkpoint(name).arrays["weights"]


with tempfile.TemporaryDirectory() as folder:
    os.chdir(folder)
    for name, seed in (("text", "1"), ("b", "2")):
        with open(name, "wb") as file:
            subprocess.run([sys.executable, os.path.join(tests, "make_text.py"), "400", seed], check=True, stdout=file)
    command(program, "vocab", "-q", "--size", "300", "-o", "v", "text")
    for blocks in ("r", "ar"):
        with open("c", "w") as file:
            file.write(CONFIG + f"blocks {blocks}\n")
        run = blocks + ".run"
        # 20 steps of 144 tokens; nothing is quantised before the last 15 %.
        train(run, 20 * 144, "-v", "v", "-c", "c")
        assert Checkpoint(run).arrays["steps"].size == 2 * len(blocks)
        compare(run)
        plain = "plain-" + run
        os.link(run + ".tokens", plain + ".tokens")
        with open("c", "a") as file:
            file.write("quantised 0\n")
        train(plain, 20 * 144, "-v", "v", "-c", "c")
        assert Checkpoint(plain).arrays["steps"].size == 0
        compare(plain)
        # Five more steps by either.
        for copy in ("cpp.run", "gpu.run"):
            with open(plain, "rb") as source, open(copy, "wb") as target:
                target.write(source.read())
        before = weights("cpp.run")
        train("cpp.run", 30 * 144, "--resume")
        command(sys.executable, os.path.join(tool, "train.py"), "gpu.run", "--tokens", str(30 * 144), "--device", "cpu", "--texts", plain + ".tokens")
        close(blocks + ": ten steps", weights("gpu.run") - before, weights("cpp.run") - before, 0.05)
        cpp, other = Checkpoint("cpp.run"), Checkpoint("gpu.run")
        assert cpp.numbers["bytes"] == other.numbers["bytes"] and cpp.numbers["counted_steps"] == other.numbers["counted_steps"]
        assert (cpp.arrays["sampler"] == other.arrays["sampler"]).all()
        # Into the phase of 8 bits by either; the tool's own checkpoint is what both begin with.
        other.numbers["quantised"] = "0.2"
        for copy in ("cpp.run", "gpu.run"):
            other.write(copy)
        before = weights("cpp.run")
        train("cpp.run", 36 * 144, "--resume")
        command(sys.executable, os.path.join(tool, "train.py"), "gpu.run", "--tokens", str(36 * 144), "--device", "cpu", "--texts", plain + ".tokens")
        close(blocks + ": steps of activations", Checkpoint("gpu.run").arrays["steps"], Checkpoint("cpp.run").arrays["steps"], 0.01)
        close(blocks + ": steps of 8 bits", weights("gpu.run") - before, weights("cpp.run") - before, 0.1)
        # The C++ trainer takes it from there.
        train("gpu.run", 38 * 144, "--resume")
