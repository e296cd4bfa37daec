# Files that cannot be listed; the others are.
make_data noise 1000 >a
pith -1 a
head -c 500 a.pith >cut
mkdir d
try pith -l a nosuch cut d a.pith
cat a.pith | try pith -l
