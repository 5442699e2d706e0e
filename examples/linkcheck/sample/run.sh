# Some links of this documentation are broken; linkcheck says which, and how it came to know.
cp "$(dirname "$0")"/*.md .
echo '$ linkcheck --log linkcheck.log README.md manual.md'
linkcheck --log linkcheck.log README.md manual.md
echo "$ echo \$?
$?"
