# -f replaces files and links, but neither directories nor anything else; links are not followed.
make_data text 1000 >a
cp a b
cp a c
cp a d
mkdir a.pith
mkfifo b.pith
echo precious >precious
ln -s precious c.pith
ln -s nowhere d.pith
try pith -f a
try pith -f b
try pith -f c
try pith -f d
cat precious
[ -L c.pith ] || pith -t c.pith
[ -L d.pith ] || pith -t d.pith
names
