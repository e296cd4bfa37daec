# Closed standard streams: no file gets their place, and an output that is not there is an error.
make_data text 1000 >a
try pith -k a >&-
pith -f a <&-
pith -dc a.pith | cmp - a
try pith -tq a.pith 2>&-
(pith -c a >&-) 2>err || cat err
