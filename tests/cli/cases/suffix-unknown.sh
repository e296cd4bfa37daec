# Without a known suffix decompression is skipped, with status 2; -c, -o and -t take it.
make_data noise 1000 >a
pith -c a >b.gz
try pith -d b.gz
pith -dc b.gz | cmp - a
pith -d -o c b.gz
cmp a c
pith -tv b.gz
names
