# Nothing in gives a valid frame of 35 bytes, and nothing back.
pith </dev/null >empty.pith
wc -c <empty.pith
pith -dc <empty.pith | wc -c
pith -t empty.pith
