# --info shows the machine and nine levels.
pith --info | grep -c '^ *[1-9]  *[0-9.]* [KMG]iB'
pith --info | grep -oE '^(pith|libpith|kernels|processors|memory) '
pith --info --json | python3 -c 'import json,sys; d=json.load(sys.stdin); print(sorted(d)); print(sorted(d["levels"][0])); print([l["level"] for l in d["levels"]])'
