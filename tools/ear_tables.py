# SPDX-License-Identifier: Apache-2.0
"""What a person read and decided, for tools/ear-facts.py: codes of countries,
the closed table of sentences, and rows whose reach no pattern reads."""
import re

# ISO 3166-1 alpha-2 by the name in the country chart (supplement no. 1 to part
# 738). Regions and territories that the EAR names have codes of our own.
CODES = {}
for pair in '''
AF Afghanistan|AL Albania|DZ Algeria|AD Andorra|AO Angola
AG Antigua and Barbuda|AR Argentina|AM Armenia|AW Aruba|AU Australia
AT Austria|AZ Azerbaijan|BS Bahamas, The|BH Bahrain|BD Bangladesh|BB Barbados
BY Belarus|BE Belgium|BZ Belize|BJ Benin|BT Bhutan|BO Bolivia
BA Bosnia and Herzegovina|BW Botswana|BR Brazil|BN Brunei|BG Bulgaria
BF Burkina Faso|MM Burma|BI Burundi|KH Cambodia|CM Cameroon|CA Canada
CV Cape Verde|CF Central African Republic|TD Chad|CL Chile|CN China
CO Colombia|KM Comoros|CD Congo (Democratic Republic of the)
CG Congo (Republic of the)|CR Costa Rica|CI Cote d'Ivoire|HR Croatia
CW Curaçao|CY Cyprus|CZ Czech Republic|DK Denmark|DJ Djibouti|DM Dominica
DO Dominican Republic|EC Ecuador|EG Egypt|SV El Salvador
GQ Equatorial Guinea|ER Eritrea|EE Estonia|SZ Eswatini|ET Ethiopia|FJ Fiji
FI Finland|FR France|GA Gabon|GM Gambia, The|GE Georgia|DE Germany|GH Ghana
GR Greece|GD Grenada|GT Guatemala|GN Guinea|GW Guinea-Bissau|GY Guyana
HT Haiti|HN Honduras|HU Hungary|IS Iceland|IN India|ID Indonesia|IQ Iraq
IE Ireland|IL Israel|IT Italy|JM Jamaica|JP Japan|JO Jordan|KZ Kazakhstan
KE Kenya|KI Kiribati|KR Korea, South|XK Kosovo|KW Kuwait|KG Kyrgyzstan
LA Laos|LV Latvia|LB Lebanon|LS Lesotho|LR Liberia|LY Libya
LI Liechtenstein|LT Lithuania|LU Luxembourg|MO Macau|MG Madagascar|MW Malawi
MY Malaysia|MV Maldives|ML Mali|MT Malta|MH Marshall Islands|MR Mauritania
MU Mauritius|MX Mexico|FM Micronesia (Federated State of)|MD Moldova
MC Monaco|MN Mongolia|ME Montenegro|MA Morocco|MZ Mozambique|NA Namibia
NR Nauru|NP Nepal|NL Netherlands|NZ New Zealand|NI Nicaragua|NE Niger
NG Nigeria|MK North Macedonia|NO Norway|OM Oman|PK Pakistan|PW Palau
PA Panama|PG Papua New Guinea|PY Paraguay|PE Peru|PH Philippines|PL Poland
PT Portugal|QA Qatar|RO Romania|RU Russia|RW Rwanda|KN St. Kitts and Nevis
LC St. Lucia|VC St. Vincent and the Grenadines|WS Samoa|SM San Marino
ST Sao Tome and Principe|SA Saudi Arabia|SN Senegal|RS Serbia|SC Seycheles
SL Sierra Leone|SG Singapore
SX Sint Maarten (the Dutch two-fifths of the island of Saint Martin)
SK Slovakia|SI Slovenia|SB Solomon Islands|SO Somalia|ZA South Africa
SS South Sudan, Republic of|ES Spain|LK Sri Lanka|SD Sudan|SR Suriname
SE Sweden|CH Switzerland|TW Taiwan|TJ Tajikistan|TZ Tanzania|TH Thailand
TL Timor-Leste|TG Togo|TO Tonga|TT Trinidad and Tobago|TN Tunisia
TR Türkiye|TM Turkmenistan|TV Tuvalu|UG Uganda|UA Ukraine
AE United Arab Emirates|GB United Kingdom|UY Uruguay|UZ Uzbekistan
VU Vanuatu|VA Vatican City|VE Venezuela|VN Vietnam|EH Western Sahara|YE Yemen
ZM Zambia|ZW Zimbabwe|CU Cuba|IR Iran|KP Korea, North|SY Syria
'''.strip().replace('\n', '|').split('|'):
    CODES[pair[3:]] = pair[:2]

# Names by which the country groups (supplement no. 1 to part 740) differ.
GROUP_NAMES = {
    'Bosnia & Herzegovina': 'BA', 'China (PRC)': 'CN',
    'Congo (Democratic Republic of)': 'CD', "Cote d'lvoire": 'CI',
    'Micronesia, Federated States of': 'FM', 'Saint Kitts & Nevis': 'KN',
    'Saint Lucia': 'LC', 'Saint Vincent and the Grenadines': 'VC',
    'Sao Tome & Principe': 'ST', 'Seychelles': 'SC', 'The Bahamas': 'BS',
    'Trinidad & Tobago': 'TT', 'United States': 'US',
}

