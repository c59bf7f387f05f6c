# SPDX-License-Identifier: Apache-2.0
"""The rows of lists of parties that a knowledge base holds, decoded without
the program: what stands in src/model/party.c and src/model/wire.h, read a
second time, so that a test can count what was stored."""

import datetime
import sqlite3
import struct

NAME_KINDS = ('primary', 'alias', 'weak', 'former')
KINDS = ('unknown', 'organisation', 'person', 'vessel', 'aircraft')
TIE_KINDS = ('owner', 'parent', 'subsidiary', 'affiliate', 'successor')


class Wire:
    def __init__(self, body):
        self.body = body
        self.at = 0

    def number(self):
        value = shift = 0
        while True:
            byte = self.body[self.at]
            self.at += 1
            value |= (byte & 0x7f) << shift
            shift += 7
            if byte < 0x80:
                return value

    def text(self):
        n = self.number()
        if n == 0:
            return None
        self.at += n - 1
        return self.body[self.at - n + 1:self.at].decode()

    def share(self):
        self.at += 8
        return struct.unpack_from('<d', self.body, self.at - 8)[0]

    def each(self, *fields):
        return [tuple(f() for f in fields) for _ in range(self.number())]


def row(body):
    w = Wire(body)
    text = w.text
    p = {'list': text(), 'id': text(), 'kind': KINDS[w.number()]}
    p['names'] = w.each(lambda: NAME_KINDS[w.number()], text, text)
    p['ids'] = w.each(text, text, text)
    p['addresses'] = w.each(text, text)
    p['countries'] = [c for c, in w.each(text)]
    p['births'] = [b for b, in w.each(text)]
    p['ties'] = w.each(lambda: TIE_KINDS[w.number()], text, text, text,
                       w.share, w.share, text, text)
    p['terms'] = w.each(text, text)
    p['from'], p['to'], p['url'] = text(), text(), text()
    assert w.at == len(body), 'bytes are left of a row'
    return p


def every(base):
    """Every form of every row, of any day."""
    with sqlite3.connect(f'file:{base}?mode=ro', uri=True) as db:
        return [row(b) for b, in db.execute('SELECT body FROM party')]


def rows(base, like, day):
    """Every row of the lists that is in force on the day."""
    n = (datetime.date.fromisoformat(day) -
         datetime.date(1970, 1, 1)).days
    with sqlite3.connect(f'file:{base}?mode=ro', uri=True) as db:
        return [row(b) for b, in db.execute(
            'SELECT p.body FROM party p JOIN party_list l ON l.number = p.list '
            'WHERE l.name LIKE ? AND p.since <= ? AND p.until > ?',
            (like, n, n))]


def terms(p, key):
    return [v for k, v in p['terms'] if k == key]
