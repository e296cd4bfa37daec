# --rm removes each source after success, and --keep given later takes it back.
make_data text 1000 >a
cp a original
pith --rm a
names
pith -d --rm a.pith
names
cmp a original
pith --rm -k a
pith --rm -c a | pith -dc | cmp - a
pith --rm -t a.pith
names
