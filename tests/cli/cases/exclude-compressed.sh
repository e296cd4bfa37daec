# --exclude-compressed leaves out what is compressed, by name or by content, without a warning.
make_data text 1000 >a
cp a b.PNG
cp a c.gz
cp a d.pith
make_data noise 10000 >noise
try pith --exclude-compressed a b.PNG c.gz d.pith noise
names
try pith -v --exclude-compressed c.gz noise
