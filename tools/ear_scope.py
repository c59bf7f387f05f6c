# SPDX-License-Identifier: Apache-2.0
"""Turns what a row of the Commerce Control List says of its own reach into
facts: paragraphs, what software or technology is for, and what is left as a
condition that only a fact of the item can answer.

    scope   "*"            the whole entry
            "* -y"         all but paragraph .y
            "a.1:a.3 b"    these; A:B is a range between sisters
    of      "1B001@MT 3A225:3A234 -3A230"
                           what software or technology is for; "@MT" only when
                           that item is itself controlled for MT; "*@MT" any
    cond    text           what must be true besides
"""
import re

QUOTES = str.maketrans({'“': '"', '”': '"', '’': "'", '‘': "'",
                        '\u2212': '-', '\u2264': '<=', '×': 'x'})
ECCN = r'\d[A-E]\d{3}'
SUB = r'[a-z](?:\.[a-z0-9]+)*'


def clean(text):
    """Straight quotes, single blanks, no full stop at the end."""
    text = re.sub(r'\s+', ' ', text.translate(QUOTES)).strip()
    text = re.sub(r'(\d) ([a-z])(?=[.,]|$)', r'\1 \2', text)
    return text.rstrip('. ')


def paragraphs(text, eccn):
    """'.a, .b, 3B001.c.1.a to c.3 and q' as tokens, or None."""
    tokens = []
    text = re.sub(r'\b(paragraphs?|of this entry|only|and|or|items in|'
                  r'items controlled by|as well as|any item in|'
                  r'commodities in)\b', ' , ', text)
    text = re.sub(r'\b(to|through)\b', ':', text)
    text = re.sub(r'\s*:\s*', ':', text)
    text = re.sub(r'(?<=[a-z0-9])\.\s+(?=[a-z0-9])', '.', text)
    for piece in re.split(r'[,;\s]+', text):
        if not piece:
            continue
        ends = []
        for end in piece.split(':'):
            end = re.sub(r'^' + eccn + r'\s*', '', end).strip('.')
            if not re.fullmatch(SUB, end):
                return None
            ends.append(end)
        if len(ends) > 2:
            return None
        tokens.append(':'.join(ends))
    return tokens or None


def related(text):
    """'6A002.a.1, .a.2 or 6A003 to 6A008' as tokens, or None."""
    tokens, base = [], None
    text = re.sub(r'\b(and|or|ECCNs?|USML)\b', ' , ', text)
    text = re.sub(r'\b(to|through)\b', ':', text)
    text = re.sub(r'\s*:\s*', ':', text)
    text = re.sub(r'(?<=[a-z0-9])\.\s+(?=[a-z0-9])', '.', text)
    for piece in re.split(r'[,;\s]+', text):
        if not piece:
            continue
        ends = []
        for end in piece.split(':'):
            m = re.fullmatch(f'({ECCN})(?:\\.({SUB}))?', end)
            if m:
                base = m[1]
                ends.append(end)
                continue
            end = end.strip('.')
            if base is None or not re.fullmatch(SUB, end):
                return None
            ends.append(base + '.' + end)
        if len(ends) > 2:
            return None
        tokens.append(':'.join(ends))
    return tokens or None


HEAD = re.compile(r'^(?:[A-Z]{2}1?|Russian industry sector sanctions?)'
                  r'(?: control)? appl(?:y|ies)(?: to)? ?(?:the )?(.*)$')
KIND = r'(?:"?(?:software|technology)"?)'
FOR = re.compile(
    KIND + r'(?: required)?(?:,)? (?:for|according to[^,]*for) (?:the )?'
    r'(?:(?:"?(?:development|production|use|disposal|operation|maintenance|'
    r'required)[,"]*"?|,|or|and|of) )*'
    r'(?:items|commodities|equipment|commodities and software|engines|'
    r'materials)?(?: therefor)?(?: that is)? ?'
    r'(?:controlled (?:by|in|under|for)|specified by|in|under)? ?(.*)$')
REASON = re.compile(r'^(.*?),? for ([A-Z]{2}) reasons(?: in ECCNs?)?$', re.I)


def entry_text(control):
    m = HEAD.match(clean(control))
    return m[1].strip() if m else clean(control)


def scope_of(control, eccn):
    """(scope, of, cond) of one row's Control(s) cell."""
    text = entry_text(control)
    text = re.sub(r'^the ', '', text)
    if re.fullmatch(r'entire entry\.?', text):
        return '*', '', ''
    m = re.fullmatch(r'entire entry,? except:? (.*)', text)
    if m:
        tokens = paragraphs(m[1], eccn)
        if tokens:
            return '* ' + ' '.join('-' + t for t in tokens), '', ''
        m2 = re.fullmatch(f'{KIND} for (?:commodities in |equipment '
                          f'controlled by |commodities controlled by )?(.*)',
                          m[1])
        if m2 and related(m2[1]):
            return '*', '* ' + ' '.join('-' + t for t in related(m2[1])), ''
        return '*', '', 'not: ' + m[1]
    tokens = paragraphs(text, eccn)
    if tokens:
        return ' '.join(tokens), '', ''
    m = FOR.match(text)
    if m:
        rest, reason = m[1], ''
        r = REASON.match(rest)
        if r:
            rest, reason = r[1], '@' + r[2]
        tokens = related(rest)
        if tokens:
            return '*', ' '.join(t + reason for t in tokens), ''
    return None
