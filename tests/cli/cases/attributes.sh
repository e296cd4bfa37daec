# Mode and times are copied both ways, to the nanosecond; set-id bits are not.
make_data text 1000 >a
chmod 4640 a
touch -m -d '2001-02-03 04:05:06.123456789 UTC' a
touch -a -d '2002-02-03 04:05:06.987654321 UTC' a
TZ=UTC0
export TZ
pith a
stat -c '%a %y' a.pith
stat -c '%x' a.pith
rm a
pith -d a.pith
stat -c '%a %y' a
pith -f --no-copy-attrs a
stat -c '%a' a.pith
[ a.pith -nt a ] && echo new
umask 077
pith -o b.pith <a
stat -c '%a' b.pith
