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
# repeat TEXT TIMES
repeat() { head -c $(($2 * ${#1})) < <(yes -- "$1" | tr -d '\n'); }
# use COMMAND...: sets ms (processor time), kib (most memory), rc (exit status) of a run whose output nobody sees
use() {
    [ -x "$tmp/use" ] || cc -std=c17 -O1 -D_DEFAULT_SOURCE -o "$tmp/use" tests/pathological/use.c || fail "use.c does not compile"
    read -r ms kib rc < <("$tmp/use" "$@")
}
