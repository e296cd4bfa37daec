# -r goes into directories, in order, and does not follow links in them.
mkdir -p d/e/f d/g
for name in d/1 d/e/2 d/e/f/3; do make_data text 500 >$name; done
ln -s ../../d d/g/loop
ln -s ../1 d/g/link
mkfifo d/g/fifo
pith -rv d 2>log
sed 's/: 500.*//' log
names
rm d/1 d/e/2 d/e/f/3
pith -dr d
wc -c d/1 d/e/2 d/e/f/3
