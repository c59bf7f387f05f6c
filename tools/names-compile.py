#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""names-compile.py FOLDER OUTPUT: the tables of names (data/names/*.tbl) as
sorted C arrays. Terms are folded here as src/party folds a name, so that a
lookup is a comparison of bytes."""
import os
import sys
import unicodedata

EXTRA = {'æ': 'ae', 'ø': 'o', 'đ': 'd', 'ð': 'd', 'ł': 'l', 'ı': 'i',
         'þ': 'th', 'œ': 'oe', 'ə': 'e', 'ŋ': 'n', 'ħ': 'h', 'ŧ': 't'}
ARABIC = {'أ': 'ا', 'إ': 'ا', 'ٱ': 'ا', 'ى': 'ي', 'ی': 'ي', 'ک': 'ك',
          'ة': 'ه', 'ؤ': 'و', 'ئ': 'ي', 'ێ': 'ي', 'ھ': 'ه', 'ہ': 'ه',
          'ے': 'ي'}
CYRILLIC = {'ё': 'е', 'ґ': 'г', 'ѐ': 'е', 'ѝ': 'и'}
GREEK = {'ς': 'σ'}
APOSTROPHES = "'’‘ʻʼ`´ʹ′＇"
FORMS = ['none', 'private', 'public', 'limited', 'corporate', 'partnership',
         'cooperative', 'nonprofit', 'state', 'sole', 'branch']
CYR_LATIN = dict(zip('абвгдезийклмнопрстуфыэіїўқғңөұүһәљњћђџј', (
    'a b v g d e z i y k l m n o p r s t u f y e i i u k g n o u u h a lj nj '
    'c d dz j').split()))
CYR_LATIN.update({'ж': 'zh', 'х': 'kh', 'ц': 'ts', 'ч': 'ch', 'ш': 'sh',
                  'щ': 'shch', 'ъ': '', 'ь': '', 'ю': 'yu', 'я': 'ya',
                  'є': 'ye', 'җ': 'j'})


def script(ch):
    c = ord(ch)
    if 0x3040 <= c <= 0x30ff or 0x31f0 <= c <= 0x31ff:
        return 'kana'
    if 0x2e80 <= c <= 0x2fdf or 0x3005 <= c <= 0x3007 or \
            0x3400 <= c <= 0x9fff or 0xf900 <= c <= 0xfaff or c >= 0x20000:
        return 'han'
    if 0xac00 <= c <= 0xd7a3 or 0x1100 <= c <= 0x11ff:
        return 'hangul'
    return 'other'


def base(ch):
    """A letter without the marks that only Latin and Greek can lose."""
    c = ord(ch)
    if c < 0x250 or 0x370 <= c < 0x400 or 0x1e00 <= c < 0x2000:
        return ''.join(x for x in unicodedata.normalize('NFD', ch)
                       if unicodedata.category(x) != 'Mn')
    return ch


def fold(text):
    out = []
    text = unicodedata.normalize('NFKC', text).casefold()
    for ch in unicodedata.normalize('NFKC', text):
        c = ord(ch)
        if 0x300 <= c <= 0x36f or 0x591 <= c <= 0x5c7 or \
                0x64b <= c <= 0x65f or c in (0x640, 0x670, 0x200c, 0x200d):
            continue
        for part in base(ch):
            part = EXTRA.get(part, part)
            part = ARABIC.get(part, CYRILLIC.get(part, GREEK.get(part, part)))
            out.append(part)
    return ''.join(out)


def words(text):
    """Words of a folded term; a run of Han, of Kana, of Hangul is one."""
    out, word, kind = [], '', ''
    for ch in fold(text):
        if ch in APOSTROPHES:
            continue
        letter = unicodedata.category(ch)[0] in 'LNM' or ch == '*' or ch == 'ー'
        k = script(ch) if letter else ''
        cjk = k if k != 'other' else ''
        if word and (not letter or cjk != kind):
            out.append(word)
            word = ''
        if letter:
            word += ch
            kind = cjk
    if word:
        out.append(word)
    return out


def latin(term):
    """Cyrillic in Latin letters, or None."""
    if len(term) < 2 or not any('а' <= c <= 'ӿ' for c in term):
        return None
    return ''.join(CYR_LATIN.get(c, c) for c in term)


def joined(key):
    """Single letters in a row as one word: dots between them fall away."""
    out, single = [], False
    for word in key.split():
        if len(word) == 1 and single:
            out[-1] += word
        else:
            out.append(word)
        single = len(word) == 1
    return ' '.join(out)


def key_of(term):
    if term.strip().startswith('(') and any(script(c) != 'other'
                                            for c in term):
        return ''.join(words(term))
    return ' '.join(words(term))


class Table:
    def __init__(self):
        self.rows = {}

    def add(self, term, row, first=False):
        key = key_of(term)
        if not key or (key in self.rows and not first):
            return
        self.rows[key] = row
        # A name of an organisation loses its "'s".
        bare = key.replace(' s ', ' ') if ' s ' in key else None
        for other in (latin(key), joined(key), bare):
            if other and other not in self.rows:
                self.rows[other] = row


def lines(folder, name):
    with open(os.path.join(folder, name), encoding='utf-8') as f:
        for n, line in enumerate(f, 1):
            line = line.rstrip('\n')
            if not line.strip() or line.startswith('#'):
                continue
            if '|' not in line:
                sys.exit(f'{name}:{n}: a line is a head, "|" and terms')
            head, rest = line.split('|', 1)
            yield n, head.split(), [t.strip() for t in rest.split(',')]


class Compiler:
    def __init__(self, folder):
        self.folder = folder
        self.concepts = ['']
        self.forms, self.words, self.people = Table(), Table(), Table()

    def concept(self, text):
        self.concepts.append(text)
        return len(self.concepts) - 1

    def read_forms(self):
        for n, head, terms in lines(self.folder, 'forms.tbl'):
            if len(head) != 1 or head[0] not in FORMS:
                sys.exit(f'forms.tbl:{n}: no class "{" ".join(head)}"')
            for t in terms:
                self.forms.add(t, ('FORM', FORMS.index(head[0]), 0))

    def read_words(self):
        for name in ('brands.tbl', 'places.tbl', 'words.tbl'):
            for _, head, terms in lines(self.folder, name):
                kind, weight = 'BRAND', 100
                if head[0] == 'short':
                    continue
                if name != 'brands.tbl':
                    kind, weight = head[0].upper(), int(head[-1])
                    head = head[1:-1]
                text = ' '.join(head)
                row = (kind, self.concept(text), weight)
                for t in ([text] if kind != 'COUNTRY' else []) + terms:
                    self.words.add(t, row)

    def meaning(self, word):
        """What the tables call a word; name_classify.c does the same."""
        row = self.words.rows.get(word)
        for n in range(len(word), 3, -1):
            row = row or self.words.rows.get(word[:n] + '*')
        if row and row[0] in ('FILLER', 'TRADE', 'STOP'):
            return self.concepts[row[1]]
        return word

    def read_meanings(self):
        """A brand of several words by what these mean, too: "mfg" for
        "manufacturing"."""
        self.meant = {}
        for key, row in self.words.rows.items():
            said = key.split()
            meant = [self.meaning(w) for w in said]
            # Two words that many share mean too little ("national bank").
            if row[0] == 'BRAND' and len(said) > 1 and (
                    len(said) > 2 or any(w not in self.words.rows
                                         for w in said)):
                self.meant.setdefault(' '.join(meant), row)

    def read_people(self):
        common = {}
        for _, head, terms in lines(self.folder, 'people.tbl'):
            if head[0] == 'common':
                common.update((key_of(t), int(head[1])) for t in terms)
                continue
            if head[0] == 'nick':
                continue
            kind = {'same': 'NAME'}.get(head[0], head[0].upper())
            weight = int(head[1]) if len(head) > 1 else 0
            row = (kind, self.concept(terms[0]), weight)
            for t in terms:
                self.people.add(t, row)
        for key, weight in common.items():
            if key not in self.people.rows:
                self.people.add(key, ('COMMON', 0, weight))
        self.nicks = self.pairs('people.tbl', 'nick')
        self.shorts = self.pairs('words.tbl', 'short')

    def pairs(self, name, kind):
        """What is short, what it stands for: "ed edward; ed edwin"."""
        return sorted({tuple(key_of(w) for w in pair.split())
                       for _, head, terms in lines(self.folder, name)
                       if head[0] == kind
                       for pair in ','.join(terms).split(';')})

    def read_readings(self):
        """Han terms with what they are read as, in Latin."""
        for _, head, terms in lines(self.folder, 'readings.tbl'):
            for pair in ','.join(terms).split(';'):
                *text, han = pair.split()
                self.people.add(han, ('READING', self.concept(' '.join(text)),
                                      0))

    def write(self, path):
        out = ['/* Made at build time by tools/names-compile.py. */',
               '#include "party/name_internal.h"', '',
               'const char *const as_name_concepts[] = {']
        out += [f'    {c_string(c)},' for c in self.concepts] + ['};']
        out += [f'const size_t as_name_concepts_n = {len(self.concepts)};', '']
        for name, table in (('forms', self.forms), ('words', self.words),
                            ('people', self.people)):
            exact = {k: v for k, v in table.rows.items() if '*' not in k}
            stems = {k.replace('*', ''): v for k, v in table.rows.items()
                     if k.endswith('*') and k.count('*') == 1}
            tail = '_' if name == 'words' else ''  # the face has the other
            out += rows(f'as_name_{name}{tail}', exact)
            if name == 'words':
                out += rows('as_name_stems', stems)
        out += rows('as_name_meant', self.meant)
        for name, pairs in (('nicks', self.nicks), ('shorts', self.shorts)):
            out += [f'const as_name_nick as_name_{name}[] = {{']
            out += [f'    {{{c_string(a)}, {c_string(b)}}},' for a, b in pairs]
            out += ['};', f'const size_t as_name_{name}_n = {len(pairs)};', '']
        with open(path, 'w', encoding='ascii') as f:
            f.write('\n'.join(out))


def c_string(text):
    return '"' + ''.join(
        chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f'\\{b:03o}'
        for b in text.encode()) + '"'


def rows(name, table):
    out = [f'const as_name_row {name}[] = {{']
    for key in sorted(table, key=lambda k: k.encode()):
        kind, value, weight = table[key]
        out.append(f'    {{{c_string(key)}, {len(key.encode())}, '
                   f'AS_ROW_{kind}, {weight}, {value}}},')
    return out + ['};', f'const size_t {name}_n = {len(table)};', '']


def main():
    c = Compiler(sys.argv[1])
    c.read_forms()
    c.read_words()
    c.read_meanings()
    c.read_people()
    c.read_readings()
    c.write(sys.argv[2])


main()
