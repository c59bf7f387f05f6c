/* SPDX-License-Identifier: Apache-2.0 */
/* Countries by their names; see country.h. */
#include "model/country.h"

#include <stdlib.h>
#include <string.h>

struct code {
    char two[3], three[4];
    const char *name;
};

static const struct code codes[] = {
    {"AF", "AFG", "Afghanistan"},
    {"AX", "ALA", "Aland Islands"},
    {"AL", "ALB", "Albania"},
    {"DZ", "DZA", "Algeria"},
    {"AS", "ASM", "American Samoa"},
    {"AD", "AND", "Andorra"},
    {"AO", "AGO", "Angola"},
    {"AI", "AIA", "Anguilla"},
    {"AQ", "ATA", "Antarctica"},
    {"AG", "ATG", "Antigua and Barbuda"},
    {"AR", "ARG", "Argentina"},
    {"AM", "ARM", "Armenia"},
    {"AW", "ABW", "Aruba"},
    {"AU", "AUS", "Australia"},
    {"AT", "AUT", "Austria"},
    {"AZ", "AZE", "Azerbaijan"},
    {"BS", "BHS", "Bahamas"},
    {"BH", "BHR", "Bahrain"},
    {"BD", "BGD", "Bangladesh"},
    {"BB", "BRB", "Barbados"},
    {"BY", "BLR", "Belarus"},
    {"BE", "BEL", "Belgium"},
    {"BZ", "BLZ", "Belize"},
    {"BJ", "BEN", "Benin"},
    {"BM", "BMU", "Bermuda"},
    {"BT", "BTN", "Bhutan"},
    {"BO", "BOL", "Bolivia"},
    {"BQ", "BES", "Bonaire, Sint Eustatius and Saba"},
    {"BA", "BIH", "Bosnia and Herzegovina"},
    {"BW", "BWA", "Botswana"},
    {"BV", "BVT", "Bouvet Island"},
    {"BR", "BRA", "Brazil"},
    {"IO", "IOT", "British Indian Ocean Territory"},
    {"BN", "BRN", "Brunei Darussalam"},
    {"BG", "BGR", "Bulgaria"},
    {"BF", "BFA", "Burkina Faso"},
    {"BI", "BDI", "Burundi"},
    {"CV", "CPV", "Cabo Verde"},
    {"KH", "KHM", "Cambodia"},
    {"CM", "CMR", "Cameroon"},
    {"CA", "CAN", "Canada"},
    {"KY", "CYM", "Cayman Islands"},
    {"CF", "CAF", "Central African Republic"},
    {"TD", "TCD", "Chad"},
    {"CL", "CHL", "Chile"},
    {"CN", "CHN", "China"},
    {"CX", "CXR", "Christmas Island"},
    {"CC", "CCK", "Cocos (Keeling) Islands"},
    {"CO", "COL", "Colombia"},
    {"KM", "COM", "Comoros"},
    {"CG", "COG", "Congo"},
    {"CD", "COD", "Democratic Republic of the Congo"},
    {"CK", "COK", "Cook Islands"},
    {"CR", "CRI", "Costa Rica"},
    {"CI", "CIV", "Cote d'Ivoire"},
    {"HR", "HRV", "Croatia"},
    {"CU", "CUB", "Cuba"},
    {"CW", "CUW", "Curacao"},
    {"CY", "CYP", "Cyprus"},
    {"CZ", "CZE", "Czechia"},
    {"DK", "DNK", "Denmark"},
    {"DJ", "DJI", "Djibouti"},
    {"DM", "DMA", "Dominica"},
    {"DO", "DOM", "Dominican Republic"},
    {"EC", "ECU", "Ecuador"},
    {"EG", "EGY", "Egypt"},
    {"SV", "SLV", "El Salvador"},
    {"GQ", "GNQ", "Equatorial Guinea"},
    {"ER", "ERI", "Eritrea"},
    {"EE", "EST", "Estonia"},
    {"SZ", "SWZ", "Eswatini"},
    {"ET", "ETH", "Ethiopia"},
    {"FK", "FLK", "Falkland Islands"},
    {"FO", "FRO", "Faroe Islands"},
    {"FJ", "FJI", "Fiji"},
    {"FI", "FIN", "Finland"},
    {"FR", "FRA", "France"},
    {"GF", "GUF", "French Guiana"},
    {"PF", "PYF", "French Polynesia"},
    {"TF", "ATF", "French Southern Territories"},
    {"GA", "GAB", "Gabon"},
    {"GM", "GMB", "Gambia"},
    {"GE", "GEO", "Georgia"},
    {"DE", "DEU", "Germany"},
    {"GH", "GHA", "Ghana"},
    {"GI", "GIB", "Gibraltar"},
    {"GR", "GRC", "Greece"},
    {"GL", "GRL", "Greenland"},
    {"GD", "GRD", "Grenada"},
    {"GP", "GLP", "Guadeloupe"},
    {"GU", "GUM", "Guam"},
    {"GT", "GTM", "Guatemala"},
    {"GG", "GGY", "Guernsey"},
    {"GN", "GIN", "Guinea"},
    {"GW", "GNB", "Guinea-Bissau"},
    {"GY", "GUY", "Guyana"},
    {"HT", "HTI", "Haiti"},
    {"HM", "HMD", "Heard Island and McDonald Islands"},
    {"VA", "VAT", "Holy See"},
    {"HN", "HND", "Honduras"},
    {"HK", "HKG", "Hong Kong"},
    {"HU", "HUN", "Hungary"},
    {"IS", "ISL", "Iceland"},
    {"IN", "IND", "India"},
    {"ID", "IDN", "Indonesia"},
    {"IR", "IRN", "Iran"},
    {"IQ", "IRQ", "Iraq"},
    {"IE", "IRL", "Ireland"},
    {"IM", "IMN", "Isle of Man"},
    {"IL", "ISR", "Israel"},
    {"IT", "ITA", "Italy"},
    {"JM", "JAM", "Jamaica"},
    {"JP", "JPN", "Japan"},
    {"JE", "JEY", "Jersey"},
    {"JO", "JOR", "Jordan"},
    {"KZ", "KAZ", "Kazakhstan"},
    {"KE", "KEN", "Kenya"},
    {"KI", "KIR", "Kiribati"},
    {"KP", "PRK", "North Korea"},
    {"KR", "KOR", "South Korea"},
    {"KW", "KWT", "Kuwait"},
    {"KG", "KGZ", "Kyrgyzstan"},
    {"LA", "LAO", "Laos"},
    {"LV", "LVA", "Latvia"},
    {"LB", "LBN", "Lebanon"},
    {"LS", "LSO", "Lesotho"},
    {"LR", "LBR", "Liberia"},
    {"LY", "LBY", "Libya"},
    {"LI", "LIE", "Liechtenstein"},
    {"LT", "LTU", "Lithuania"},
    {"LU", "LUX", "Luxembourg"},
    {"MO", "MAC", "Macao"},
    {"MG", "MDG", "Madagascar"},
    {"MW", "MWI", "Malawi"},
    {"MY", "MYS", "Malaysia"},
    {"MV", "MDV", "Maldives"},
    {"ML", "MLI", "Mali"},
    {"MT", "MLT", "Malta"},
    {"MH", "MHL", "Marshall Islands"},
    {"MQ", "MTQ", "Martinique"},
    {"MR", "MRT", "Mauritania"},
    {"MU", "MUS", "Mauritius"},
    {"YT", "MYT", "Mayotte"},
    {"MX", "MEX", "Mexico"},
    {"FM", "FSM", "Micronesia"},
    {"MD", "MDA", "Moldova"},
    {"MC", "MCO", "Monaco"},
    {"MN", "MNG", "Mongolia"},
    {"ME", "MNE", "Montenegro"},
    {"MS", "MSR", "Montserrat"},
    {"MA", "MAR", "Morocco"},
    {"MZ", "MOZ", "Mozambique"},
    {"MM", "MMR", "Myanmar"},
    {"NA", "NAM", "Namibia"},
    {"NR", "NRU", "Nauru"},
    {"NP", "NPL", "Nepal"},
    {"NL", "NLD", "Netherlands"},
    {"NC", "NCL", "New Caledonia"},
    {"NZ", "NZL", "New Zealand"},
    {"NI", "NIC", "Nicaragua"},
    {"NE", "NER", "Niger"},
    {"NG", "NGA", "Nigeria"},
    {"NU", "NIU", "Niue"},
    {"NF", "NFK", "Norfolk Island"},
    {"MK", "MKD", "North Macedonia"},
    {"MP", "MNP", "Northern Mariana Islands"},
    {"NO", "NOR", "Norway"},
    {"OM", "OMN", "Oman"},
    {"PK", "PAK", "Pakistan"},
    {"PW", "PLW", "Palau"},
    {"PS", "PSE", "Palestine"},
    {"PA", "PAN", "Panama"},
    {"PG", "PNG", "Papua New Guinea"},
    {"PY", "PRY", "Paraguay"},
    {"PE", "PER", "Peru"},
    {"PH", "PHL", "Philippines"},
    {"PN", "PCN", "Pitcairn"},
    {"PL", "POL", "Poland"},
    {"PT", "PRT", "Portugal"},
    {"PR", "PRI", "Puerto Rico"},
    {"QA", "QAT", "Qatar"},
    {"RE", "REU", "Reunion"},
    {"RO", "ROU", "Romania"},
    {"RU", "RUS", "Russia"},
    {"RW", "RWA", "Rwanda"},
    {"BL", "BLM", "Saint Barthelemy"},
    {"SH", "SHN", "Saint Helena, Ascension and Tristan da Cunha"},
    {"KN", "KNA", "Saint Kitts and Nevis"},
    {"LC", "LCA", "Saint Lucia"},
    {"MF", "MAF", "Saint Martin"},
    {"PM", "SPM", "Saint Pierre and Miquelon"},
    {"VC", "VCT", "Saint Vincent and the Grenadines"},
    {"WS", "WSM", "Samoa"},
    {"SM", "SMR", "San Marino"},
    {"ST", "STP", "Sao Tome and Principe"},
    {"SA", "SAU", "Saudi Arabia"},
    {"SN", "SEN", "Senegal"},
    {"RS", "SRB", "Serbia"},
    {"SC", "SYC", "Seychelles"},
    {"SL", "SLE", "Sierra Leone"},
    {"SG", "SGP", "Singapore"},
    {"SX", "SXM", "Sint Maarten"},
    {"SK", "SVK", "Slovakia"},
    {"SI", "SVN", "Slovenia"},
    {"SB", "SLB", "Solomon Islands"},
    {"SO", "SOM", "Somalia"},
    {"ZA", "ZAF", "South Africa"},
    {"GS", "SGS", "South Georgia and the South Sandwich Islands"},
    {"SS", "SSD", "South Sudan"},
    {"ES", "ESP", "Spain"},
    {"LK", "LKA", "Sri Lanka"},
    {"SD", "SDN", "Sudan"},
    {"SR", "SUR", "Suriname"},
    {"SJ", "SJM", "Svalbard and Jan Mayen"},
    {"SE", "SWE", "Sweden"},
    {"CH", "CHE", "Switzerland"},
    {"SY", "SYR", "Syria"},
    {"TW", "TWN", "Taiwan"},
    {"TJ", "TJK", "Tajikistan"},
    {"TZ", "TZA", "Tanzania"},
    {"TH", "THA", "Thailand"},
    {"TL", "TLS", "Timor-Leste"},
    {"TG", "TGO", "Togo"},
    {"TK", "TKL", "Tokelau"},
    {"TO", "TON", "Tonga"},
    {"TT", "TTO", "Trinidad and Tobago"},
    {"TN", "TUN", "Tunisia"},
    {"TR", "TUR", "Turkey"},
    {"TM", "TKM", "Turkmenistan"},
    {"TC", "TCA", "Turks and Caicos Islands"},
    {"TV", "TUV", "Tuvalu"},
    {"UG", "UGA", "Uganda"},
    {"UA", "UKR", "Ukraine"},
    {"AE", "ARE", "United Arab Emirates"},
    {"GB", "GBR", "United Kingdom"},
    {"US", "USA", "United States"},
    {"UM", "UMI", "United States Minor Outlying Islands"},
    {"UY", "URY", "Uruguay"},
    {"UZ", "UZB", "Uzbekistan"},
    {"VU", "VUT", "Vanuatu"},
    {"VE", "VEN", "Venezuela"},
    {"VN", "VNM", "Viet Nam"},
    {"VG", "VGB", "British Virgin Islands"},
    {"VI", "VIR", "United States Virgin Islands"},
    {"WF", "WLF", "Wallis and Futuna"},
    {"EH", "ESH", "Western Sahara"},
    {"XK", "XKX", "Kosovo"},
    {"YE", "YEM", "Yemen"},
    {"ZM", "ZMB", "Zambia"},
    {"ZW", "ZWE", "Zimbabwe"},
};

