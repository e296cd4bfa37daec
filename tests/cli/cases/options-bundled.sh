# Letters can be written together, as with gzip.
make_data noise 1000 >a
pith -9kvT1 a
pith -dcf a.pith | cmp - a
pith -9kf a
pith -tqq a.pith
pith -dkfo b a.pith
cmp a b
pith -cS.x a | pith -dc | cmp - a