# Name to show where the chart's own is mistyped or long.
SHOWN = {'SC': 'Seychelles', 'SX': 'Sint Maarten', 'US': 'United States',
         'KR': 'South Korea', 'KP': 'North Korea', 'BS': 'Bahamas',
         'GM': 'Gambia', 'SS': 'South Sudan', 'FM': 'Micronesia',
         'CD': 'Congo (Democratic Republic of the)',
         'CG': 'Congo (Republic of the)'}

OTHER_NAMES = {
    'CN': ["People's Republic of China", 'PRC', 'Mainland China', 'CHN'],
    'KR': ['Republic of Korea', 'ROK', 'Korea (Republic of)', 'KOR'],
    'KP': ['DPRK', "Democratic People's Republic of Korea", 'PRK'],
    'MM': ['Myanmar'], 'TR': ['Turkey', 'Turkiye'],
    'CI': ["Côte d'Ivoire", 'Ivory Coast'], 'AE': ['UAE', 'Emirates'],
    'GB': ['UK', 'Great Britain', 'Britain', 'GBR'],
    'US': ['USA', 'United States of America', 'U.S.', 'Puerto Rico', 'PR',
           'Guam', 'GU', 'American Samoa', 'US Virgin Islands', 'VI',
           'Northern Mariana Islands', 'MP',
           'US Minor Outlying Islands', 'UM'],
    'RU': ['Russian Federation', 'RUS'], 'CZ': ['Czechia'],
    'VN': ['Viet Nam'], 'MO': ['Macao', 'Macau SAR'],
    'VA': ['Holy See', 'Vatican'], 'TL': ['East Timor'],
    'SZ': ['Swaziland'], 'MK': ['Macedonia'], 'CV': ['Cabo Verde'],
    'CD': ['DRC', 'Democratic Republic of the Congo'],
    'CG': ['Republic of the Congo'], 'SX': ['St. Maarten'],
    'BN': ['Brunei Darussalam'], 'LA': ["Lao People's Democratic Republic"],
    'SY': ['Syrian Arab Republic'], 'IR': ['Iran, Islamic Republic of'],
    'MD': ['Republic of Moldova'], 'TZ': ['United Republic of Tanzania'],
    'BO': ['Bolivia, Plurinational State of'], 'JP': ['JPN'],
    'VE': ['Venezuela, Bolivarian Republic of'], 'TW': ['TWN'],
    'NL': ['Holland', 'NLD'], 'DE': ['DEU'], 'IN': ['IND'],
    'KN': ['Saint Kitts and Nevis'], 'CW': ['Curacao'],
}

# Destinations without a row of their own, and whose row they take.
TERRITORIES = [
    {'code': 'HK', 'name': 'Hong Kong', 'also': ['Hong Kong SAR'],
     'row': 'CN', 'basis': '85 FR 83788'},
    {'code': 'UA-43', 'name': 'Crimea', 'also': ['Sevastopol', 'UA-40'],
     'row': 'UA', 'basis': '746.6', 'embargo': '746.6'},
    {'code': 'UA-14', 'name': 'Donetsk region (so-called DNR)',
     'also': ['DNR', 'Donetsk'], 'row': 'UA', 'basis': '746.6',
     'embargo': '746.6'},
    {'code': 'UA-09', 'name': 'Luhansk region (so-called LNR)',
     'also': ['LNR', 'Luhansk'], 'row': 'UA', 'basis': '746.6',
     'embargo': '746.6'},
]

# Territories, possessions and departments (738.3(b)), by whose they are.
POSSESSIONS = {
    'AU': {'CC': 'Cocos (Keeling) Islands', 'CX': 'Christmas Island',
           'HM': 'Heard and McDonald Islands', 'NF': 'Norfolk Island'},
    'DK': {'FO': 'Faroe Islands', 'GL': 'Greenland'},
    'FI': {'AX': 'Aland Islands'},
    'FR': {'BL': 'Saint Barthelemy', 'GF': 'French Guiana',
           'GP': 'Guadeloupe', 'MF': 'Saint Martin (French part)',
           'MQ': 'Martinique', 'NC': 'New Caledonia',
           'PF': 'French Polynesia', 'PM': 'Saint Pierre and Miquelon',
           'RE': 'Reunion', 'TF': 'French Southern Territories',
           'WF': 'Wallis and Futuna', 'YT': 'Mayotte'},
    'GB': {'AI': 'Anguilla', 'BM': 'Bermuda', 'FK': 'Falkland Islands',
           'GG': 'Guernsey', 'GI': 'Gibraltar',
           'GS': 'South Georgia and the South Sandwich Islands',
           'IM': 'Isle of Man', 'IO': 'British Indian Ocean Territory',
           'JE': 'Jersey', 'KY': 'Cayman Islands', 'MS': 'Montserrat',
           'PN': 'Pitcairn', 'SH': 'Saint Helena',
           'TC': 'Turks and Caicos Islands',
           'VG': 'British Virgin Islands'},
    'NL': {'BQ': 'Bonaire, Sint Eustatius and Saba'},
    'NO': {'BV': 'Bouvet Island', 'SJ': 'Svalbard and Jan Mayen'},
    'NZ': {'TK': 'Tokelau'},
}
TERRITORIES += [
    {'code': code, 'name': name, 'also': [], 'row': row, 'basis': '738.3(b)'}
    for row, places in POSSESSIONS.items() for code, name in places.items()]

