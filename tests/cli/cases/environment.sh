# PITH_LEVEL, PITH_THREADS and PITH_MEMLIMIT are defaults; a bad value is reported and ignored.
make_data text 1000 >a
PITH_LEVEL=1 pith -o one a
PITH_LEVEL=1 pith -2 -o two a
pith -l --json one two | grep '"level"'
pith -c a >b.pith
try env PITH_LEVEL=11 PITH_THREADS=many PITH_MEMLIMIT=lots pith -t b.pith
try env PITH_LEVEL=11 pith -q -t b.pith
try env PITH_LEVEL= PITH_THREADS= PITH_MEMLIMIT= pith -t b.pith
try env PITH_MEMLIMIT=1K pith -tqq b.pith
