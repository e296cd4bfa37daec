# --recover extracts what is undamaged, lists what is lost, and says so with status 2.
make_data noise 10240 >a
pith -B 1K a
try pith -d --recover -o b a.pith
cmp a b
python3 - <<'END'
data = bytearray(open("a.pith", "rb").read())
data[3500] ^= 1
open("a.pith", "wb").write(data)
END
try pith -d --recover --rm -o c a.pith
python3 - <<'END'
a, c = open("a", "rb").read(), open("c", "rb").read()
print(c == a[:3072] + a[4096:])
END
try pith -t --recover a.pith
lost() {
  python3 -c '
import json, sys
for file in json.load(sys.stdin)["files"]:
    print(file["status"], file["uncompressed_bytes"], file["lost"])
'
}
try pith -t --recover --json a.pith | lost
head -c 3000 a.pith >cut.pith
try pith -t --recover --json cut.pith | lost
rm cut.pith
try pith -d --recover -c a
cat a.pith | try pith -d --recover
names
