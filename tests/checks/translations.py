#!/usr/bin/env python3
"""Every text a user can see exists in English and in Simplified Chinese.

  translations.py ROOT [LUPDATE]     one line a gap; exit status 1 where there is one

1. lupdate, run into a copy of assets/translations, finds nothing new, and nothing there is unfinished or empty;
2. a translation has the placeholders (%1, %n, %L1, {name}) of its source;
3. no literal English goes to a widget past tr();
4. every lesson has en.md and zh_CN.md, with the same `## step` headings in the same order.
"""
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

LANGUAGES = ('en', 'zh_CN')
CATALOG = 'assets/translations/ringside_zh_CN.ts'
PLACEHOLDER = re.compile(r'%(?:L?\d+|n)|\{[A-Za-z_]\w*\}')
SETTERS = ('setText|setWindowTitle|setToolTip|setStatusTip|setWhatsThis|setPlaceholderText|setAccessibleName|'
           'setAccessibleDescription|setTitle|addAction|addMenu|addTab|addRow|showMessage')
LITERAL = re.compile(r'\b(?:%s)\(\s*(?:QStringLiteral\(|QLatin1String\()?"([^"]*[A-Za-z]{2}[^"]*)"' % SETTERS)


def find_lupdate():
    for place in ('lupdate-qt6', '/usr/lib/qt6/bin/lupdate', 'lupdate'):
        found = shutil.which(place)
        if found:
            return found
    return None


def refreshed(root, lupdate, folder):
    """A copy of the catalog as lupdate would leave it, and what lupdate complained of."""
    copy = os.path.join(folder, 'refreshed.ts')
    shutil.copy(os.path.join(root, CATALOG), copy)
    os.chmod(copy, 0o644)
    done = subprocess.run([lupdate, '-no-obsolete', '-locations', 'none', '-source-language', 'en', '-target-language',
                           'zh_CN', os.path.join(root, 'views'), os.path.join(root, 'app'), '-I', root, '-ts', copy],
                          capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if line.strip()]
    if done.returncode:
        complaints.append(f'lupdate ended with {done.returncode}')
    return copy, complaints


def catalog_gaps(path, name=CATALOG):
    for context in ElementTree.parse(path).getroot().iter('context'):
        where = context.findtext('name', '?')
        for message in context.iter('message'):
            source = message.findtext('source', '')
            translation = message.find('translation')
            forms = [form.text or '' for form in translation.iter('numerusform')] if translation is not None else []
            texts = forms or [(translation.text or '') if translation is not None else '']
            row = f'{name}: {where}: "{source}"'
            if translation is None or translation.get('type') == 'unfinished' or not all(text.strip() for text in texts):
                yield f'{row}: not translated'
                continue
            want = sorted(set(PLACEHOLDER.findall(source)))
            for text in texts:
                # Chinese has one plural form, which may leave the number out.
                have = sorted(set(PLACEHOLDER.findall(text)))
                if [p for p in want if p != '%n'] != [p for p in have if p != '%n']:
                    yield f'{row}: placeholders {" ".join(have) or "none"}, the source has {" ".join(want) or "none"}'


def literals(root):
    for top in ('views', 'app'):
        for path in sorted(glob.glob(os.path.join(root, top, '**', '*.cpp'), recursive=True)):
            with open(path, encoding='utf-8') as lines:
                for number, line in enumerate(lines, 1):
                    found = LITERAL.search(line)
                    if found and 'not translated:' not in line:
                        yield f'{os.path.relpath(path, root)}:{number}: "{found.group(1)}" goes past tr()'


def headings(path):
    with open(path, encoding='utf-8') as lines:
        return [line[3:].strip() for line in lines if line.startswith('## ')]


def lesson_gaps(root):
    for folder in sorted(glob.glob(os.path.join(root, 'lessons', 'catalog', '*', ''))):
        name = os.path.relpath(folder, root)
        texts = {}
        for language in LANGUAGES:
            path = os.path.join(folder, language + '.md')
            if not os.path.isfile(path) or not os.path.getsize(path):
                yield f'{name}: lacks {language}.md'
            else:
                texts[language] = headings(path)
        if len(texts) == len(LANGUAGES) and texts['en'] != texts['zh_CN']:
            only = [step for step in texts['en'] if step not in texts['zh_CN']]
            extra = [step for step in texts['zh_CN'] if step not in texts['en']]
            yield f'{name}: zh_CN.md differs in its ## headings: lacks {only}, has {extra} beside, or another order'


def gaps(root, lupdate):
    if not os.path.isfile(os.path.join(root, CATALOG)):
        yield f'{CATALOG}: there is none'
    elif not lupdate:
        yield 'lupdate is not installed (qt6-l10n-tools)'
    else:
        with tempfile.TemporaryDirectory() as folder:
            copy, complaints = refreshed(root, lupdate, folder)
            yield from complaints
            yield from catalog_gaps(copy)
    yield from literals(root)
    yield from lesson_gaps(root)


def main(arguments):
    if len(arguments) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    rows = list(gaps(arguments[1], arguments[2] if len(arguments) == 3 else find_lupdate()))
    for row in rows:
        print(row)
    print(f'translations: {len(rows)} gaps')
    return 1 if rows else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv))
