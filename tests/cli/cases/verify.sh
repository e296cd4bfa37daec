# --verify decodes what was written.
make_data text 100000 >a
pith --verify a
pith --verify -c a | cmp - a.pith
pith --verify <a | cmp - a.pith
pith --verify -o b.pith <a
cmp a.pith b.pith
pith --verify --no-verify -f a
