# With --rm links and set-id files are skipped as xz does; -f takes them; without --rm all is fine.
make_data text 1000 >a
ln a hard
cp a target
ln -s target soft
cp a setuid
chmod u+s setuid
cp a sticky
chmod +t sticky
try pith --rm a soft setuid sticky
names
try pith a soft setuid sticky
try pith --rm -f a soft setuid sticky
names
