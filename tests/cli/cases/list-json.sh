# -l --json: one document, with these keys.
make_data noise 3000 >a
printf 'x' >"$(printf 'n\377\n"')"
pith -1 -B 1K a "$(printf 'n\377\n"')"
pith -lv --json a.pith "$(printf 'n\377\n"').pith" nosuch >list.json
echo "status $?"
python3 - <<'END'
import json, os
d = json.load(open("list.json"))
print(list(d))
for f in d["files"]:
    print(os.fsencode(f["name"]), f["status"], f["messages"], list(f))
f = d["files"][0]
print(list(f["frame_list"][0]))
print(list(f["block_list"][0]))
print([b["uncompressed_bytes"] for b in f["block_list"]], f["frame_list"][0]["content_hash"] is not None)
print(d["total"], d["status"])
END
