#!/bin/sh
# Installs the Debian packages named on the command line, and the Fandol Fang face out of
# texlive-lang-chinese (unpacked, TeX itself is not installed). Without root or network it prints what
# to type, changes nothing and exits 3.
set -eu
cd "$(dirname "$0")/.."
fang=fonts/fandol/FandolFang-Regular.otf
font_package=texlive-lang-chinese

missing=
for package in "$@"; do
    status=$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null) || status=
    [ "$status" = "install ok installed" ] || missing="$missing $package"
done

give_up() {
    echo "mingbai: $1。请用管理员身份运行 (as root, type):" >&2
    echo "  apt-get update${missing:+ && apt-get install -y --no-install-recommends$missing}" >&2
    if [ ! -e "$fang" ]; then
        echo "  (cd fonts && apt-get download $font_package) && make deps" >&2
    fi
    exit 3
}

# A source that cannot be reached may be one that nothing here comes from: the install will tell.
update() {
    [ -n "${updated-}" ] || apt-get -qq update >/dev/null 2>&1 || true
    updated=1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -n "$missing" ]; then
    [ "$(id -u)" = 0 ] || give_up "缺软件包，当前不是管理员"
    update
    echo "正在安装 (installing):$missing"
    DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $missing \
        >"$work/log" 2>&1 || {
        grep '^E:' "$work/log" | tail -n 3 >&2
        give_up "没有装成，多半是连不上软件源"
    }
fi

[ ! -e "$fang" ] || exit 0
deb=$(find fonts -maxdepth 1 -name "${font_package}_*.deb" | sort | tail -n 1)
if [ -z "$deb" ]; then
    [ "$(id -u)" != 0 ] || update
    echo "正在取仿宋字体 (fetching the face 仿宋): $font_package"
    chmod 755 "$work"
    (cd "$work" && apt-get -qq download "$font_package" 2>/dev/null) || give_up "取不到 $font_package"
    deb=$(find "$work" -name '*.deb')
fi
mkdir -p fonts/fandol
dpkg-deb --fsys-tarfile "$deb" |
    tar -x -C "$work" --wildcards --transform='s|.*/||' '*/FandolFang-Regular.otf'
# Another disk, perhaps: no half a font under the font's name.
mv "$work/FandolFang-Regular.otf" "$fang.tmp"
mv "$fang.tmp" "$fang"
