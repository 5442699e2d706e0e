# Some links of this documentation are broken; linkcheck says which, and how it came to know.
cp "$(dirname "$0")"/*.md .
show() {
    echo "\$ $*"
    "$@" 2>&1
    status=$?
    printf '$ echo $?\n%s\n' $status
}
show linkcheck --log linkcheck.log README.md manual.md
show linkcheck README.md missing.md
show linkcheck --log missing/linkcheck.log README.md
show linkcheck --quick README.md
show linkcheck --help
