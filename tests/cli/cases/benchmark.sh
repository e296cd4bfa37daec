# -b measures levels: all that differ, or those given.
make_data text 20000 >a
make_data noise 1000 >b
pith -b a | awk '{print NR, NF, $1}'
pith -b2 a b | awk '{print NR, NF, $1, $2}'
pith -b13 a | awk '{print $1}'
pith -b -2 a | awk '{print $1}'
pith -b1 <a | awk '{print $1, $2, $NF}'
pith -b1 --json a b | python3 -c '
import json, sys
d = json.load(sys.stdin)
print(list(d))
print(list(d["results"][0]))
print(list(d["total"][0]))
r = d["results"][0]
print(r["name"], r["level"], all(r[k] > 0 for k in r if k not in ("name",)))'
try pith -b1 nosuch a >/dev/null
