# --json for compressing, decompressing and testing.
make_data noise 1000 >a
report() {
  python3 -c '
import json, sys
d = json.load(sys.stdin)
print(list(d), d["mode"], d["status"])
for f in d["files"]:
    print(list(f))
    print(f["name"], f["output"], f["status"], f["messages"], f["uncompressed_bytes"], f["compressed_bytes"])
'
}
pith --json a | report
pith --json -t a.pith | report
pith --json -qq a nosuch a.pith | report
pith --json -df a.pith | report