/* Every spelling as its words in order of the alphabet, in the order of
 * these: found by halving. */
struct spelling {
    const char *key;
    char two[3];
};

static const struct spelling spellings[] = {
    {"a china hong kong r s", "HK"},
    {"a s u", "US"},
    {"administrative china hong kong region special", "HK"},
    {"administrative china macao region special", "MO"},
    {"administrative hong kong region special", "HK"},
    {"afghanistan", "AF"},
    {"africa republic south", "ZA"},
    {"africa south", "ZA"},
    {"african central rep", "CF"},
    {"african central republic", "CF"},
    {"aland islands", "AX"},
    {"albania", "AL"},
    {"algeria", "DZ"},
    {"america states united", "US"},
    {"american samoa", "AS"},
    {"andorra", "AD"},
    {"angola", "AO"},
    {"anguilla", "AI"},
    {"antarctica", "AQ"},
    {"antigua barbuda", "AG"},
    {"arab egypt republic", "EG"},
    {"arab emirates united", "AE"},
    {"arab jamahiriya libyan", "LY"},
    {"arab republic syrian", "SY"},
    {"arabia kingdom saudi", "SA"},
    {"arabia saudi", "SA"},
    {"argentina", "AR"},
    {"armenia", "AM"},
    {"aruba", "AW"},
    {"ascension cunha da helena saint tristan", "SH"},
    {"australia", "AU"},
    {"austria", "AT"},
    {"azerbaijan", "AZ"},
    {"bahamas", "BS"},
    {"bahrain", "BH"},
    {"bangladesh", "BD"},
    {"bank gaza west", "PS"},
    {"bank west", "PS"},
    {"barbados", "BB"},
    {"barthelemy saint", "BL"},
    {"belarus", "BY"},
    {"belarus republic", "BY"},
    {"belgium", "BE"},
    {"belize", "BZ"},
    {"benin", "BJ"},
    {"bermuda", "BM"},
    {"bhutan", "BT"},
    {"bissau guinea", "GW"},
    {"bolivarian republic venezuela", "VE"},
    {"bolivia", "BO"},
    {"bolivia plurinational state", "BO"},
    {"bonaire eustatius saba sint", "BQ"},
    {"bosnia", "BA"},
    {"bosnia herzegovina", "BA"},
    {"botswana", "BW"},
    {"bouvet island", "BV"},
    {"brazil", "BR"},
    {"brazzaville congo", "CG"},
    {"britain", "GB"},
    {"britain great", "GB"},
    {"britain great ireland kingdom northern united", "GB"},
    {"british indian ocean territory", "IO"},
    {"british islands virgin", "VG"},
    {"brunei", "BN"},
    {"brunei darussalam", "BN"},
    {"bulgaria", "BG"},
    {"burkina faso", "BF"},
    {"burma", "MM"},
    {"burma myanmar", "MM"},
    {"burundi", "BI"},
    {"cabo verde", "CV"},
    {"caicos islands turks", "TC"},
    {"caledonia new", "NC"},
    {"cambodia", "KH"},
    {"cameroon", "CM"},
    {"canada", "CA"},
    {"cape verde", "CV"},
    {"cayman islands", "KY"},
    {"chad", "TD"},
    {"chile", "CL"},
    {"china", "CN"},
    {"china hong kong", "HK"},
    {"china mainland", "CN"},
    {"china p r", "CN"},
    {"china people republic s", "CN"},
    {"china peoples republic", "CN"},
    {"china pr", "CN"},
    {"china province taiwan", "TW"},
    {"china republic taiwan", "TW"},
    {"chinese taipei", "TW"},
    {"christmas island", "CX"},
    {"city holy see vatican", "VA"},
    {"city state vatican", "VA"},
    {"city vatican", "VA"},
    {"coast ivory", "CI"},
    {"cocos islands keeling", "CC"},
    {"colombia", "CO"},
    {"comoros", "KM"},
    {"congo", "CG"},
    {"congo democratic republic", "CD"},
    {"congo dr", "CD"},
    {"congo kinshasa", "CD"},
    {"congo republic", "CG"},
    {"cook islands", "CK"},
    {"costa rica", "CR"},
    {"cote d ivoire", "CI"},
    {"crimea", "UA"},
    {"crimea region", "UA"},
    {"crimea region ukraine", "UA"},
    {"crimea ukraine", "UA"},
    {"croatia", "HR"},
    {"cuba", "CU"},
    {"curacao", "CW"},
    {"cyprus", "CY"},
    {"czech republic", "CZ"},
    {"czechia", "CZ"},
    {"democratic korea people republic s", "KP"},
    {"democratic korea peoples republic", "KP"},
    {"democratic lao people republic s", "LA"},
    {"democratic lao peoples republic", "LA"},
    {"denmark", "DK"},
    {"djibouti", "DJ"},
    {"dominica", "DM"},
    {"dominican republic", "DO"},
    {"donetsk region", "UA"},
    {"dprk", "KP"},
    {"drc", "CD"},
    {"east timor", "TL"},
    {"ecuador", "EC"},
    {"egypt", "EG"},
    {"el salvador", "SV"},
    {"england", "GB"},
    {"equatorial guinea", "GQ"},
    {"eritrea", "ER"},
    {"estonia", "EE"},
    {"eswatini", "SZ"},
    {"ethiopia", "ET"},
    {"falkland islands", "FK"},
    {"falkland islands malvinas", "FK"},
    {"faroe islands", "FO"},
    {"federal germany republic", "DE"},
    {"federated micronesia states", "FM"},
    {"federation russian", "RU"},
    {"fiji", "FJ"},
    {"finland", "FI"},
    {"former macedonia republic yugoslav", "MK"},
    {"france", "FR"},
    {"french guiana", "GF"},
    {"french polynesia", "PF"},
    {"french southern territories", "TF"},
    {"futuna wallis", "WF"},
    {"gabon", "GA"},
    {"gambia", "GM"},
    {"gaza", "PS"},
    {"gaza region", "PS"},
    {"gaza strip", "PS"},
    {"georgia", "GE"},
    {"georgia islands sandwich south south", "GS"},
    {"germany", "DE"},
    {"ghana", "GH"},
    {"gibraltar", "GI"},
    {"greece", "GR"},
    {"greenland", "GL"},
    {"grenada", "GD"},
    {"grenadines saint vincent", "VC"},
    {"grenadines st vincent", "VC"},
    {"guadeloupe", "GP"},
    {"guam", "GU"},
    {"guatemala", "GT"},
    {"guernsey", "GG"},
    {"guinea", "GN"},
    {"guinea new papua", "PG"},
    {"guyana", "GY"},
    {"haiti", "HT"},
    {"heard island islands mcdonald", "HM"},
    {"helena saint", "SH"},
    {"holland", "NL"},
    {"holy see", "VA"},
    {"honduras", "HN"},
    {"hong kong", "HK"},
    {"hong kong sar", "HK"},
    {"hungary", "HU"},
    {"iceland", "IS"},
    {"india", "IN"},
    {"indonesia", "ID"},
    {"iran", "IR"},
    {"iran islamic republic", "IR"},
    {"iraq", "IQ"},
    {"ireland", "IE"},
    {"ireland northern", "GB"},
    {"island norfolk", "NF"},
    {"islands mariana northern", "MP"},
    {"islands marshall", "MH"},
    {"islands minor outlying states united", "UM"},
    {"islands s u virgin", "VI"},
    {"islands solomon", "SB"},
    {"islands states united virgin", "VI"},
    {"isle man", "IM"},
    {"israel", "IL"},
    {"italy", "IT"},
    {"jamaica", "JM"},
    {"jan mayen svalbard", "SJ"},
    {"japan", "JP"},
    {"jersey", "JE"},
    {"jordan", "JO"},
    {"kazakhstan", "KZ"},
    {"kenya", "KE"},
    {"kherson region", "UA"},
    {"kingdom netherlands", "NL"},
    {"kingdom united", "GB"},
    {"kiribati", "KI"},
    {"kitts nevis saint", "KN"},
    {"kitts nevis st", "KN"},
    {"korea", "KR"},
    {"korea north", "KP"},
    {"korea republic", "KR"},
    {"korea south", "KR"},
    {"kosovo", "XK"},
    {"kosovo republic", "XK"},
    {"kuwait", "KW"},
    {"kyrgyz republic", "KG"},
    {"kyrgyzstan", "KG"},
    {"lanka sri", "LK"},
    {"lao", "LA"},
    {"laos", "LA"},
    {"latvia", "LV"},
    {"lebanon", "LB"},
    {"leone sierra", "SL"},
    {"lesotho", "LS"},
    {"leste timor", "TL"},
    {"liberia", "LR"},
    {"libya", "LY"},
    {"libya state", "LY"},
    {"liechtenstein", "LI"},
    {"lithuania", "LT"},
    {"lucia saint", "LC"},
    {"lucia st", "LC"},
    {"luhansk region", "UA"},
    {"luxembourg", "LU"},
    {"maarten sint", "SX"},
    {"macao", "MO"},
    {"macao sar", "MO"},
    {"macau", "MO"},
    {"macau sar", "MO"},
    {"macedonia", "MK"},
    {"macedonia north", "MK"},
    {"macedonia north republic", "MK"},
    {"madagascar", "MG"},
    {"malawi", "MW"},
    {"malaysia", "MY"},
    {"maldives", "MV"},
    {"mali", "ML"},
    {"malta", "MT"},
    {"marino san", "SM"},
    {"martin saint", "MF"},
    {"martinique", "MQ"},
    {"mauritania", "MR"},
    {"mauritius", "MU"},
    {"mayotte", "YT"},
    {"mexico", "MX"},
    {"micronesia", "FM"},
    {"miquelon pierre saint", "PM"},
    {"moldova", "MD"},
    {"moldova republic", "MD"},
    {"monaco", "MC"},
    {"mongolia", "MN"},
    {"montenegro", "ME"},
    {"montserrat", "MS"},
    {"morocco", "MA"},
    {"mozambique", "MZ"},
    {"myanmar", "MM"},
    {"nam viet", "VN"},
    {"namibia", "NA"},
    {"nauru", "NR"},
    {"nepal", "NP"},
    {"netherlands", "NL"},
    {"new zealand", "NZ"},
    {"nicaragua", "NI"},
    {"niger", "NE"},
    {"nigeria", "NG"},
    {"niue", "NU"},
    {"norway", "NO"},
    {"occupied palestinian territories", "PS"},
    {"occupied palestinian territory", "PS"},
    {"oman", "OM"},
    {"pakistan", "PK"},
    {"palau", "PW"},
    {"palestine", "PS"},
    {"palestine state", "PS"},
    {"palestinian", "PS"},
    {"palestinian territories", "PS"},
    {"panama", "PA"},
    {"paraguay", "PY"},
    {"peru", "PE"},
    {"philippines", "PH"},
    {"pitcairn", "PN"},
    {"poland", "PL"},
    {"portugal", "PT"},
    {"prc", "CN"},
    {"principe sao tome", "ST"},
    {"puerto rico", "PR"},
    {"qatar", "QA"},
    {"region zaporizhzhia", "UA"},
    {"republic serbia", "RS"},
    {"republic socialist vietnam", "VN"},
    {"republic somali", "SO"},
    {"republic tanzania united", "TZ"},
    {"republic turkey", "TR"},
    {"republic turkiye", "TR"},
    {"republic yemen", "YE"},
    {"reunion", "RE"},
    {"romania", "RO"},
    {"russia", "RU"},
    {"rwanda", "RW"},
    {"s u", "US"},
    {"sahara western", "EH"},
    {"samoa", "WS"},
    {"scotland", "GB"},
    {"senegal", "SN"},
    {"serbia", "RS"},
    {"seychelles", "SC"},
    {"singapore", "SG"},
    {"slovakia", "SK"},
    {"slovenia", "SI"},
    {"somalia", "SO"},
    {"south sudan", "SS"},
    {"spain", "ES"},
    {"states united", "US"},
    {"sudan", "SD"},
    {"suriname", "SR"},
    {"swaziland", "SZ"},
    {"sweden", "SE"},
    {"switzerland", "CH"},
    {"syria", "SY"},
    {"taiwan", "TW"},
    {"tajikistan", "TJ"},
    {"tanzania", "TZ"},
    {"thailand", "TH"},
    {"tobago trinidad", "TT"},
    {"togo", "TG"},
    {"tokelau", "TK"},
    {"tonga", "TO"},
    {"tunisia", "TN"},
    {"turkey", "TR"},
    {"turkiye", "TR"},
    {"turkmenistan", "TM"},
    {"tuvalu", "TV"},
    {"uae", "AE"},
    {"uganda", "UG"},
    {"uk", "GB"},
    {"ukraine", "UA"},
    {"uruguay", "UY"},
    {"uzbekistan", "UZ"},
    {"vanuatu", "VU"},
    {"vatican", "VA"},
    {"venezuela", "VE"},
    {"vietnam", "VN"},
    {"wales", "GB"},
    {"yemen", "YE"},
    {"zaire", "CD"},
    {"zambia", "ZM"},
    {"zimbabwe", "ZW"},
};
enum { MAX_WORDS = 12, MAX_BYTES = 96 };

