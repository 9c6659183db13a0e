#!/usr/bin/env bats
# Nothing lost, nothing half: old products, temporary files, interrupts, folders that cannot be written.

load common

@test "a product that is held back leaves the old one as it is, the others are renewed" {
    run mingbai render
    ends 0
    before=$(sums output | grep -v 检查结果)
    dirt wrong-type
    run mingbai render
    ends 1
    has "“$notice”没有出：户.csv:3 家庭人口 有错 [render-held]"
    after=$(sums output | grep -v 检查结果)
    [ "$(grep 公开 <<< "$before")" = "$(grep 公开 <<< "$after")" ]
    [ "$(grep 花名册 <<< "$before")" != "$(grep 花名册 <<< "$after")" ]
}

@test "several faults behind one held product are counted" {
    awk -F, -v OFS=, 'NR == 3 || NR == 4 || NR == 6 { $9 = "几口" } 1' input/户.csv > new
    mv new input/户.csv
    run mingbai render exit-notice
    ends 1
    has "没有出：户.csv:3 家庭人口 等有错（另有 2 处） [render-held-more]"
}

@test "a template with a mistake leaves every product as it is" {
    run mingbai render
    ends 0
    before=$(sums output | grep -v 检查结果)
    rm templates && cp -R "$root/templates" templates
    sed -i 's/^formats:/fromats:/' templates/notices/exit-notice.yaml
    echo '"卜玲",' >> input/户.csv
    run mingbai render
    ends 2
    has "templates/notices/exit-notice.yaml:"
    [ "$before" = "$(sums output | grep -v 检查结果)" ]
}

@test "a file in the place of the output folder: exit 3, told once, the file untouched" {
    echo mine > output
    run mingbai render
    ends 3
    [ "$(grep -c '\[file-folder\]' <<< "$output")" -eq 1 ]
    [ "$(cat output)" = mine ]
    run mingbai render -o output/下面
    ends 3
    has "[file-folder]"
}

@test "a folder in the place of a product: exit 3, the other products are made" {
    mkdir -p "output/$notice.pdf/占着"
    run mingbai render
    ends 3
    has "错误"
    [ -d "output/$notice.pdf/占着" ]
    [ -s output/内部/2026年花名册.xlsx ]
    [ -z "$(temporaries output)" ]
}

@test "an output folder without permission to write: exit 3" {
    mkdir output
    chmod 555 output
    without_rights
    run $as "$program" render exit-notice
    ends 3
    has "[file-"
    [ -z "$(find output -mindepth 1)" ]
}

@test "a ledger without permission to read: exit 3, named" {
    chmod 000 input/人.csv
    without_rights
    run $as "$program" check --dry-run
    ends 3
    has "人.csv"
    has "[file-unreadable]"
}

@test "files of earlier runs are listed, not deleted" {
    run mingbai render
    ends 0
    hasnt render-stale
    mkdir -p output/公开/云岭镇/旧村
    echo old > output/公开/云岭镇/旧村/2020年名单.pdf
    echo mine > output/我的笔记.txt
    run mingbai render
    ends 0
    has "以前留下的：公开/云岭镇/旧村/2020年名单.pdf [render-stale]"
    hasnt 我的笔记
    [ "$(cat output/公开/云岭镇/旧村/2020年名单.pdf)" = old ]
}

@test "temporary files of a dead process are swept, those of a living one stay" {
    mkdir -p output/公开
    (exit 0) & dead=$!
    wait "$dead"
    touch "output/.mingbai-$dead-0.tmp" "output/公开/.mingbai-$dead-1.tmp" "output/公开/.mingbai-$$-1.tmp"
    run mingbai render exit-notice
    ends 0
    [ "$(temporaries output)" = "output/公开/.mingbai-$$-1.tmp" ]
}

@test "pictures of many pages on many threads need more open files than a shell gives" {
    ulimit -Sn 32
    run mingbai render -j 8 -f png 帮扶明白卡 -i "$root/input" --only 行政村=龙洞村
    ends 0
    [ "$(find output -name '*.png' | wc -l)" -gt 32 ]
}

# Stops a run of that -j at its first PDF.
interrupt() {
    rm -rf output
    # A shell would leave SIGINT ignored in what it starts in the background.
    run /usr/bin/python3 - "${MINGBAI_BUILD:-$root/build}/mingbai" render -j "$1" -i "$root/input" <<- 'END'
	import os, signal, subprocess, sys, time
	run = subprocess.Popen(sys.argv[1:])
	while run.poll() is None and not any(name.endswith(".pdf") for _, _, names in os.walk("output")
	                                     for name in names):
	    time.sleep(0.005)
	run.send_signal(signal.SIGINT)
	sys.exit(run.wait())
	END
    ends 130
    [ -z "$(temporaries output)" ]
    [ "$(find output -type f | wc -l)" -lt "$(find whole -type f | wc -l)" ]
    (cd output && find 公开 入户 内部 -type f 2> /dev/null) | while read -r file; do
        cmp "output/$file" "whole/$file"
    done
}

@test "an interrupted run ends with 130, leaves no temporary file and only whole products" {
    run mingbai render -i "$root/input" -o whole
    ends 0
    for jobs in 1 2 4; do
        interrupt "$jobs"
    done
}

@test "the ledgers are never touched" {
    before=$(sums input; stat -c '%n %Y %a' input/*)
    run mingbai render
    ends 0
    [ "$before" = "$(sums input; stat -c '%n %Y %a' input/*)" ]
}

@test "private folders are 0700 and their files 0600, whatever the umask; public ones follow it" {
    umask 002
    run mingbai render
    ends 0
    [ "$(stat -c %a output/内部)" = 700 ]
    [ -z "$(find output/内部 -type f ! -perm 600)" ]
    [ "$(stat -c %a "output/$notice.pdf")" = 664 ]
}

@test "lower page pictures of an earlier, longer run go" {
    run mingbai render exit-notice -f png -i "$root/input" --only 行政村=石门村
    ends 0
    long=$(find output -name '*.png' | wc -l)
    [ "$long" -gt 1 ]
    run mingbai render exit-notice -f png
    ends 0
    [ "$(find output -name '*.png' | wc -l)" -lt "$long" ]
}

@test "without our own fonts and with a damaged one: a warning each, the product is made" {
    rm fonts && mkdir fonts
    echo broken > fonts/坏.ttf
    run mingbai render exit-notice
    ends 0
    has "坏.ttf：这个字体文件打不开，没有使用 [font-file-unreadable]"
    has "没有仿宋字体，用"
    [ -s "output/$notice.pdf" ]
}

@test "a character no font has holds its product back and is named with its row" {
    run mingbai render exit-notice
    ends 0
    cp "output/$notice.pdf" before.pdf
    sed -i "s/周贵玉/周$(printf '\xf0\xaf\xbf\xbe')玉/" input/*.csv
    run mingbai render exit-notice
    ends 1
    has U+2FFFE
    has "户.csv:3:5（户主姓名）"
    has "[render-no-glyph]"
    cmp before.pdf "output/$notice.pdf"
}

@test "a cell longer than a workbook can hold is an error that keeps the old workbook" {
    run mingbai render household-register
    ends 0
    before=$(sums output/内部)
    long=$(printf '长%.0s' $(seq 33000))
    awk -F, -v OFS=, -v long="$long" 'NR == 3 { $NF = long } 1' input/户.csv > new
    mv new input/户.csv
    run mingbai render household-register
    ends 1
    has "[render-text-too-long]"
    [ "$before" = "$(sums output/内部)" ]
    [ -z "$(temporaries output)" ]
}
