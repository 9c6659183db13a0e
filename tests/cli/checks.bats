#!/usr/bin/env bats
# The verb check and templates/checks.

load common

# own NAME: copies the templates, so that a check can be added; its text comes from stdin.
own() {
    [ -L templates ] && rm templates && cp -R "$root/templates" templates
    cat > "templates/checks/$1.yaml"
}

@test "list checks names code, title, ledger and level" {
    run mingbai list checks
    ends 0
    has "check-cause-measure	致贫原因没有对应的措施	户	提醒"
    run mingbai list checks --lang en
    has "check-birth-id	出生日期和证件号码对不上	人	error"
}

@test "check runs the checks named, or those of a ledger named" {
    sed -i 's/^2026,1,990101010002,\(.*\)同意/2026,1,990101010002,\1不同意/' input/动态调整.csv
    sed -i 's/,7,自然日/,2,自然日/' input/公示.csv
    run mingbai check
    has "[check-exit-review]"
    has "[check-notice-days]"
    run mingbai check exit-review
    ends 0
    has "[check-exit-review]"
    hasnt "[check-notice-days]"
    run mingbai check 公示
    hasnt "[check-exit-review]"
    has "[check-notice-days]"
    run mingbai check 公示天数不够
    has "[check-notice-days]"
    run mingbai check exit-revue
    ends 2
    has "[usage-ledger]"
}

@test "an error of a check is an error of the data, in English and as CSV too" {
    sed -i 's/1970-07-15,/1970-07-16,/' input/人.csv
    run mingbai check
    ends 1
    has "人.csv:11:8（出生日期）：出生日期和证件号码里的不一样 [check-birth-id]"
    run mingbai check --lang en
    ends 1
    has "the date of birth is not the one in the ID [check-birth-id]"
    run mingbai check -f csv
    has "check-birth-id"
}

@test "a threshold is a setting" {
    run mingbai check household-size
    hasnt "[check-household-size]"
    run mingbai check household-size -s 户人口上限=6
    has "[check-household-size]"
    run mingbai check household-size -s 户人口上限=六
    ends 2
    has "[check-setting]"
}

@test "the rest of very many is counted" {
    own very-many <<'YAML'
title: 很多
level: note
at: 户
needs: {户: [], 人: []}
message: 一句话
hint: 一句话
rows: |
  SELECT h._id FROM 户 h, 人 a, 人 b, 人 c
YAML
    run mingbai check very-many
    ends 0
    has "“很多”还有 38000 处，没有一一列出 [check-more]"
}

@test "without a folder of checks there are none" {
    rm templates
    cp -R "$root/templates" templates
    rm -r templates/checks
    run mingbai check
    ends 0
    run mingbai list checks
    ends 0
    [ -z "$output" ]
}
