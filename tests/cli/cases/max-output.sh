# --max-output stops a bomb.
make_data zeros 1000000 >a
pith a
rm a
try pith -d --max-output 1000 a.pith
try pith -d --max-output 999999 a.pith 2>/dev/null
names
try pith -d --max-output 1000000 a.pith
names
