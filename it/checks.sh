# Sourced by the scripts beside it: a place to work in, one line per check, and what they came to.
# Needs the packaged layout (mvn package, or ./sobre --version) and what .ci/run installs.
set -uo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
sobre=${1:-$PWD/distribution/target/sobre/bin/sobre} # or another launcher, for trying things
[ -x "$sobre" ] || ./sobre --version >/dev/null || exit 1

work=$(mktemp -d)
out=$work/out
passed=0
failed=0

ok() {
    passed=$((passed + 1))
    echo "ok - $*"
}
not_ok() { # WHAT: and what the last command said
    failed=$((failed + 1))
    echo "not ok - $*"
    [ -s "$out" ] && tail -n 25 "$out" | cut -c 1-300 | sed 's/^/#   /'
    return 0
}
check() { # WHAT COMMAND...
    local what=$1
    shift
    if "$@" >"$out" 2>&1; then ok "$what"; else not_ok "$what"; fi
}
sum() { # what it came to, and whether all is well
    echo "$passed passed, $failed failed"
    [ "$failed" = 0 ]
}
