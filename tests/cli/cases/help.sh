# -h names every mode and option group, -H says more, -V the version; the first one asked for is shown.
pith -h | sed -n 1,3p
pith -h | grep -c '^  .*-'
[ "$(pith -H | wc -l)" -gt "$(pith -h | wc -l)" ] && echo longer
pith -H | awk 'length > 79'
pith -V | sed 's/[0-9.]*$/N/'
pith -hV | head -1
pith -d nosuchfile -V | head -1 | sed 's/[0-9.]*$/N/'
