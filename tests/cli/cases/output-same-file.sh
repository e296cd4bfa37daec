# The source is never its own target.
make_data text 1000 >a
cp a original
try pith -f -o a a
try pith -f -o ./a a
ln a b
try pith -f -o b a
cmp a original
names
