# Of several modes the last one counts.
make_data noise 1000 >a
pith -d -z -c a >a.pith
pith -z -t -d -c a.pith | cmp - a
pith -zdt -v a.pith
pith -d -l -t a.pith
names