/* A name as its words in order of the alphabet, without those that say
 * nothing. */
struct key {
    char text[MAX_BYTES];
    const char *words[MAX_WORDS];
    size_t n;
};

/* The letter without its accent of a character of U+00C0 to U+00FF and U+0130,
 * U+0131, or 0. */
static char plain_letter(unsigned char first, unsigned char second)
{
    static const char latin[] =
        "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiii"
        "idnooooo ouuuuyty";

    if (first == 0xC3 && second >= 0x80 && second < 0xC0)
        return latin[second - 0x80];
    return first == 0xC4 && (second == 0xB0 || second == 0xB1) ? 'i' : 0;
}

/* Letters and digits in lower case, one blank between words. */
static bool fold(as_str s, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < s.n; i++) {
        char c = as_ascii_lower(s.p[i]);
        if ((unsigned char)c >= 0x80 && i + 1 < s.n) {
            c = plain_letter((unsigned char)s.p[i], (unsigned char)s.p[i + 1]);
            if (c)
                i++;
        }
        if (!as_ascii_is_alnum(c))
            c = ' ';
        if (c == ' ' && (n == 0 || out[n - 1] == ' '))
            continue;
        if (n + 1 >= MAX_BYTES)
            return false;
        out[n++] = c;
    }
    out[n] = 0;
    return n > 0;
}

