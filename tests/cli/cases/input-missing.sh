# A missing file is an error; the others are done all the same.
make_data text 1000 >a
cp a b
try pith nosuchfile a nodir/x b
names
