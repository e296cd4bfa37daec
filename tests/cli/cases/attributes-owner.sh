# The owner and the group go along (as root).
[ "$(id -u)" = 0 ] || skip "only root can give files away"
make_data text 1000 >a
chown 1234:2345 a || skip "owners cannot be changed here"
pith a
stat -c '%u %g' a.pith
