# What has the suffix already is skipped when compressing, with status 2; -c and -o take it.
make_data text 1000 >a.pith
cp a.pith b.tpith
try pith a.pith b.tpith
try pith -q a.pith
try pith -f a.pith
pith -c a.pith | pith -dc | cmp - a.pith
pith -o c a.pith
names
