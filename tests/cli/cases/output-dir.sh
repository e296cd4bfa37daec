# --output-dir keeps names; with -r also places; it makes what is missing.
mkdir -p in/sub
make_data text 1000 >in/a
cp in/a in/sub/b
pith --output-dir out/deep in/a in/sub/b
pith -r --output-dir tree in
(cd in && pith -r --output-dir ../dot .)
pith -r -d --output-dir back tree
cmp in/sub/b back/tree/in/sub/b
names | grep -v '^in'
