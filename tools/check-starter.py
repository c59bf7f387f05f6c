#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check the starter knowledge: its form, and its facts against records.

    tools/check-starter.py [FOLDER] [--records DIR] [--verbose]

FOLDER is data/starter. DIR holds public vulnerability data in the folders
cve-json5, nvd-overrides, osv-go, osv-pypa, osv-bitnami, rustsec, ruby and the
file kev.json; it is $ASSAY_CORPUS_UNPACKED/vulns when that is set; without it
only the form is checked. Exit status: 0 all well, 1 something is wrong, 2 wrong
use. Only the standard library is needed.
"""
import argparse
import os
import pathlib
import sys

sys.dont_write_bytecode = True      # nothing is left behind in tools/

from starter_facts import Facts, Records, read_explained
from starter_form import Form, Reader, Wrong

LEAST_ADVISORIES, LEAST_COMPONENTS = 150, 60


def read_all(folder):
    files, errors = [], []
    for path in sorted(folder.glob('*.yaml')):
        reader = Reader(path.read_text(encoding='utf-8'))
        try:
            file = reader.read()
        except Wrong as problem:
            errors.append('%s:%d: %s' % (path.name, reader.number, problem))
            continue
        errors += Form(path.name, file).check()
        files.append(file)
    return files, errors


def across(files):
    """Checks that need all files: identities told apart, enough of them."""
    errors, owner = [], {}
    for file in files:
        for item in file['identities']:
            key = tuple(sorted((k, v) for k, v in item.items()
                               if k not in ('line', 'order')))
            if key in owner:
                errors.append('%s: identity of %s too: %s' % (
                    file['component'], owner[key], key))
            owner[key] = file['component']
    total = sum(len(f['advisories']) for f in files)
    if total < LEAST_ADVISORIES or len(files) < LEAST_COMPONENTS:
        errors.append('only %d advisories of %d components' % (
            total, len(files)))
    return errors


def report(files, facts):
    items = [a for f in files for a in f['advisories']]
    print('%d advisories (%d different ids) of %d components, %d identities' %
          (len(items), len({a['id'] for a in items}), len(files),
           sum(len(f['identities']) for f in files)))
    print('%d with a CVSS vector, %d exploited' % (
        sum(1 for a in items if a.get('cvss')),
        sum(1 for a in items if 'exploited' in a)))
    if not facts:
        return
    count = facts.count
    print('%d checked against a record' % count['checked'])
    print('exploited dates: %d agree (list of %s)' % (
        count['exploited'], facts.records.kev_edition))
    for what in ('dates', 'vectors', 'ranges'):
        print('%s: %d comparable, %d agree' % (
            what, count[what], count[what + ' agree']))
    print('ranges that differ for a stated reason: %d' % len(facts.used))


def main():
    parser = argparse.ArgumentParser(
        description='Check the starter knowledge.')
    default = pathlib.Path(__file__).resolve().parent.parent / 'data/starter'
    parser.add_argument('folder', nargs='?', type=pathlib.Path,
                        default=default)
    corpus = os.environ.get('ASSAY_CORPUS_UNPACKED')
    parser.add_argument('--records', type=pathlib.Path,
                        default=pathlib.Path(corpus, 'vulns') if corpus
                        else None)
    parser.add_argument('--verbose', action='store_true',
                        help='print the differences that have a reason')
    args = parser.parse_args()
    if not args.folder.is_dir() or args.records and not args.records.is_dir():
        parser.error('no such folder')
    files, errors = read_all(args.folder)
    errors += across(files)
    facts = None
    if args.records and not errors:
        facts = Facts(Records(args.records),
                      read_explained(args.folder / 'differences.txt'))
        for file in files:
            facts.check(file)
        errors += facts.errors
        errors += ['differences.txt: nothing differs: ' + w
                   for w in sorted(set(facts.explained) - facts.used)]
        if args.verbose:
            print('\n'.join(facts.notes))
    for error in errors:
        print(error, file=sys.stderr)
    report(files, facts)
    return 1 if errors else 0


if __name__ == '__main__':
    sys.exit(main())
