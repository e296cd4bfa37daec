# -b measures levels: all that differ, or those given.
make_data text 20000 >a
make_data noise 1000 >b
pith -b a | awk '{print NR, NF, $1}'
pith -b13 <a | awk '{print $1, $2, $NF}'
pith -b -2 a b | awk '{print NR, NF, $1, $2}'
try pith -b1 --json a nosuch >report
python3 - <<'END'
import json
d = json.load(open("report"))
print(list(d))
print(list(d["results"][0]))
print(list(d["total"][0]))
r = d["results"][0]
print(r["name"], r["level"], all(r[k] > 0 for k in r if k != "name"), d["status"])
END
