#!/usr/bin/env bats
# Verbs, options, mistakes in them, languages.

load common

@test "help lists every verb and option" {
    run mingbai help
    ends 0
    for word in render check list doctor help version --input --output --format --setting --only \
        --date --dry-run --check --verbose --lang 退出码; do has "$word"; done
    first=$output
    run mingbai --help
    ends 0
    [ "$output" = "$first" ]
}

@test "--version names the program and its version" {
    run mingbai --version
    ends 0
    [[ $output =~ ^mingbai\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
}

@test "list templates, ledgers, formats, fonts" {
    run mingbai list templates
    ends 0
    for id in exit-notice mingbai-card household-register register; do has "$id"; done
    run mingbai list
    has exit-notice
    run mingbai list ledgers
    ends 0
    for name in 户 人 措施 帮扶责任人 村 动态调整 公示 补贴 低保 项目 信访; do has "$name	"; done
    run mingbai list formats
    ends 0
    for name in pdf png xlsx tree pages; do has "$name	"; done
    run mingbai list fonts
    ends 0
    for role in 小标宋 仿宋 黑体 楷体 宋体; do has "$role	1	"; done
}

@test "the project's own templates pass list templates --check" {
    rm -r input
    run mingbai list templates --check
    ends 0
    hasnt 错误
}

@test "doctor finds everything and leaves nothing" {
    run mingbai doctor
    ends 0
    hasnt 缺失
    [ -z "$(find output -type f)" ]
}

@test "doctor tells what is missing" {
    rm -r input
    echo > output
    run mingbai doctor
    ends 3
    has "缺失  台账文件夹"
    has "缺失  成品文件夹可写"
}

@test "an unknown verb: did you mean" {
    run mingbai rendr
    ends 2
    has "没有这个命令：rendr [usage-verb]"
    has "是不是 render"
}

@test "an unknown option: did you mean, nothing done" {
    run mingbai render --onyl 行政村=石门村
    ends 2
    has "没有这个选项：--onyl [usage-option]"
    has "是不是 --only"
    [ ! -e output ]
    run mingbai render -x
    ends 2
    has "是不是 --help"
}

@test "an unknown template: did you mean" {
    run mingbai render exit-notise
    ends 2
    has "[template-unknown]"
    has "可以写：exit-notice"
    run mingbai render 脱贫退出公式
    ends 2
    has "可以写：脱贫退出公示"
}

@test "an unknown format: the formats there are" {
    run mingbai render -f pfd
    ends 2
    has "没有这种格式：pfd [usage-format]"
    has "可以写：pdf png xlsx"
}

@test "an unknown ledger, topic, language" {
    run mingbai check 户口
    ends 2
    has "[usage-ledger]"
    run mingbai list template
    ends 2
    has "[usage-topic]"
    run mingbai --lang fr
    ends 2
    has "[usage-language]"
}

@test "an option without its value, a pair without =" {
    run mingbai render --date
    ends 2
    has "[usage-value]"
    run mingbai render -s 年度
    ends 2
    has "[usage-pair]"
    run mingbai render --only=石门村
    ends 2
    has "[usage-pair]"
}

@test "a --date that is no date is a mistake of usage, not a blank on the notice" {
    for date in 2026-13-45 2026-11 明天; do
        run mingbai render --date "$date"
        ends 2
        has "[usage-date]"
    done
    [ ! -e output ]
}

@test "-j wants a whole number from 1 to 64" {
    for number in 0 65 -1 +2 2.5 两 ""; do
        run mingbai render -j "$number"
        ends 2
        has "-j 后面要写 1 到 64 的整数，不是“$number” [usage-jobs]"
    done
    [ ! -e output ]
    for number in -j1 "-j 64" --jobs=3; do
        # shellcheck disable=SC2086
        run mingbai render 花名册 $number
        ends 0
    done
}

@test "several mistakes of one command line are told at once" {
    run mingbai render --onyl a=b --date 2026-13-45 -s x
    ends 2
    has "[usage-option]"
    has "[usage-date]"
    has "[usage-pair]"
}

@test "English by LC_ALL, LC_MESSAGES, LANG in that order, and by --lang" {
    unset LC_ALL
    LANG=en_US.UTF-8 run mingbai rendr
    has "no such verb: rendr"
    LC_MESSAGES=zh_CN.UTF-8 LANG=en_US.UTF-8 run mingbai rendr
    has "没有这个命令"
    LC_ALL=en_GB.UTF-8 LC_MESSAGES=zh_CN.UTF-8 run mingbai rendr
    has "no such verb"
    LANG=zh_CN.UTF-8 run mingbai help --lang en
    has "Usage:"
    LANG=en_US.UTF-8 run mingbai help --lang zh
    has "用法："
    LANG= run mingbai help
    has "用法："
}

@test "in English no Chinese sentence is left but names and values" {
    dirt id-check
    run mingbai check --lang en
    ends 1
    has "error 人.csv:2:7"
    has "1 errors, 1 warnings"
    hasnt 说明：
    hasnt 改法
    hasnt 错误
}