static bool says_nothing(const char *word)
{
    return strcmp(word, "the") == 0 || strcmp(word, "of") == 0 ||
           strcmp(word, "and") == 0;
}

static bool key_of(as_str s, struct key *k)
{
    char *at = k->text, *space;

    k->n = 0;
    if (!fold(s, k->text))
        return false;
    for (; at && *at; at = space) {
        size_t i = k->n;
        space = strchr(at, ' ');
        if (space)
            *space++ = 0;
        if (says_nothing(at))
            continue;
        if (k->n == MAX_WORDS)
            return false;
        for (k->n++; i > 0 && strcmp(k->words[i - 1], at) > 0; i--)
            k->words[i] = k->words[i - 1];
        k->words[i] = at;
    }
    return k->n > 0;
}

static void joined(const struct key *k, char *out)
{
    size_t n = 0;

    for (size_t i = 0; i < k->n; i++) {
        size_t len = strlen(k->words[i]);
        if (i)
            out[n++] = ' ';
        memcpy(out + n, k->words[i], len);
        n += len;
    }
    out[n] = 0;
}

static int compare(const void *key, const void *row)
{
    return strcmp(key, ((const struct spelling *)row)->key);
}

/* Two letters, or three. */
static as_str by_code(as_str s)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(codes); i++)
        if (as_str_eq_nocase(s, as_str_c(codes[i].two)) ||
            as_str_eq_nocase(s, as_str_c(codes[i].three)))
            return as_str_c(codes[i].two);
    return AS_ABSENT;
}

as_str as_country_code(as_str text)
{
    as_str s = as_str_trim(text), code = AS_ABSENT;
    const struct spelling *found;
    char key[MAX_BYTES];
    struct key words;

    if (s.n < 2 || s.n > MAX_BYTES)
        return AS_ABSENT;
    if (s.n <= 3)
        code = by_code(s);
    if (code.p || !key_of(s, &words))
        return code;
    joined(&words, key);
    found = bsearch(key, spellings, AS_ARRAY_LEN(spellings), sizeof *spellings,
                    compare);
    return found ? as_str_c(found->two) : AS_ABSENT;
}

bool as_country_is_code(as_str code)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(codes); i++)
        if (as_str_eq(code, as_str_c(codes[i].two)))
            return true;
    return false;
}

as_str as_country_name(as_str code)
{
    for (size_t i = 0; i < AS_ARRAY_LEN(codes); i++)
        if (as_str_eq(code, as_str_c(codes[i].two)))
            return as_str_c(codes[i].name);
    return AS_ABSENT;
}
