# lib.sh: what the test scripts share. A script ends 0 (passed), 77 (skipped, the last line says why) or otherwise (failed).
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
d=${DATELINE:-$PWD/build/dateline}
tmp=$(mktemp -d)
trap 'chmod -R u+rwx "$tmp" 2>/dev/null; rm -rf "$tmp"' EXIT
export DATELINE_STORE=$tmp/store.db XDG_DATA_HOME=$tmp NO_COLOR=1
fail() { echo "FAILED: $*"; exit 1; }
# expect STATUS COMMAND...: runs it, output in $tmp/out and $tmp/err
expect() {
    local want=$1; shift
    "$@" >"$tmp/out" 2>"$tmp/err"; local got=$?
    [ "$got" -eq "$want" ] || { head -5 "$tmp/err"; fail "exit $got, not $want: $*"; }
}
has() { grep -qF -- "$2" "$1" || { head -20 "$1"; fail "no \"$2\" in $1"; }; }
