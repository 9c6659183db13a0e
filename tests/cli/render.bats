#!/usr/bin/env bats
# What render and check do: selection, formats, settings, folders, order.

load common

@test "without arguments everything whose ledgers are there is rendered" {
    run mingbai
    ends 0
    [ -s "output/$notice.pdf" ]
    [ -s "output/$notice.xlsx" ]
    [ -s output/内部/2026年花名册.xlsx ]
    [ -s output/内部/台账/户台账.xlsx ]
    [ ! -e output/入户 ] # there is no ledger 帮扶责任人
    [ -s output/检查结果.txt ]
}

@test "a template is named by its id, its title or an alias" {
    for name in exit-notice 脱贫退出公示 拟脱贫退出; do
        rm -rf output
        run mingbai render "$name"
        ends 0
        [ -s "output/$notice.pdf" ]
        [ ! -e output/内部 ]
    done
}

@test "a named template whose ledger is missing is an error of the data" {
    run mingbai render 帮扶明白卡
    ends 1
    has "[render-ledger-missing]"
    has 帮扶责任人
    [ ! -e output/入户 ]
}

@test "--only keeps the products of one value and skips templates without that column" {
    run mingbai render -i "$root/input" --only 行政村=大湾村 -f xlsx
    ends 0
    [ "$(find output/公开 -type f | wc -l)" -eq 1 ]
    [ -s output/公开/云岭镇/大湾村/2026年拟脱贫退出公示.xlsx ]
    [ ! -e output/内部 ]
    has "[render-only-skipped]"
}

@test "--only with a value nobody has says so" {
    run mingbai render exit-notice --only 行政村=没这村
    ends 0
    has "没有行政村=没这村"
    has "[render-only-nothing]"
    [ ! -e output/公开 ]
}

@test "-f chooses the formats, and a template that has none of them says so" {
    run mingbai render -f pdf
    ends 0
    [ -s "output/$notice.pdf" ]
    [ ! -e "output/$notice.xlsx" ]
    [ ! -e output/内部 ]
    has "[render-no-format]"
    run mingbai render exit-notice -f png,tree
    ends 0
    [ -s "output/$notice-1.png" ] || [ -s "output/$notice-01.png" ]
    [ -s "output/$notice.tree.txt" ]
}

@test "-s changes a setting; a year without rows gives a note and no product" {
    run mingbai render exit-notice -s 年度=2025
    ends 0
    has "[document-no-rows]"
    [ ! -e output/公开 ]
    run mingbai render exit-notice -s 依据=某号文件 -f tree
    ends 0
    grep -q 根据某号文件 "output/$notice.tree.txt"
}

@test "a setting of the wrong type is an error that stops the product" {
    run mingbai render exit-notice -s 年度=近年
    ends 2
    has "[document-parameter-type]"
    [ ! -e output/公开 ]
}

@test "--dry-run writes nothing and says what it would write" {
    run mingbai render --dry-run
    ends 0
    has "会出 $notice：选出 6，印出 6，留下 0 [render-would-write]"
    [ ! -e output ]
    run mingbai check --dry-run
    ends 0
    [ ! -e output ]
}

@test "--dry-run gives the findings and the exit status of the run" {
    dirt wrong-type
    run mingbai render --dry-run
    ends 1
    has "[render-held]"
    [ ! -e output ]
}

@test "check writes findings and no product, and lists what became of each file's rows" {
    dirt long-row
    run mingbai check
    ends 1
    [ "$(find output -type f)" = output/检查结果.txt ]
    has "户.csv	户	UTF-8	5	1	1"
    grep -q ledger-ragged output/检查结果.txt
    run mingbai check 人
    has "人.csv	人"
    hasnt "村.csv	村"
}

@test "stdout carries what was asked for, stderr the talk" {
    mingbai check > out 2> err
    grep -q "户.csv	户" out
    lacks out ledger-recognised
    grep -q ledger-recognised err
    mingbai render > out 2> err
    [ ! -s out ]
    lacks err $'\r' # no progress but on a terminal
}

@test "all dirt of a run is found in one pass" {
    dirt wrong-type
    dirt id-check
    dirt dangling-key
    dirt private-in-remark
    cp "$root/tests/samples/dirty/unknown-ledger/户.csv" input/不知.csv
    : > input/空.csv
    run mingbai render
    ends 1
    for code in value-wrong-type value-id-check ledger-link-dangling store-leak ledger-no-head csv-empty; do
        has "[$code]"
    done
    for code in value-wrong-type value-id-check store-leak; do grep -q "$code" output/检查结果.txt; done
}

@test "input and output folders with spaces and Chinese names, relative and absolute" {
    mkdir "我的 台账"
    mv input "我的 台账/第 1 批"
    run mingbai render exit-notice -i "我的 台账/第 1 批" -o "成 品/甲 乙"
    ends 0
    [ -s "成 品/甲 乙/$notice.pdf" ]
    run mingbai render exit-notice -i "$PWD/我的 台账/第 1 批/" "--output=$PWD/另 一处"
    ends 0
    cmp "成 品/甲 乙/$notice.pdf" "另 一处/$notice.pdf"
}

@test "run from elsewhere the program finds the templates beside it" {
    mkdir -p "$BATS_TEST_TMPDIR/程 序/build" other
    cp "${MINGBAI_BUILD:-$root/build}/mingbai" "$BATS_TEST_TMPDIR/程 序/build/"
    ln -s "$root/templates" "$root/fonts" "$BATS_TEST_TMPDIR/程 序/"
    cd other
    run "$BATS_TEST_TMPDIR/程 序/build/mingbai" render exit-notice -i ../input
    ends 0
    [ -s "output/$notice.pdf" ]
}

@test "a missing input folder is a fault of the system, told once" {
    run mingbai render -i 没有
    ends 3
    has "错误 没有：没有这个台账文件夹 [render-no-input]"
    hasnt file-missing
    run mingbai check -i 没有
    ends 3
}

@test "an empty input folder makes nothing and says so" {
    rm -r input && mkdir input
    run mingbai render exit-notice
    ends 1
    has "[render-ledger-missing]"
    [ ! -e output/公开 ]
}

@test "two products with one path: the second is an error of the template" {
    rm templates && cp -R "$root/templates" templates
    sed -i 's|^file: .*|file: "{{年度}}年拟脱贫退出公示"|' templates/notices/exit-notice.yaml
    run mingbai render exit-notice -i "$root/input"
    ends 2
    has "[template-same-path]"
}

@test "a wrong 基准日期 in 设置.csv is told" {
    sed -i 's/^基准日期,[^,]*/基准日期,2026-10/' input/设置.csv
    run mingbai render exit-notice
    ends 1
    has "[settings-date]"
}
