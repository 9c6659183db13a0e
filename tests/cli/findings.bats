#!/usr/bin/env bats
# Findings for other programs: JSON, CSV, how many of them.

load common

# Runs python3 over the JSON in $output.
json() {
    printf '%s' "$output" | /usr/bin/python3 -c "import json,sys; d = json.load(sys.stdin); $1"
}

only_stdout() {
    run bash -c '"$@" 2>/dev/null' _ "${MINGBAI_BUILD:-$root/build}/mingbai" "$@"
}

@test "check -f json: one object, with place, code, Frictionless type and counts" {
    dirt id-check
    only_stdout check -f json
    [ "$status" -eq 1 ]
    json "
e = [f for f in d['findings'] if f['level'] == 'error']
assert d['version'] == 1 and d['exit'] == 1 and d['levels']['error'] == {'count': len(e), 'left_out': 0}, d['levels']
f = next(f for f in e if f['code'] == 'value-id-check')
assert (f['file'], f['line'], f['column'], f['field'], f['type']) == ('人.csv', 2, 7, '证件号码', 'constraint-error'), f
assert f['message'] and f['hint'] and '990101' not in json.dumps(d), f"
}

@test "check -f csv: RFC 4180, the same findings" {
    dirt id-check
    only_stdout check -f csv
    [ "$status" -eq 1 ]
    printf '%s' "$output" | /usr/bin/python3 -c "
import csv, sys
rows = list(csv.DictReader(sys.stdin))
row = next(r for r in rows if r['code'] == 'value-id-check')
assert (row['file'], row['line'], row['column'], row['field']) == ('人.csv', '2', '7', '证件号码'), row
assert all(None not in r for r in rows)"
}

@test "check -f csv --for-excel: a byte order mark and no cell that begins a formula" {
    mkdir input/+甲
    printf '甲,乙\n1,2\n' > input/+甲/=1.csv
    only_stdout check -f csv
    ends 1 # a file that is no ledger
    printf '%s\n' "$output" > plain.csv
    only_stdout check -f csv --for-excel
    ends 1
    printf '%s\n' "$output" > excel.csv
    grep -q ',+甲/=1.csv,' plain.csv
    grep -q ",'+甲/=1.csv," excel.csv
    [ "$(head -c 3 excel.csv | od -An -tx1)" = " ef bb bf" ]
    [ "$(head -c 5 plain.csv)" = "code," ]
}

@test "messages in JSON are English with --lang en" {
    dirt id-check
    only_stdout check -f json --lang en
    json "assert any('check character' in f['message'] for f in d['findings'])"
}

@test "--max-errors: so many of each level, the rest is counted; the file has all" {
    dirt long-row
    run mingbai check
    all=$output
    run mingbai check --max-errors 1
    [ "$status" -eq 1 ]
    has "没有列出"
    [ "$(grep -c '^说明' <<<"$output")" -eq 1 ]
    [ "$(grep -c '^说明' output/检查结果.txt)" -gt 1 ]
    lacks output/检查结果.txt 没有列出
    only_stdout check -f json --max-errors 1
    json "assert d['levels']['note']['left_out'] == d['levels']['note']['count'] - 1
assert sum(f['level'] == 'note' for f in d['findings']) == 1"
}

@test "check: one form at a time, and one that there is" {
    run mingbai check -f json,csv
    ends 2
    has usage-format
    run mingbai check -f pdf
    ends 2
    has "text json csv xlsx"
    run mingbai check --max-errors some
    ends 2
    has usage-count
}

@test "a text that begins like a formula stays a text in workbooks" {
    awk -F, -v OFS=, 'NR == 2 { $NF = "=1+1" } 1' input/户.csv > new
    mv new input/户.csv
    run mingbai render household-register
    has "[value-formula-text]"
    /usr/bin/python3 -c "
import glob, openpyxl
cells = [c for path in glob.glob('output/内部/**/*.xlsx', recursive=True)
         for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for c in row]
found = [c.data_type for c in cells if c.value == '=1+1']
assert set(found) == {'s'}, found
assert not any(c.data_type == 'f' and '1+1' in str(c.value) for c in cells)
print(len(cells), len(found))"
}

@test "check -f xlsx writes a report that a later render does not call stale" {
    dirt bad-date
    run mingbai check -f xlsx
    ends 1
    [ -s output/内部/数据问题清单/石门村.xlsx ]
    [ -s output/内部/数据问题清单/汇总.xlsx ]
    run mingbai render -v
    hasnt "render-stale"
}
