# bsdtar can use pith both ways.
need bsdtar
mkdir d x
make_data text 10000 >d/a
bsdtar --use-compress-program pith -cf a.tar.pith d
pith -t a.tar.pith
bsdtar --use-compress-program 'pith -d' -xf a.tar.pith -C x
diff -r d x/d
