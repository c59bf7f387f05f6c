# SPDX-License-Identifier: Apache-2.0
"""A light reading of C for ./dev lint: enough to find functions, their
length, nesting and parameters, calls, and file-level variables.

It is no compiler: directives are blanked (so both branches of an #if are
read), macros are not expanded, and the input is taken to be C that compiles
and that clang-format has laid out.
"""

import re
from dataclasses import dataclass, field

# Comments, literals, directives (with continued lines), in this order of
# precedence at each place.
_SKIP = re.compile(
    r'//[^\n]*'
    r'|/\*.*?\*/'
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'(?:\\.|[^'\\\n])*'"
    r'|^[ \t]*#(?:[^\n\\]|\\.)*',
    re.S | re.M)
_TOKEN = re.compile(r'[A-Za-z_]\w*|\d[\w.]*|->|\S')
_WORD = re.compile(r'[A-Za-z_]\w*$')

_OPEN, _CLOSE = '([{', ')]}'
_CONTROL = {'if', 'for', 'while', 'switch'}


@dataclass
class Token:
    text: str
    line: int


@dataclass
class Function:
    name: str
    line: int           # of the name
    static: bool
    parameters: int
    lines: int = 0      # of the body, without initialisers
    nesting: int = 0


@dataclass
class Call:
    name: str
    line: int


@dataclass
class Source:
    """What was found in one file."""
    functions: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    variables: list = field(default_factory=list)   # (line, text)
    tokens: list = field(default_factory=list)
    table_lines: int = 0    # lines inside file-level initialisers


def blank(text):
    """The text with comments, literals and directives made spaces; literals
    keep their quotes, every line break stays."""
    def hide(m):
        s = m.group(0)
        if s[0] in '"\'':
            return s[0] + ' ' * (len(s) - 2) + s[0]
        return re.sub(r'[^\n]', ' ', s)
    return _SKIP.sub(hide, text)


def tokens(text):
    """Tokens of blanked text. A string literal becomes one token, "."""
    out, line, at = [], 1, 0
    for m in _TOKEN.finditer(re.sub(r'(["\']) *\1',
                                    lambda q: '"' + ' ' * (len(q[0]) - 1),
                                    text)):
        line += text.count('\n', at, m.start())
        at = m.start()
        out.append(Token(m.group(0), line))
    return out


def closing(toks, i):
    """Index of the bracket that closes the one at i, or the last index."""
    depth = 0
    for j in range(i, len(toks)):
        if toks[j].text in _OPEN:
            depth += 1
        elif toks[j].text in _CLOSE:
            depth -= 1
            if depth == 0:
                return j
    return len(toks) - 1


def _signature(head):
    """(name token, parameter tokens) when head, the tokens before a brace at
    file level, is that of a function."""
    if not head or head[-1].text != ')':
        return None
    depth, found = 0, None
    for i, t in enumerate(head):
        if t.text == '(':
            before = head[i - 1] if i else None
            if depth == 0 and before and _WORD.match(before.text) and \
                    not re.match(r'AS_[A-Z_]+$|__attribute__$', before.text):
                found = i
            depth += 1
        elif t.text == ')':
            depth -= 1
        elif t.text == '=' and depth == 0:
            return None
    if found is None:
        return None
    return head[found - 1], head[found + 1:closing(head, found)]


def _count_parameters(params):
    if [t.text for t in params] in ([], ['void']):
        return 0
    depth, n = 0, 1
    for t in params:
        if t.text in _OPEN:
            depth += 1
        elif t.text in _CLOSE:
            depth -= 1
        elif t.text == ',' and depth == 0:
            n += 1
    return n


