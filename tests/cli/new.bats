#!/usr/bin/env bats
# mingbai new: an empty working folder.

load common

@test "new makes a folder of one's own with settings, a workbook, a word of explanation" {
    run mingbai new 石门村/今年
    ends 0
    has 石门村/今年/input/设置.csv
    [ "$(find 石门村/今年 -type f | sort | tr '\n' ' ')" = \
      "石门村/今年/input/台账.xlsx 石门村/今年/input/设置.csv 石门村/今年/说明.txt " ]
    [ "$(stat -c %a 石门村/今年 石门村/今年/input | sort -u)" = 700 ]
    [ "$(find 石门村/今年 -type f -exec stat -c %a {} + | sort -u)" = 600 ]
    [ -z "$(temporaries 石门村)" ]
    head -c 3 石门村/今年/input/设置.csv | od -An -tx1 | grep -q "ef bb bf"
    grep -q "^年度,," 石门村/今年/input/设置.csv
}

@test "new fills an empty folder that is there, and leaves its mode" {
    mkdir -m 755 empty
    run mingbai new empty
    ends 0
    [ -f empty/input/台账.xlsx ]
    [ "$(stat -c %a empty)" = 755 ]
}

@test "new refuses a folder with something in it, also something hidden, and a file" {
    mkdir full
    touch full/.hidden
    run mingbai new full
    ends 2
    has usage-folder-full
    [ "$(ls -A full)" = .hidden ]
    echo mine > file
    run mingbai new file
    ends 2
    has usage-folder-full
    [ "$(cat file)" = mine ]
}

@test "new wants exactly one name" {
    run mingbai new
    ends 2
    has "[usage-folder]"
    run mingbai new a b
    ends 2
    has "[usage-folder]"
    [ ! -e a ]
}

@test "new leaves nothing half made when it cannot write" {
    without_rights
    mkdir closed
    chmod 555 closed
    run $as "$program" new closed/a
    ends 3
    has file-folder
    [ ! -e closed/a ]
}

@test "new tells of a schema that cannot be read, and writes nothing" {
    rm templates
    cp -R "$root/templates" .
    echo "name: [" > templates/ledgers/错.yaml
    run mingbai new a
    ends 2
    has 错.yaml
    [ ! -e a ]
}

@test "a new folder works when its settings are written" {
    mingbai new a > /dev/null
    sed -i 's/^年度,,/年度,2026,/' a/input/设置.csv
    cp -R input/户.csv input/人.csv input/村.csv input/公示.csv input/动态调整.csv a/input/
    run mingbai render 脱贫退出公示 -i a/input -o a/output
    has "共 0 处错误"
    ends 0
    [ -n "$(find a/output/公开 -name '*.pdf')" ]
}
