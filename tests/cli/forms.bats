#!/usr/bin/env bats
# Forms as a reader of the files gets them: what is drawn as a path is text all the same.

load common

# The golden case's form, which has every kind of cell.
form() {
    rm templates
    cp -R "$root/templates" templates
    cp -R "$root/tests/golden/form/templates/." templates/
    run mingbai render golden-form "$@"
    ends 0
}

@test "check boxes and blanks are drawn in the PDF and can be read and searched" {
    form -f pdf
    run pdftotext -layout output/入户/核查表.pdf -
    has "☐初查　☑复查　☒作废"
    has "日期：____年__月__日"
    has "☑安全　☐不安全"
    has "☑其他（缺劳动力）"
    has "户主签字：____"
    run pdffonts output/入户/核查表.pdf
    hasnt " no " # every face is embedded and has its characters' codes
    run qpdf --check output/入户/核查表.pdf
    ends 0
}

@test "a sheet holds every text of the grids in a form's cells" {
    form -f xlsx
    run /usr/bin/python3 -c 'import sys, zipfile
print(zipfile.ZipFile(sys.argv[1]).read("xl/sharedStrings.xml").decode())' output/入户/核查表.xlsx
    for text in 石旺光 徐凤莲 配偶 面积 结构 走访所见： ☑安全 ☐土木 照片; do
        has "$text"
    done
}

@test "a form over two pages breaks between rows, not in an inner grid" {
    rm templates
    cp -R "$root/templates" templates
    cp -R "$root/tests/golden/form/templates/." templates/
    sed -i 's/page: {width: 148, height: 210/page: {width: 148, height: 150/' templates/styles/small-form.yaml
    run mingbai render golden-form -f pdf
    ends 0
    run pdftotext -f 2 -layout output/入户/核查表.pdf -
    has 户主签字
    hasnt 徐凤莲
    run pdftotext -l 1 -layout output/入户/核查表.pdf -
    has 石旺光
    has 徐凤莲
}