class _Nesting:
    """How deep control statements stand in each other. An `else if` chain
    counts as one; a macro followed by a block counts as a loop."""

    def __init__(self, toks):
        self.toks, self.deepest = toks, 0

    def _at(self, i):
        return self.toks[i].text if i < len(self.toks) else ''

    def block(self, i, depth):
        """Statements from i up to the closing brace; the index behind it."""
        while i < len(self.toks) and self._at(i) != '}':
            i = self.statement(i, depth)
        return i + 1

    def body(self, i, depth):
        self.deepest = max(self.deepest, depth)
        return self.statement(i, depth)

    def statement(self, i, depth):
        word = self._at(i)
        if word == '{':
            return self.block(i + 1, depth)
        if word in _CONTROL:
            return self.control(i, depth)
        if word == 'do':
            i = self.body(i + 1, depth + 1)
            return self.simple(i, depth)
        if word in ('case', 'default') or \
                (_WORD.match(word) and self._at(i + 1) == ':'):
            return self.label(i, depth)
        return self.simple(i, depth)

    def label(self, i, depth):
        while i < len(self.toks) and self._at(i) != ':':
            i += 1
        return i + 1 if self._at(i + 1) == '}' else \
            self.statement(i + 1, depth)

    def control(self, i, depth):
        conditional = self._at(i) == 'if'
        i = closing(self.toks, i + 1) + 1
        i = self.body(i, depth + 1)
        if conditional and self._at(i) == 'else':
            if self._at(i + 1) == 'if':
                return self.control(i + 1, depth)
            return self.body(i + 1, depth + 1)
        return i

    def simple(self, i, depth):
        """An expression or declaration, up to its semicolon."""
        start = i
        while i < len(self.toks):
            word = self._at(i)
            if word == ';':
                return i + 1
            if word == '}':
                return i
            if word == '{' and self._at(i - 1) == ')' and \
                    self._at(start + 1) == '(' and \
                    closing(self.toks, start + 1) == i - 1:
                return self.body(i, depth + 1)
            i = closing(self.toks, i) + 1 if word in _OPEN else i + 1
        return i


def _initialiser_lines(toks):
    """Lines taken by brace initialisers (`= {`): data, not code."""
    n, i = 0, 1
    while i < len(toks):
        if toks[i].text == '{' and toks[i - 1].text == '=':
            end = closing(toks, i)
            n += toks[end].line - toks[i].line
            i = end
        i += 1
    return n


def _function(head, body):
    name, params = _signature(head)
    f = Function(name.text, name.line, any(t.text == 'static' for t in head),
                 _count_parameters(params))
    inner = body[1:-1]
    f.lines = max(0, body[-1].line - body[0].line - 1)
    f.lines -= _initialiser_lines(inner)
    nesting = _Nesting(inner)
    nesting.block(0, 0)
    f.nesting = nesting.deepest
    return f


def _calls(toks):
    out = []
    for before, t, after in zip([Token('', 0)] + toks, toks, toks[1:]):
        if after.text == '(' and _WORD.match(t.text) and \
                before.text not in ('.', '->', 'struct'):
            out.append(Call(t.text, t.line))
    return out


def _variable(head, source):
    """A file-level declaration that is storage and may change."""
    words, i = [], 0
    while i < len(head) and head[i].text != '=':
        if head[i].text in '{(':
            i = closing(head, i)
            words.append(head[i].text)
        else:
            words.append(head[i].text)
        i += 1
    typed = words[:1] in (['struct'], ['enum'], ['union'])
    # A type alone: `enum {...};`, `struct name;`, `struct name {...};`
    if not words or words[0] in ('typedef', 'extern') or \
            typed and (len(words) < 3 or words[-1] == '}'):
        return
    if ')' in words or len(words) < 2:
        return
    # What must not change is the pointer, if it is one.
    stars = [n for n, w in enumerate(words) if w == '*']
    if 'const' in words[stars[-1] if stars else 0:]:
        return
    source.variables.append((head[0].line, ' '.join(words)))


def _function_variables(body, source):
    """Static variables inside a function."""
    for i, t in enumerate(body):
        if t.text == 'static':
            end = i
            while body[end].text not in ';=':
                end = closing(body, end) + 1 if body[end].text in _OPEN \
                    else end + 1
            _variable(body[i:end], source)


def read(text):
    """Reads one file."""
    source = Source()
    toks = source.tokens = tokens(blank(text))
    i = start = 0
    while i < len(toks):
        word = toks[i].text
        if word == '{':
            head = toks[start:i]
            if [t.text for t in head] == ['extern', '"']:
                start = i = i + 1
                continue
            end = closing(toks, i)
            if _signature(head):
                source.functions.append(_function(head, toks[i:end + 1]))
                _function_variables(toks[i:end + 1], source)
                start = end + 1
            elif head and head[-1].text == '=':
                source.table_lines += toks[end].line - toks[i].line
            i = end
        elif word in '([':
            i = closing(toks, i)
        elif word == ';':
            _variable(toks[start:i], source)
            start = i + 1
        elif word == '}':
            start = i + 1
        i += 1
    source.calls = _calls(toks)
    return source
