# What the tests of the command line share. Each test works in a folder of its own that has the
# project's templates and fonts, and as input the small clean ledgers of tests/samples/dirty/base.

root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
notice=公开/云岭镇/石门村/2026年拟脱贫退出公示

setup() {
    work=$BATS_TEST_TMPDIR/home
    mkdir -p "$work"
    cd "$work" || return 1
    ln -s "$root/templates" "$root/fonts" .
    cp -R "$root/tests/samples/dirty/base" input
    unset LC_MESSAGES LANG SOURCE_DATE_EPOCH
    export LC_ALL=C.UTF-8
}

# run() of bats mixes stdout and stderr into $output and splits it into ${lines[@]}.
mingbai() {
    "${MINGBAI_BUILD:-$root/build}/mingbai" "$@"
}

# has TEXT: the output of the last run holds it.
has() {
    [[ $output == *"$1"* ]] || { echo "no '$1' in:"; echo "$output"; return 1; }
}

hasnt() {
    [[ $output != *"$1"* ]] || { echo "'$1' in:"; echo "$output"; return 1; }
}

# lacks FILE TEXT. (A line that begins with ! never fails a test.)
lacks() {
    if grep -q "$2" "$1"; then
        echo "'$2' in $1"
        return 1
    fi
}

# ends STATUS: the exit status of the last run.
ends() {
    [ "$status" -eq "$1" ] || { echo "exit $status, not $1:"; echo "$output"; return 1; }
}

# Makes $as $program the program run as somebody whom permissions bind: for root, another user, who
# then needs what is read in places open to all.
without_rights() {
    as=
    program=${MINGBAI_BUILD:-$root/build}/mingbai
    [ "$(id -u)" -eq 0 ] || return 0
    as="setpriv --reuid=65534 --regid=65534 --clear-groups"
    chmod 755 "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR/test" "$BATS_TEST_TMPDIR" "$work"
    rm templates fonts
    cp -R "$root/templates" "$root/fonts" .
    chmod -R a+rX templates fonts
    mkdir build
    cp "$program" build/
    program=$work/build/mingbai
    $as "$program" list templates > /dev/null || skip "no other user can run programs here"
}

# dirt NAME: lays that dirt over the input.
dirt() {
    cp -R "$root/tests/samples/dirty/$1/." input/
}

# sums FOLDER: every file in it with its checksum.
sums() {
    (cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2)
}

# temporaries FOLDER: what a killed or careless run left there.
temporaries() {
    find "$1" -name '.*' -type f
}
