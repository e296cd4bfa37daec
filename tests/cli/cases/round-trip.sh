# A file becomes FILE.pith and comes back; both stay.
make_data text 50000 >a.txt
pith a.txt
mv a.txt original
pith -d a.txt.pith
cmp a.txt original
names
