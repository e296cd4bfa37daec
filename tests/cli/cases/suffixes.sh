# .pith and .tpith, and -S for another one.
make_data text 1000 >a
cp a b.tar
pith b.tar
mv b.tar.pith c.tpith
pith -d c.tpith
cmp a c.tar
pith -S .x a
mv a.x d.x
try pith -d d.x
pith -d -S .x d.x
cmp a d
try pith -S .x d.x
cp d.x .pith
try pith -d .pith
names
