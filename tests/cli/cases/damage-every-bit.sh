# No flipped bit and no truncation of a small file gets by.
printf 'some text to be compressed, some text to be compressed\n' >a
pith a
python3 - <<'END'
import subprocess
good = open("a.pith", "rb").read()
def survives(data):
    run = subprocess.run(["pith", "-dcqq"], input=data, stdout=subprocess.PIPE)
    return run.returncode != 1
for size in range(len(good)):
    if survives(good[:size]):
        print("truncated to", size)
for bit in range(8 * len(good)):
    data = bytearray(good)
    data[bit // 8] ^= 1 << bit % 8
    if survives(bytes(data)):
        print("flipped bit", bit)
END
