/* SPDX-License-Identifier: Apache-2.0 */
#include "model/category.h"

#include "base/attr.h"

enum { WORD_BYTES = 40 };

static const struct row {
    as_str word, wider, help;
} rows[] = {
#define ROW(word, wider, help)                                                 \
    {                                                                          \
        AS_STR_INIT(word), AS_STR_INIT(wider), AS_STR_INIT(help)               \
    }
    ROW("semiconductor", "", "a chip or die of any kind"),
    ROW("memory", "semiconductor", "memory of any kind"),
    ROW("dram", "memory", "dynamic memory"),
    ROW("hbm", "dram", "high bandwidth memory, stacked"),
    ROW("nand", "memory", "flash memory of the NAND kind"),
    ROW("nor", "memory", "flash memory of the NOR kind"),
    ROW("processor", "semiconductor", "a processor or microcontroller"),
    ROW("accelerator", "processor", "a processor for machine learning"),
    ROW("logic", "semiconductor", "other logic, FPGA, ASIC"),
    ROW("analog", "semiconductor", "analogue and mixed signal"),
    ROW("power-semiconductor", "semiconductor", "power transistors, diodes"),
    ROW("rf-semiconductor", "semiconductor", "radio chips"),
    ROW("sensor", "semiconductor", "image and other sensors"),
    ROW("telecom", "", "equipment that carries or switches communication"),
    ROW("router", "telecom", "a router"),
    ROW("consumer-router", "router", "a router for homes, set up by its user"),
    ROW("switch", "telecom", "a network switch"),
    ROW("base-station", "telecom", "a cellular base station"),
    ROW("optical-transceiver", "telecom", "optical module of a network"),
    ROW("modem", "telecom", "a modem"),
    ROW("phone", "telecom", "a telephone or handset"),
    ROW("modular-transmitter", "telecom",
        "a radio module with an authorisation of its own"),
    ROW("cellular-module", "modular-transmitter", "a cellular radio module"),
    ROW("wifi-module", "modular-transmitter", "a wireless LAN radio module"),
    ROW("radio", "telecom", "two-way radio"),
    ROW("video-surveillance", "", "cameras and recorders that watch places"),
    ROW("camera", "video-surveillance", "a surveillance camera"),
    ROW("recorder", "video-surveillance", "a video recorder"),
    ROW("uas", "", "an unmanned aircraft system"),
    ROW("uas-component", "", "a critical component of one"),
    ROW("inverter", "", "a power inverter"),
    ROW("robot", "", "an advanced robot"),
    ROW("battery", "", "a battery of any form"),
    ROW("battery-cell", "battery", "one cell"),
    ROW("battery-module", "battery", "cells joined"),
    ROW("battery-pack", "battery", "modules with their electronics"),
    ROW("solar-cell", "", "a photovoltaic cell or module"),
    ROW("material", "", "raw or processed material"),
    ROW("polysilicon", "material", "polycrystalline silicon"),
    ROW("cotton", "material", "cotton"),
    ROW("aluminium", "material", "aluminium"),
    ROW("magnesium", "material", "magnesium"),
    ROW("rare-earth", "material", "rare earth metals, alloys, oxides"),
    ROW("rare-earth-magnet", "rare-earth", "magnets with rare earths"),
    ROW("fabrication-tool", "", "a machine that makes semiconductors"),
    ROW("lithography-tool", "fabrication-tool", "a lithography machine"),
    ROW("security-software", "", "antivirus and the like"),
    ROW("computer", "", "a computer, server or controller"),
    ROW("passive", "", "resistors, capacitors, inductors, crystals"),
    ROW("connector", "", "connectors, cables, switches worked by hand"),
    ROW("mechanical", "", "housings, screws, heat sinks"),
    ROW("circuit-board", "", "a bare board"),
#undef ROW
};

