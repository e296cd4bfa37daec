# A missing directory is named; so is a name that is too long, before any work.
make_data text 1000 >a
try pith -o no/such/dir/x a
long=$(printf '%0254d' 0)
cp a "$long"
try pith "$long" 2>err
sed 's/0\{100,\}/LONG/' err
try pith -o dir/ a
names | sed 's/0\{100,\}/LONG/'
