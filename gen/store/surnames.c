/* Surnames that are read otherwise than the same characters elsewhere. */
#include <stddef.h>

#include "store/collation.h"

/* Readings: 现代汉语词典, entries 姓. The characters in the last column are ordered by ICU under that
 * reading; a unit test compares them with ICU's own transliteration. Two-character names first, so
 * that 单于 is not taken for 单. */
const struct surname surnames[] = {
    {"尉迟", "yù chí", "玉迟"},    {"万俟", "mò qí", "墨其"},    {"澹台", "tán tái", "谈台"},
    {"单于", "chán yú", "馋于"},   {"长孙", "zhǎng sūn", "掌孙"}, {"令狐", "líng hú", "零狐"},
    {"曾", "zēng", "增"},          {"单", "shàn", "善"},         {"解", "xiè", "谢"},
    {"仇", "qiú", "求"},           {"查", "zhā", "渣"},          {"区", "ōu", "欧"},
    {"任", "rén", "仁"},           {"盖", "gě", "舸"},           {"葛", "gě", "舸"},
    {"朴", "piáo", "瓢"},          {"缪", "miào", "妙"},         {"华", "huà", "画"},
    {"乐", "yuè", "月"},           {"繁", "pó", "婆"},           {"折", "shé", "蛇"},
    {"员", "yùn", "韵"},           {"贠", "yùn", "韵"},          {"覃", "qín", "琴"},
    {"种", "chóng", "虫"},         {"召", "shào", "绍"},         {"秘", "bì", "必"},
    {"薄", "bó", "博"},            {"都", "dū", "督"},           {"干", "gān", "甘"},
    {"过", "guō", "锅"},           {"黑", "hè", "贺"},           {"阚", "kàn", "看"},
    {"乜", "niè", "聂"},           {"牟", "mù", "木"},           {"逢", "páng", "旁"},
    {"肖", "xiāo", "箫"},          {"燕", "yān", "烟"},          {"翟", "zhái", "宅"},
    {"祭", "zhài", "债"},          {"句", "gōu", "沟"},          {"炅", "guì", "贵"},
    {"洗", "xiǎn", "显"},          {"佴", "nài", "耐"},          {"卜", "bǔ", "补"},
    {"适", "kuò", "扩"},           {"隗", "wěi", "伟"},
    {NULL, NULL, NULL},
};
