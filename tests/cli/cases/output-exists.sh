# An existing target is an error unless -f replaces it.
make_data text 1000 >a
echo old >a.pith
try pith a
cat a.pith
try pith -f a
pith -dc a.pith | cmp - a
echo old >a
try pith -d a.pith
cat a
try pith -qd a.pith
try pith -qqd a.pith
try pith -df a.pith
wc -c <a
names
