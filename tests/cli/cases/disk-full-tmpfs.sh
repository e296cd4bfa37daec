# A full file system: nothing is left behind, everything is as before.
mkdir disk
mount -t tmpfs -o size=256k none disk 2>/dev/null || skip "no file system can be mounted here"
trap 'umount disk' EXIT
make_data noise 200000 >disk/a
try pith --rm disk/a
names disk
echo old >disk/a.pith
try pith --rm -f disk/a
names disk
cat disk/a.pith