EMBARGO = {'CU': '746.2', 'IR': '746.7', 'KP': '746.4', 'SY': '746.9'}

# The sentences that stand where a row names no column. `to` is read from left
# to right: a code or group adds, "-" takes away, "?" makes unknown, "*" is all;
# `from` likewise, of where the item leaves. `effect`: "itar" not under the EAR,
# "none" no requirement, "read" what the sources do not hold.
# `earlier` is what stood there before `since`, from `earlier_since` on; `note`
# goes with the answer where only the wider rule names the place; `deemed`
# "no": not for deemed exports and reexports.
# (id, section, to, extra, pattern of the sentence)
DIFFUSION = ('AI diffusion rule of 2025-01-13 (90 FR 4544): BIS said on '
             '2025-05-13 that it is to be rescinded and is not enforced, but '
             'the text stands in the edition')
NOT_DEEMED = {'deemed': 'no'}
RULES = [
    ('CN-RU-VE', '742.6(a)(7)', 'CN RU VE', {},
     r'^China, Russia,? or Venezuela'),
    ('WORLD-NS', '742.4(a)(5)', '*', {'since': '2024-09-06'},
     r'^Worldwide control\. See § 742\.4\(a\)\(5\)'),
    ('WORLD-RS', '742.6(a)(10)', '*', {'since': '2024-09-06'},
     r'^Worldwide control\. See § 742\.6\(a\)\(10\)'),
    ('AC-WORLD', '742.6(a)(6)(iii)(A)', '*',
     {'since': '2025-01-13', 'earlier': 'D:1 D:4 D:5 -A:5 -A:6 AE',
      'earlier_since': '2023-11-17', 'note': DIFFUSION, **NOT_DEEMED},
     r'^To or within any destination worldwide.*\(iii\)\(A\)'),
    ('AI-WORLD', '742.6(a)(13)', '*',
     {'since': '2025-01-13', 'note': DIFFUSION},
     r'^To or within any destination worldwide\. See § 742\.6\(a\)\(13\)'),
    ('AC-GROUPS', '742.6(a)(6)(iii)(B)', 'D:1 D:4 D:5 -A:5 -A:6 AE',
     {'since': '2023-11-17', **NOT_DEEMED},
     r'^To or within the United Arab Emirates or destinations specified'),
    ('AC-TECH', '742.6(a)(6)(iii)', 'D:1 D:4 D:5 -A:5 -A:6',
     {'since': '2023-11-17', **NOT_DEEMED},
     r'^To or within destinations specified in Country Groups D:1, D:4'),
    ('AC-FROM', '742.6(a)(6)(ii)', '*',
     {'from': 'MO D:5', 'since': '2023-11-17', **NOT_DEEMED},
     r'^Worldwide \(see § 742\.6\(a\)\(6\)\(ii\)\)'),
    ('SME-NS', '742.4(a)(4)', 'MO D:5', {'since': '2023-11-17', **NOT_DEEMED},
     r'^To or within Macau.*742\.4\(a\)\(4\)'),
    ('SME-RS', '742.6(a)(6)(i)', 'MO D:5',
     {'since': '2023-11-17', **NOT_DEEMED},
     r'^To or within Macau.*742\.6\(a\)\(6\)( |\(i\) )'),
    ('HBM-RS', '742.6(a)(6)(i)(B)', 'MO D:5',
     {'since': '2024-12-02', **NOT_DEEMED},
     r'^To or within Macau.*742\.6\(a\)\(6\)\(i\)\(B\)'),
    ('RS-12', '742.6(a)(12)', 'MO D:5', {},
     r'^To or within Macau.*742\.6\(a\)\(12\)'),
    ('RS-13', '742.6(a)(13)', 'MO D:5', {},
     r'^To or within Macau.*742\.6\(a\)\(13\)'),
    ('RS-11', '742.6(a)(11)', '', {'effect': 'read', 'since': '2024-12-02'},
     r'^See § 742\.6\(a\)\(11\)'),
    ('RUSSIA', '746.8', 'RU BY', {},
     r'^See § 746\.8 for specific license'),
    ('UN', '746.1(b)', 'CD ER IQ IR KP LB LY SD SO ?CF ?HT ?SS ?YE', {},
     r'^See § 7(46|64)\.1'),
    ('KP-AT', '742.19', 'KP', {},
     r'(to North Korea for anti-terrorism reasons)'),
    ('IR-KP-AT', '742.19, 746.7', 'IR KP', {},
     r'to Iran and North Korea'),
    ('IQ-PK', '742.6, 746.3', 'IQ PK', {}, r'to Iraq or Pakistan'),
    ('IQ', '742.6, 746.3', 'IQ', {}, r'reexport to Iraq '),
    ('PK', '742.6(a)(12)', 'PK', {}, r'reexport to Pakistan '),
    ('NOT-CA', '742.7', '* -CA', {},
     r'ALL destinations, except Canada'),
    ('ALL-CC', '742.11', '*', {}, r'ALL destinations,? regardless'),
    ('ALL-SL', '742.13', '*', {},
     r'all destinations, as specified in § 742\.13'),
    ('EI', '742.15', '* -CA', {}, r'^Refer to § 742\.15'),
    ('SI', '742.14', '* -CA', {}, r'^See § 742\.14'),
    ('E1-AT', '742', 'E:1', {}, r'to a country in Country Group E:1'),
    ('CW-TOXIN', '742.18(a)(1)', '*', {},
     r'CW reasons for all destinations, including Australia'),
    ('CW-TECH', '742.18', 'EG KP SS', {}, r'except for Israel and Taiwan'),
    ('CB-NONPARTY', '742.18', 'EG IL KP SS TW', {},
     r'for CB reasons, to export or reexport mixtures'),
    ('CW-NONPARTY', '742.18', 'EG IL KP SS TW', {},
     r'States not Party to the CWC'),
    ('SS', '754', '', {'effect': 'read'}, r'proceed directly to part 754'),
    ('ITAR', '120-130 of 22 CFR', '', {'effect': 'itar'},
     r'subject to the (ITAR|export licensing authority)'),
    ('NONE', '742.3(b)', '', {'effect': 'none'}, r'^N/A'),
    ('BLANK', '742.5', '', {'effect': 'read'},
     r'^MT applies to .software. for the .development'),
]

