# What failed or was skipped stays.
make_data text 1000 >a
make_data text 1000 | pith -c | head -c 100 >b.pith
echo old >a.pith
try pith --rm a
try pith -d --rm b.pith 2>/dev/null
try pith --rm a.pith
try pith --no-verify --rm -f a
names