/* What others write for the same. */
static const struct {
    as_str text, word;
} synonyms[] = {
    {AS_STR_INIT("chip"), AS_STR_INIT("semiconductor")},
    {AS_STR_INIT("integratedcircuit"), AS_STR_INIT("semiconductor")},
    {AS_STR_INIT("ic"), AS_STR_INIT("semiconductor")},
    {AS_STR_INIT("flash"), AS_STR_INIT("memory")},
    {AS_STR_INIT("nandflash"), AS_STR_INIT("nand")},
    {AS_STR_INIT("emmc"), AS_STR_INIT("nand")},
    {AS_STR_INIT("norflash"), AS_STR_INIT("nor")},
    {AS_STR_INIT("microcontroller"), AS_STR_INIT("processor")},
    {AS_STR_INIT("cpu"), AS_STR_INIT("processor")},
    {AS_STR_INIT("soc"), AS_STR_INIT("processor")},
    {AS_STR_INIT("gpu"), AS_STR_INIT("accelerator")},
    {AS_STR_INIT("fpga"), AS_STR_INIT("logic")},
    {AS_STR_INIT("wifirouter"), AS_STR_INIT("router")},
    {AS_STR_INIT("wirelessrouter"), AS_STR_INIT("router")},
    {AS_STR_INIT("homerouter"), AS_STR_INIT("consumer-router")},
    {AS_STR_INIT("networkswitch"), AS_STR_INIT("switch")},
    {AS_STR_INIT("ipcamera"), AS_STR_INIT("camera")},
    {AS_STR_INIT("surveillancecamera"), AS_STR_INIT("camera")},
    {AS_STR_INIT("nvr"), AS_STR_INIT("recorder")},
    {AS_STR_INIT("dvr"), AS_STR_INIT("recorder")},
    {AS_STR_INIT("drone"), AS_STR_INIT("uas")},
    {AS_STR_INIT("unmannedaircraftsystem"), AS_STR_INIT("uas")},
    {AS_STR_INIT("powerinverter"), AS_STR_INIT("inverter")},
    {AS_STR_INIT("cell"), AS_STR_INIT("battery-cell")},
    {AS_STR_INIT("aluminum"), AS_STR_INIT("aluminium")},
    {AS_STR_INIT("resistor"), AS_STR_INIT("passive")},
    {AS_STR_INIT("capacitor"), AS_STR_INIT("passive")},
    {AS_STR_INIT("inductor"), AS_STR_INIT("passive")},
    {AS_STR_INIT("crystal"), AS_STR_INIT("passive")},
    {AS_STR_INIT("cable"), AS_STR_INIT("connector")},
    {AS_STR_INIT("housing"), AS_STR_INIT("mechanical")},
    {AS_STR_INIT("enclosure"), AS_STR_INIT("mechanical")},
    {AS_STR_INIT("pcb"), AS_STR_INIT("circuit-board")},
    {AS_STR_INIT("server"), AS_STR_INIT("computer")},
};

/* Letters and digits in lower case; empty when it is too long to be ours. */
static as_str fold(as_str s, char buf[static WORD_BYTES])
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        if (!as_ascii_is_alnum(s.p[i]))
            continue;
        if (n == WORD_BYTES)
            return AS_STR("");
        buf[n++] = as_ascii_lower(s.p[i]);
    }
    return as_str_of(buf, n);
}

as_str as_category_find(as_str text)
{
    char want[WORD_BYTES], have[WORD_BYTES];
    as_str folded = fold(text, want);

    if (folded.n == 0)
        return AS_ABSENT;
    for (size_t i = 0; i < AS_ARRAY_LEN(rows); i++)
        if (as_str_eq(fold(rows[i].word, have), folded))
            return rows[i].word;
    for (size_t i = 0; i < AS_ARRAY_LEN(synonyms); i++)
        if (as_str_eq(synonyms[i].text, folded))
            return synonyms[i].word;
    return AS_ABSENT;
}

static const struct row *find(as_str word)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(rows); i++)
        if (as_str_eq(rows[i].word, word))
            return &rows[i];
    return NULL;
}

static bool is_below(as_str narrow, as_str wide)
{
    const struct row *r = find(narrow);

    while (r && !as_str_eq(r->word, wide))
        r = r->wider.n ? find(r->wider) : NULL;
    return r != NULL;
}

as_category_relation as_category_compare(as_str a, as_str b)
{
    if (is_below(a, b))
        return AS_CATEGORY_IS;
    return is_below(b, a) ? AS_CATEGORY_WIDER : AS_CATEGORY_OTHER;
}

bool as_category_word(size_t i, as_str *ret_word, as_str *ret_help)
{
    if (i >= AS_ARRAY_LEN(rows))
        return false;
    *ret_word = rows[i].word;
    *ret_help = rows[i].help;
    return true;
}