def rule_of(eccn, control, text):
    """The column or the rule a row names, as [reason, id]."""
    reason = re.match(r'(?:Country Chart\. )?(SL and AT|[A-Z]{2}|Russian)',
                      control.replace('"', ''))
    reason = reason[1] if reason else ''
    reason = {'Russian': 'RUS', 'SL and AT': 'SL', 'So': 'ITAR',
              'Te': 'ITAR'}.get(reason, reason)
    m = re.search(r'\b(CB|NP|NS|MT|RS|FC|CC|AT)\s*Column\s*(\d)', text)
    if m:
        return reason or m[1], m[1] + m[2]
    m = re.match(r'Column\s*(\d)', text)
    if m:
        return reason, reason + m[1]
    for name, _, _, _, pattern in RULES:
        if re.search(pattern, text):
            if name == 'ITAR':
                reason = 'ITAR'
            return reason, name
    return None


# Rows whose reach is more than paragraphs and what they are for:
# (ECCN, reason, column or rule) -> rows of (scope, of, condition).
SHORT = 'barrel shorter than 18 in (45.72 cm)'
SHORT24 = 'barrel shorter than 24 in (60.96 cm)'
LONG24 = 'barrel of 24 in (60.96 cm) or longer'
CIVIL = 'not for use in civil telecommunications'
SEMI = 'semi-automatic shotgun, ' + SHORT
WIND = ('winds rotors of 75 to 400 mm diameter and 600 mm length or more, or '
        'is the controls or mandrels for such a machine')
NOT_SME = ('-3B001.a.4 -3B001.c -3B001.d -3B001.k:3B001.n -3B001.p.2 '
           '-3B001.p.4 -3B001.r -3B002.c')
