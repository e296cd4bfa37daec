# -dcf passes foreign data through, and nothing that begins like pith's data.
make_data noise 5000 >foreign
pith -dcf foreign | cmp - foreign
pith -dcf foreign | pith -z | pith -d | cmp - foreign
printf 'ab' | pith -dcf | od -c
try pith -dcf </dev/null
printf '\211pit' | try pith -dcf
try pith -dc foreign
try pith -df -o x foreign
