#!/usr/bin/env bats
# merge and compare: tables without a template.

load common

@test "merge writes every ledger that is there, for internal readers only" {
    run mingbai merge
    ends 0
    has "[table-written]"
    for name in 户 人 措施 村 动态调整 公示; do
        [ -s "output/内部/合并/$name.xlsx" ]
        [ "$(stat -c %a "output/内部/合并/$name.xlsx")" = 600 ]
    done
    [ "$(stat -c %a output/内部/合并)" = 700 ]
    [ ! -e output/内部/合并/帮扶责任人.xlsx ]
    [ -s output/检查结果.txt ]
}

@test "merge -f csv: the named ledger, its sources, what stands twice" {
    cp input/户.csv input/户副本.csv
    run mingbai merge 户 -f csv
    ends 0
    has "已出 内部/合并/户.csv"
    [ "$(find output -type f | wc -l)" -eq 4 ]
    [ "$(head -c 3 output/内部/合并/户.csv | od -An -tx1 | tr -d ' ')" = efbbbf ]
    rows=$(($(wc -l < output/内部/合并/户.csv) - 1))
    [ "$rows" -eq "$(($(wc -l < output/内部/合并/户-重复.csv) - 1))" ]
    grep -q "^各列相同，只计一次,户副本.csv,2,户.csv,2" output/内部/合并/户-重复.csv
    grep -q "^户副本.csv,$rows,0,$rows," output/内部/合并/户-来源.csv
    grep -q "^相差,,0,,0," output/内部/合并/户-来源.csv
}

@test "merge in csv is byte-true; --for-excel guards what begins like a formula" {
    printf '乡镇,行政村,户编号,户主姓名,家庭人口,备注\n云岭镇,石门村,77,钱多多,1,=1+1\n' > input/又一户.csv
    run mingbai merge 户 -f csv -o plain
    run mingbai merge 户 -f csv -o guarded --for-excel
    grep -q ",=1+1,又一户.csv,2" plain/内部/合并/户.csv
    grep -q ",'=1+1,又一户.csv,2" guarded/内部/合并/户.csv
}

@test "merge says what it does not know or find" {
    run mingbai merge 护
    ends 2
    has "[usage-ledger]"
    run mingbai merge -f pdf
    ends 2
    has "没有这种格式：pdf [usage-format]"
    has "xlsx csv"
    run mingbai merge 帮扶责任人
    ends 0
    has "[merge-empty]"
    [ ! -e output/内部 ]
    rm -r output
    run mingbai merge --dry-run
    ends 0
    has "[table-would-write]"
    [ ! -e output ]
}

@test "merge writes what could be read when data are wrong, and exits with 1" {
    dirt bad-phone
    run mingbai merge 户 -f csv
    ends 1
    [ -s output/内部/合并/户.csv ]
}

@test "compare tells entered, left and changed; differences are no fault" {
    cp -R input 去年
    printf '乡镇,行政村,村民小组,户编号,户主姓名,家庭人口\n云岭镇,石门村,一组,77,钱多多,1\n' > input/新户.csv
    printf '乡镇,行政村,村民小组,户编号,户主姓名,家庭人口\n云岭镇,石门村,一组,77,钱多多,2\n' > 去年/新户.csv
    run mingbai compare 去年 input -f xlsx,csv
    ends 0
    has "去年 → input"
    grep -q "^第1版→第2版,石门村,77,家庭人口,2,1,新户.csv:2:6,新户.csv:2:6" output/内部/比对/户.csv
    [ -s output/内部/比对/户.xlsx ]
    [ "$(stat -c %a output/内部/比对/户.csv)" = 600 ]
    rm 去年/新户.csv
    run mingbai compare 去年 input -f csv
    ends 0
    grep -q "钱多多" output/内部/比对/户-进入.csv
    lacks output/内部/比对/户-退出.csv 钱多多
    run mingbai compare input 去年 input -f csv
    ends 0
    grep -q "^第1版→第2版.*钱多多" output/内部/比对/户-退出.csv
    grep -q "^第2版→第3版.*钱多多" output/内部/比对/户-进入.csv
}

@test "compare prints nothing private, even with -v" {
    cp -R input 去年
    sed -i '2s/990101[0-9]\{11\}[0-9X]/990101198001010014/' 去年/人.csv
    run mingbai compare 去年 input -v
    has "证件号码	■ → ■"
    hasnt 990101198001010014
    [[ ! $output =~ [0-9]{17} ]]
}

@test "compare takes single files, and two or three versions" {
    run mingbai compare input/村.csv input/村.csv
    ends 0
    run mingbai compare input
    ends 2
    has "[usage-versions]"
    run mingbai compare input input input input
    ends 2
    run mingbai compare input 前年
    ends 3
    has "[compare-missing]"
    rm -r output
    run mingbai compare input input --dry-run
    ends 0
    [ ! -e output ]
}

@test "compare says of a fault in which version it is" {
    cp -R input 去年
    cp -R "$root/tests/samples/dirty/bad-phone/." 去年/
    run mingbai compare 去年 input
    ends 1
    has "去年/户.csv:"
}
