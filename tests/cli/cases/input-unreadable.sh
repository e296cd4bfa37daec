# A file without permission is an error.
[ "$(id -u)" = 0 ] && skip "root may read everything"
make_data text 1000 >a
chmod 0 a
try pith a
