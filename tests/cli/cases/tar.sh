# tar can use pith both ways.
need tar
mkdir d
make_data text 10000 >d/a
make_data noise 10000 >d/b
tar -I pith -cf one.tar.pith d
tar --use-compress-program='pith -1 -T2' -cf two.tpith d
pith -t one.tar.pith two.tpith
mkdir x y z
tar -I pith -xf one.tar.pith -C x
tar --use-compress-program=pith -xf two.tpith -C y
diff -r d x/d
diff -r d y/d
pith -dc one.tar.pith | tar -xf - -C z
diff -r d z/d
