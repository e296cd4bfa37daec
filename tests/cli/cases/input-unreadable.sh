# A file without permission is an error, and so is a directory that must not be written to.
user=
if [ "$(id -u)" = 0 ]; then # root may do everything
  need setpriv
  user='setpriv --reuid 65534 --regid 65534 --clear-groups'
  chmod 755 . ..
  $user pith -V >/dev/null 2>&1 || skip "the program is where only root can run it"
fi
make_data text 1000 >secret
chmod 0 secret
mkdir sealed
make_data text 1000 >sealed/a
chmod 555 sealed
try $user pith secret
try $user pith sealed/a
names
