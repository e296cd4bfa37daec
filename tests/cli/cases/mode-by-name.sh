# unpith means -d, pithcat means -dcf; options still count.
make_data text 1000 >a
pith -c a >b.pith
unpith b.pith
cmp a b
pithcat b.pith | cmp - a
pithcat a | cmp - a
unpith -z -c a | pith -dc | cmp - a