TOXINS = '1C351.d.15 1C351.d.16'
REACH = {
    ('0A502', 'NS', 'NS1'): [('*', '', 'shotgun, ' + SHORT)],
    ('0A502', 'RS', 'RS1'): [('*', '', 'shotgun, ' + SHORT)],
    ('0A502', 'AT', 'AT1'): [('*', '', 'shotgun, ' + SHORT)],
    ('0A502', 'CC', 'CC1'): [('c d e', '', ''),
                             ('* -c -d -e', '', 'shotgun, ' + SHORT24)],
    ('0A502', 'CC', 'CC2'): [('* -c -d -e', '', 'shotgun, ' + LONG24)],
    ('0A502', 'CC', 'CC3'): [('* -c -d -e', '', 'shotgun, ' + LONG24 +
                              ', for police or law enforcement')],
    ('0A508', 'NS', 'NS1'): [('*', '', SEMI)],
    ('0A508', 'RS', 'RS1'): [('*', '', SEMI)],
    ('0A508', 'AT', 'AT1'): [('*', '', SEMI)],
    ('0A508', 'CC', 'CC1'): [('*', '', 'shotgun, ' + SHORT24 +
                              ', or a component of shotguns')],
    ('0A508', 'CC', 'CC2'): [('*', '', 'shotgun, ' + LONG24)],
    ('0A508', 'CC', 'CC3'): [('*', '', 'shotgun, ' + LONG24 +
                              ', for police or law enforcement')],
    ('0A999', 'AT', 'KP-AT'): [('*', '', '')],
    ('0D001', 'ITAR', 'ITAR'): [('*', '0A002', '')],
    ('0E001', 'ITAR', 'ITAR'): [('*', '0A002 0D001', '')],
    ('0A509', 'NS', 'NS1'): [('* -a -d', '', ''),
                             ('a', '', 'not for items of 0A502 or 0A508')],
    ('0A509', 'RS', 'RS1'): [('* -a -d', '', ''),
                             ('a', '', 'not for items of 0A502 or 0A508')],
    ('0A509', 'AT', 'AT1'): [('* -a -d', '', ''),
                             ('a', '', 'not for items of 0A502 or 0A508')],
    ('0A509', 'CC', 'CC1'): [('d', '', ''),
                             ('a', '', 'for items of 0A502 or 0A508')],
    ('0B501', 'NS', 'NS1'): [('*', '* -0A501.y', '')],
    ('0B501', 'RS', 'RS1'): [('*', '* -0A501.y', '')],
    ('0D501', 'NS', 'NS1'): [('*', '* -0A501.y', '')],
    ('0D501', 'RS', 'RS1'): [('*', '* -0A501.y', '')],
    ('0D505', 'NS', 'NS1'): [('*', '0A505.a 0A505.x 0B505.a 0B505.x', '')],
    ('0D505', 'RS', 'RS1'): [('*', '0A505.a 0A505.x 0B505.a 0B505.x', '')],
    ('0D505', 'AT', 'AT1'): [('*', '0A505.a 0A505.d 0A505.x 0B505.a 0B505.d '
                              '0B505.x', '')],
    ('0E505', 'NS', 'NS1'): [('*', '0A505.a 0A505.x 0B505.a 0B505.x 0D505@NS',
                              '')],
    ('0E505', 'RS', 'RS1'): [('*', '0A505.a 0A505.x 0B505.a 0B505.x 0D505@RS',
                              '')],
    ('0E505', 'AT', 'AT1'): [('*', '0A505.a 0A505.d 0A505.x', '')],
    ('0E982', 'CC', 'NOT-CA'): [('*', '0A982 0A503', '')],
    ('1A002', 'NP', 'NP1'): [('b.1', '', 'tube, inside diameter of 75 to 400 '
                              'mm')],
    ('1A004', 'CB', 'CB2'): [('c', '', 'has the characteristics of 2B351.a')],
    ('1A007', 'NP', 'NP1'): [('b', '', ''), ('a', '', 'meets 3A229')],
    ('1A231', 'NP', 'NP1'): [('*', '', '')],
    ('1B001', 'MT', 'MT1'): [('* -d -e -f', '', ''),
                             ('d', '', 'meets or exceeds 1B101')],
    ('1B001', 'NP', 'NP1'): [('a', '', WIND)],
    ('1B018', 'MT', 'MT1'): [('*', '', 'for the production of rocket '
                              'propellants')],
    ('1B101', 'NP', 'NP1'): [('a', '', WIND)],
    ('1B608', 'MT', 'MT1'): [('*', '', 'specially designed for MT items of '
                              '1C608 or USML Category V')],
    ('1C001', 'MT', 'MT1'): [('*', '', 'meets or exceeds 1C101')],
    ('1C002', 'NP', 'NP1'): [('b.3 b.4', '', 'exceeds 1C202')],
    ('1C007', 'MT', 'MT1'): [('c', '', 'dielectric constant below 6 from 100 '
                              'MHz to 100 GHz, for missile radomes')],
    ('1C010', 'NP', 'NP1'): [('a b e.1', '', 'meets or exceeds 1C210')],
    ('1C011', 'MT', 'MT1'): [('a b', '', 'meets or exceeds 1C111')],
    ('1C116', 'NP', 'NP1'): [('*', '', 'meets or exceeds 1C216')],
    ('1C350', 'CB', 'CB2'): [('*', '', '')],
    ('1C350', 'CW', 'CW-NONPARTY'): [
        ('b', '', ''),
        ('c', '', 'no End-Use Certificate of the importing government, or a '
         'reexport between non-parties')],
    ('1C351', 'CB', 'CB1'): [('d.15 d.16', '', '')],
    ('1C351', 'CW', 'CW-TOXIN'): [('d.15', '', 'ricin RCA II or RCL IV'),
                                  ('d.16', '', 'saxitoxin, CAS 35523-89-8')],
    ('1C353', 'CB', 'CB1'): [('*', '', 'genetic elements of 1C351.d.15 or '
                              '.d.16')],
    ('1C355', 'CW', 'CW-NONPARTY'): [
        ('a', '', ''),
        ('b', '', 'no End-Use Certificate of the importing government, or a '
         'reexport between non-parties')],
    ('1C395', 'CB', 'CB-NONPARTY'): [('a b', '', '')],
    ('1C395', 'CW', 'CW-NONPARTY'): [
        ('a', '', ''),
        ('b', '', 'holds Schedule 2 chemicals, or Schedule 3 without an '
         'End-Use Certificate')],
    ('1D608', 'MT', 'MT1'): [('*', '', 'for the use of 1B608 equipment for MT '
                              'items of 1C608.m or USML Category V')],
    ('1E001', 'CB', 'CB1'): [('*', TOXINS, ''),
                             ('*', '1C353', 'genetic elements of 1C351.d.15 or '
                              '.d.16')],
    ('1E001', 'CB', 'CB2'): [('*', '1C350 1C351 1C353 1C354', ''),
                             ('*', '1A004.c', 'has the characteristics of '
                              '2B351.a')],
    ('1E101', 'MT', 'MT1'): [('*', '1A101@MT 1A102@MT 1B001@MT 1B101@MT '
                              '1B102@MT 1B115:1B119@MT 1C001@MT 1C007@MT '
                              '1C011@MT 1C101@MT 1C107@MT 1C111@MT 1C116@MT '
                              '1C117@MT 1C118@MT 1D001@MT 1D101@MT 1D103@MT',
                              '')],
    ('1E201', 'NP', 'NP1'): [('*', '*@NP', '')],
    ('1E351', 'CB', 'CB1'): [('*', TOXINS, 'for disposal'),
                             ('*', '1C353', 'for disposal of genetic elements '
                              'of 1C351.d.15 or .d.16')],
    ('1E351', 'CB', 'CB2'): [('*', '1C350 1C351 1C353 1C354', 'for disposal')],
    ('1E355', 'CW', 'CW-TECH'): [('*', '', '')],
    ('1E607', 'NS', 'NS1'): [('*', '* -1C607.a.10 -1C607.a.11 -1C607.a.12 '
                              '-1C607.a.14 -1D607', ''),
                             ('*', '1D607', 'not software for 1C607.a.10, '
                              '.a.11, .a.12 or .a.14')],
    ('1E608', 'MT', 'MT1'): [('*', '1C608.m', '')],
    ('2A001', 'MT', 'MT1'): [('*', '', 'radial ball bearing, ISO 492 class 2 '
                              'or better, bore 12 to 50 mm, outer ring 25 to '
                              '100 mm, width 10 to 20 mm')],
    ('2A226', 'CB', 'CB2'): [('*', '', 'valve that meets or exceeds 2B350.g')],
    ('2B001', 'NP', 'NP1'): [('a b c d', '', 'not one of the small turning, '
                              'bar or long milling machines that the row '
                              'leaves out')],
    ('2B004', 'NP', 'NP1'): [('* -b.3', '', 'not a press with a working '
                              'pressure below 69 MPa')],
    ('2B006', 'NP', 'NP1'): [('a b.1 b.3 c', '', 'meets or exceeds 2B206')],
    ('2B007', 'NP', 'NP1'): [('*', '', 'meets or exceeds 2B207')],
    ('2B009', 'MT', 'MT1'): [('*', '', 'combines spin- and flow-forming, or '
                              'meets 2B009.a and 2B109')],
    ('2B009', 'NP', 'NP1'): [('*', '', 'flow-forming machine that meets or '
                              'exceeds 2B209')],
    ('2B109', 'NP', 'NP1'): [('*', '', 'meets or exceeds 2B209')],
    ('2B116', 'NP', 'NP1'): [('b c d', '', ''),
                             ('a', '', 'electrodynamic system')],
    ('2D001', 'NP', 'NP1'): [('*', '2B001@NP 2B004@NP 2B006@NP 2B007@NP '
                              '2B009@NP', '')],
    ('2D101', 'NP', 'NP1'): [('*', '2B104@NP 2B109@NP 2B116@NP', '')],
    ('2E001', 'CB', 'CB2'): [('*', '2B350:2B352 2D351 2D352', ''),
                             ('*', '2A226', 'valve of 2B350.g')],
    ('2E002', 'CB', 'CB2'): [('*', '2B350:2B352', ''),
                             ('*', '2A226', 'valve of 2B350.g')],
    ('2E201', 'CB', 'CB2'): [('*', '2A226', 'valve that meets or exceeds '
                              '2B350.g')],
    ('3A001', 'NS', 'NS1'): [('b.2 b.3', '', CIVIL)],
    ('3A001', 'RS', 'RS1'): [('b.2 b.3', '', CIVIL)],
    ('3A001', 'MT', 'MT1'): [
        ('a.1.a', '', 'usable in missiles'),
        ('a.5.a', '', 'for military use, hermetically sealed, -54 to +125 C'),
        ('z.2', '', '')],
    ('3A001', 'NP', 'NP1'): [('e.2', '', 'meets or exceeds 3A201.a'),
                             ('e.3', '', 'meets or exceeds 3A201.b'),
                             ('z.3', '', '')],
    ('3A002', 'MT', 'MT1'): [('h', '', 'meets or exceeds 3A101.a.2.b')],
    ('3D001', 'NS', 'NS1'): [
        ('*', '3A001.b:3A001.h 3A001.z 3B -3B001.f.1 -3B001.f.5 ' + NOT_SME +
         ' -3B903 -3B904 -3B991:3B994', '')],
    ('3E001', 'NS', 'NS1'): [
        ('*', '3A001 3A002 3A003 3B001 3B002 3C001:3C006 -3B001.f.1 '
         '-3B001.f.5 ' + NOT_SME, '')],
    ('3E001', 'RS', 'AC-FROM'): [('*', '3A090', '')],
    ('3E001', 'RS', 'AC-TECH'): [('*', '3A001.z 3A090.a 3A090.b', '')],
    ('3E992', 'NS', 'WORLD-NS'): [('*', '3B001.c.1.a 3B001.c.1.c', '')],
    ('3E992', 'RS', 'WORLD-RS'): [('*', '3B001.c.1.a 3B001.c.1.c', '')],
    ('4A001', 'MT', 'MT1'): [('a', '', 'meets or exceeds 4A101')],
    ('4A001', 'NP', 'NONE'): [('*', '', '')],
    ('4A003', 'CC', 'CC1'): [('*', '', 'computer for computerised '
                              'fingerprint equipment')],
    ('4A003', 'AT', 'AT1'): [('*', '', '')],
    ('4D001', 'CC', 'CC1'): [('*', '4A003@CC', '')],
    ('4E001', 'CC', 'CC1'): [('*', '4A003@CC', '')],
    ('4E001', 'NS', 'NS1'): [('*', '* -4A090 -4D090', '')],
    ('4E001', 'RS', 'AC-WORLD'): [
        ('*', '4A003.z.1.a 4A003.z.2.a 4A004.z.1 4A005.z.1 4A090.a 4D090.a',
         ''),
        ('*', '4D001', 'for 4A003.z.1.a, z.2.a, 4A004.z.1 or 4A005.z.1')],
    ('4E001', 'RS', 'AC-GROUPS'): [
        ('*', '4A003.z.1.b 4A003.z.2.b 4A004.z.2 4A005.z.2 4A090.b 4D090.b',
         ''),
        ('*', '4D001', 'for 4A003.z.1.b, z.2.b, 4A004.z.2 or 4A005.z.2')],
    ('5A001', 'NS', 'NS2'): [('b c d f g j -b.5 -f.3', '', '')],
    ('5D001', 'SL', 'ALL-SL'): [('*', '5A001.f.1', '')],
    ('5D002', 'RS', 'AC-WORLD'): [(' '.join(f'z.{n}.a' for n in range(1, 10)),
                                   '', '')],
    ('5D002', 'RS', 'AC-GROUPS'): [(' '.join(f'z.{n}.b' for n in range(1, 10)),
                                    '', '')],
    ('5D002', 'EI', 'EI'): [('a.1 a.3 b c.1 c.3', '5A002@EI 5A004@EI 5D002@EI',
                             '')],
    ('5D992', 'RS', 'AC-WORLD'): [('z.1', '', '')],
    ('5D992', 'RS', 'AC-GROUPS'): [('z.2', '', '')],
    ('5E001', 'SL', 'ALL-SL'): [('*', '5A001.f.1', ''),
                                ('*', '5D001.a', 'for 5A001.f.1')],
    ('5E002', 'RS', 'AC-WORLD'): [
        ('*', ' '.join(f'5A002.z.{n}.a' for n in range(1, 6)) +
         ' 5A004.z.1.a 5A004.z.2.a', ''),
        ('*', '5D002', 'for one of those commodities')],
    ('5E002', 'RS', 'AC-GROUPS'): [
        ('*', ' '.join(f'5A002.z.{n}.b' for n in range(1, 6)) +
         ' 5A004.z.1.b 5A004.z.2.b', ''),
        ('*', '5D002', 'for one of those commodities')],
    ('5E002', 'EI', 'EI'): [('a', '5A002@EI 5A004@EI 5D002@EI', ''),
                            ('b', '', '')],
    ('5E992', 'RS', 'AC-WORLD'): [('*', '5A992.z.1 5D992.z.1', '')],
    ('5E992', 'RS', 'AC-GROUPS'): [('*', '5A992.z.2 5D992.z.2', '')],
    ('6A002', 'MT', 'MT1'): [('a.1 a.3', '', 'specially designed to protect '
                              'missiles against nuclear effects')],
    ('6A002', 'RS', 'RS1'): [('a.1 a.2 a.3 c f -a.3.d.2.a -a.3.e', '', ''),
                             ('a.3.d.2.a a.3.e', '', 'not a lead selenide '
                              'focal plane array')],
    ('6A002', 'CC', 'CC1'): [('c', '', 'police-model infrared viewer')],
    ('6A003', 'NP', 'NP1'): [('a.3 a.4', '', ''),
                             ('a.6', '', 'plug-in for a.3 or a.4')],
    ('6A003', 'RS', 'RS1'): [
        ('b.3 b.4.a b.4.c', '', ''),
        ('b.4.b', '', 'above 60 Hz, or above 111,000 elements, or to be '
         'embedded in a civil product')],
    ('6A003', 'RS', 'RS2'): [
        ('b.4.b', '', 'at most 60 Hz and 111,000 elements, and not to be '
         'embedded in a civil product')],
    ('6A005', 'NP', 'NP1'): [
        ('a.2 a.3 a.4 b.2.b b.3 b.4 b.6.c c.1.b c.2.b d.2 d.3.c d.4.c', '',
         'meets or exceeds 6A205')],
    ('6A007', 'MT', 'MT1'): [('b c', '', 'meets the accuracies of b.1 and '
                              'b.2')],
    ('6A008', 'MT', 'MT1'): [('*', '', 'airborne, and usable in MT systems')],
    ('7A001', 'MT', 'MT1'): [('*', '', 'meets or exceeds 7A101')],
    ('7A002', 'MT', 'MT1'): [('*', '', 'meets or exceeds 7A102')],
    ('7A003', 'MT', 'MT1'): [('d', '', 'meets or exceeds 7A103')],
    ('7A005', 'MT', 'MT1'): [('b', '', 'meets or exceeds 7A105')],
    ('7A006', 'MT', 'MT1'): [('*', '', 'meets or exceeds 7A106')],
    ('7A611', 'MT', 'MT1'): [('a', '', 'meets or exceeds 7A103.b or .c')],
    ('7B611', 'MT', 'MT1'): [('a', '', 'specially designed for MT items of '
                              '7A611.a')],
    ('7D001', 'MT', 'MT1'): [('*', '*@MT -7A008', '')],
    ('7D001', 'RS', 'RS1'): [('*', '', 'for inertial navigation of 9A991.b '
                              'aircraft')],
    ('7D003', 'MT', 'MT1'): [('*', '*@MT -7A008', '')],
    ('7D611', 'MT', 'MT1'): [('a', '7A611.a@MT', '')],
    ('7E001', 'MT', 'MT1'): [('*', '*@MT -7A008', '')],
    ('7E001', 'RS', 'RS1'): [('*', '', 'for inertial navigation of 9A991.b '
                              'aircraft')],
    ('7E002', 'MT', 'MT1'): [('*', '*@MT -7A008', '')],
    ('7E002', 'RS', 'RS1'): [('*', '', 'for inertial navigation of 9A991.b '
                              'aircraft')],
    ('7E004', 'MT', 'MT1'): [('*', '*@MT', '')],
    ('7E101', 'RS', 'RS1'): [('*', '', 'for the use of inertial navigation of '
                              '9A991.b aircraft')],
    ('7E611', 'MT', 'MT1'): [('a', '7A611.a@MT 7B611.a@MT 7D611.a@MT', '')],
    ('9A001', 'MT', 'MT1'): [('*', '', 'engine that meets 9A101')],
    ('9A004', 'NS', 'NS1'): [('g r u w', '', '')],
    ('9A012', 'MT', 'MT1'): [('*', '', 'UAV with a range of 300 km or more, or '
                              'that meets 9A120')],
    ('9A515', 'MT', 'MT1'): [('d e.2', '', 'usable in missiles against nuclear '
                              'effects'),
                             ('h', '', 'total impulse of 8.41e5 Ns or more')],
    ('9A610', 'NS', 'NS1'): [('* -b -x -y', '', ''),
                             ('x', '', 'not for use in aircraft of 9A610.b')],
    ('9A610', 'RS', 'RS1'): [('* -b -x -y', '', ''),
                             ('x', '', 'not for use in aircraft of 9A610.b')],
    ('9B515', 'MT', 'MT1'): [('a', '', 'for MT items of USML Category '
                              'XV(e)(12) or (e)(19)')],
    ('9B604', 'MT', 'MT1'): [('a b', '', ''),
                             ('d', '', 'for MTCR Annex items of USML '
                              'Category IV')],
    ('9D001', 'NS', 'NS1'): [('*', '9A001:9A004 9A012 9B001:9B010 9E003',
                              '')],
    ('9D003', 'NS', 'NS1'): [('*', '9A001:9A003', 'FADEC systems')],
    ('9D003', 'MT', 'MT1'): [('*', '9A101 9A106', 'FADEC systems')],
    ('9D515', 'RS', 'CN-RU-VE'): [('y', '', 'not to Russia for the '
                                   'International Space Station')],
    ('9D604', 'MT', 'MT1'): [('a', '9A604.c@MT 9A604.d@MT 9B604@MT', '')],
    ('9D610', 'MT', 'MT1'): [('*', '9A610@MT 9B610@MT', '')],
    ('9D990', 'AT', 'AT1'): [('*', '9A990 -9A990.a', '')],
    ('9D990', 'AT', 'AT2'): [('*', '9A990.a', '')],
    ('9E515', 'MT', 'MT1'): [('*', '9A515.d@MT 9A515.e.2@MT 9A515.h@MT '
                              '9B515.a@MT', '')],
    ('9E515', 'RS', 'CN-RU-VE'): [('y', '', 'not to Russia for the '
                                   'International Space Station')],
    ('9E604', 'MT', 'MT1'): [('a', '9A604@MT 9B604@MT 9D604@MT', '')],
    ('9E610', 'MT', 'MT1'): [('*', '9A610@MT 9B610@MT 9D610@MT', '')],
    ('9E990', 'AT', 'AT1'): [('*', '9A990 9B990 -9A990.a', '')],
    ('9E990', 'AT', 'AT2'): [('*', '9A990.a', '')],
}
for n in ('1A999', '1D999', '2A999'):
    REACH[(n, 'AT', 'KP-AT')] = [('*', '', '')]
for n in ('5A980', '5D980', '5E980'):
    REACH[(n, 'SL', 'ALL-SL')] = [('*', '', '')]
for n in ('9B001', '9B002', '9B003', '9B004'):
    REACH[(n, 'MT', 'MT1')] = [('*', '', 'for engines of 9A001 controlled for '
                                'MT, or of 9A101')]

# Rows that one reading glued together or left out.
EXTRA_ROWS = {'1A231': [['AT', 'AT1', '*']]}
for n in ('5A980', '5D980', '5E980'):
    EXTRA_ROWS[n] = [['AT', 'ALL-SL', '*']]

# Entries without rows: why.
NO_ROWS = {
    '0A521': '0x521', '0B521': '0x521', '0C521': '0x521', '0D521': '0x521',
    '0E521': '0x521',
}
