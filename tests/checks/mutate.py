#!/usr/bin/env python3
"""Changes one line of engine/ at a time and asks whether a test notices.

  mutate.py [--count 100] [--seed 1] [--only engine/linux/net] [--out .build/mutants] [--list]

Each mutant costs the compilation of one file, a link and the tests until the first failure. It works in a copy of the
checkout with a build folder of its own, both below --out. Which mutants are made depends on the seed and the sources only.
What was judged stays in OUT/results.jsonl, so that a run that was stopped goes on where it was, and a mutant is judged again
only when its file or a test has changed. A mutant that does not compile, or compiles to the same code, is not counted.
The report names the survivors; those listed in tests/checks/survivors.txt are told with the reason that stands there.
Exit status 1 where fewer than --goal percent died.
"""
import argparse
import collections
import hashlib
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
Mutation = collections.namedtuple('Mutation', 'file line kind before after')

# What a binary operator is exchanged for; clang-format puts spaces around it, and around nothing else that looks like it.
OPERATORS = {'>': ('>=', 'compare'), '>=': ('>', 'compare'), '<': ('<=', 'compare'), '<=': ('<', 'compare'),
             '==': ('!=', 'equal'), '!=': ('==', 'equal'), '&&': ('||', 'logic'), '||': ('&&', 'logic'),
             '+': ('-', 'arithmetic'), '-': ('+', 'arithmetic'), '+=': ('-=', 'arithmetic'), '-=': ('+=', 'arithmetic')}
OPERATOR = re.compile(r'(?<= )(>=|<=|==|!=|&&|\|\||\+=|-=|>|<|\+|-)(?= )')
NUMBER = re.compile(r"(?<![\w.'])(\d[\d']*)(?![\w.'])")
OPERAND = r"[\w.:>\[\]-]*\w(?:\(\))?\]?"
SWAPPED = re.compile(rf"(?<![\w.)\]] )(?<![\w.:>\[\]-])({OPERAND}) (-|/|%) ({OPERAND})(?![\w.:\[(])")
STEP = re.compile(r'(?<![\w+)\]])(\+\+|--)(?=\w)')
STATEMENT = re.compile(r'^\s+(?!(?:return|break|continue|using|goto|throw|default)\b)(?:\+\+|--)?[A-Za-z_][\w.:\[\]()*<>-]*'
                       r'(?: [-+|&^*/%]?= .*|\(.*\)|\+\+|--)?;$')
# Rows of text and tables, and what the compiler alone decides.
SKIPPED = re.compile(r'^\s*(#|static_assert\b|v\(|RS_|using\b|template\b|Stage<|namespace\b|\}|//|constexpr const char)|Stages?<')


def masked(text):
    """The text with the inside of comments, strings and character literals blanked out, position by position."""
    out = []
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'', re.S)
    at = 0
    for found in pattern.finditer(text):
        out.append(text[at:found.start()])
        out.append(''.join('\n' if c == '\n' else '\x01' for c in found.group()))
        at = found.end()
    return ''.join(out) + text[at:]


def one_line(line, bare):
    """(kind, the line changed) for each way to change one line; `bare` is the line without comments and strings."""
    def put(start, end, new):
        return line[:start] + new + line[end:]

    for found in OPERATOR.finditer(bare):
        new, kind = OPERATORS[found.group()]
        yield kind, put(*found.span(), new)
    for found in STEP.finditer(bare):
        yield 'arithmetic', put(*found.span(), '--' if found.group() == '++' else '++')
    for found in NUMBER.finditer(bare):
        number = int(found.group().replace("'", ''))
        yield 'limit', put(*found.span(), str(number + 1))
        if number > 0:
            yield 'limit', put(*found.span(), str(number - 1))
    for found in SWAPPED.finditer(bare):
        a, operator, b = found.groups()
        if a != b and a not in ('return', 'case'):
            yield 'swap', put(*found.span(), f'{b} {operator} {a}')
    code = bare.rstrip(' \x01')
    if STATEMENT.match(code) and code.count('(') == code.count(')') \
            and code.count('{') == code.count('}'):
        indent = len(line) - len(line.lstrip())
        yield 'drop', line[:indent] + ';'


def mutations(file, text):
    """Every mutation of one file, in its order."""
    lines = text.split('\n')
    blocks = 0  # inside describe(), which is a list of rows, or inside a table of functions
    whole = True  # the line begins a statement
    for number, (line, bare) in enumerate(zip(lines, masked(text).split('\n')), 1):
        if blocks == 0 and re.search(r'\bdescribe\(.*\{$|kFunctions\[\] = \{', bare):
            blocks = 1
        elif blocks > 0:
            blocks += bare.count('{') - bare.count('}')
        code = bare.strip(' \x01')
        starts, whole = whole, not code or code.endswith((';', '{', '}', ':')) or code.startswith('#')
        if blocks > 0 or SKIPPED.search(bare):
            continue
        for kind, after in one_line(line, bare):
            # the rest of a statement that began above, or the one statement of an if above, is left in its place
            if kind == 'drop' and not starts:
                continue
            yield Mutation(file, number, kind, line, after)


def chosen(found, seed):
    """All mutations in the order in which they are tried: kinds take turns, so that the many numbers do not crowd out the rest."""
    dice = random.Random(seed)
    kinds = collections.defaultdict(list)
    for mutation in found:
        kinds[mutation.kind].append(mutation)
    for kind in kinds.values():
        dice.shuffle(kind)
    order = []
    while kinds:
        kind = dice.choice(sorted(kinds))
        order.append(kinds[kind].pop())
        if not kinds[kind]:
            del kinds[kind]
    return order


def digest(data):
    return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()[:16]


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as out:
        out.write(text)


def reasons(text):
    """survivors.txt: (file, line before, line after) -> reason."""
    known = {}
    for row in text.splitlines():
        if row.strip() and not row.startswith('#'):
            file, before, after, reason = (cell.strip() for cell in row.split(' | '))
            known[(file, before, after)] = reason
    return known


class Results:
    """One line a judged mutant. What is written stays, whatever ends the run."""

    def __init__(self, path):
        self.path = path
        self.known = {}
        if os.path.exists(path):
            for row in read(path).decode().splitlines():
                try:
                    entry = json.loads(row)
                    self.known[entry['key']] = entry
                except ValueError:
                    continue  # the line that was being written when the run was stopped

    def add(self, entry):
        self.known[entry['key']] = entry
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with open(self.path, 'a', encoding='utf-8') as out:
            out.write(json.dumps(entry) + '\n')


class Copy:
    """The scratch copy, its build, its tests."""
    PROGRAMS = ('test_engine', 'test_lessons', 'test_capture')

    def __init__(self, out, files):
        self.tree = os.path.join(out, 'tree')
        # Where a checkout has its build folder, with the flags of one: a compiler cache knows most of it.
        self.build = os.path.join(self.tree, '.build', 'dev')
        self.files = files
        self.quick = {}
        self.slow = {}
        self.seconds = {}

    def prepare(self):
        """Copies what differs, builds, and runs the tests once: they must pass. Says what is wrong, or nothing."""
        self.sync()
        # Recordings and captures lie beside a checkout.
        shared, here = os.path.join(os.path.dirname(TOP), 'shared'), os.path.join(os.path.dirname(self.tree), 'shared')
        if os.path.isdir(shared) and not os.path.lexists(here):
            os.symlink(shared, here)
        options = ['-DCMAKE_BUILD_TYPE=Release', '-DCMAKE_CXX_FLAGS_RELEASE=-O1', '-DRINGSIDE_GUI=OFF']
        for linker in ('mold', 'lld'):
            if shutil.which(linker):
                options.append(f'-DCMAKE_EXE_LINKER_FLAGS=-fuse-ld={linker}')
                break
        made = subprocess.run(['cmake', '-S', self.tree, '-B', self.build, '-G', 'Ninja', *options], capture_output=True,
                              text=True, check=False)
        if made.returncode != 0:
            return made.stdout + made.stderr
        for program in self.PROGRAMS:
            if not self.compile(program):
                return f'{program} does not build; look in {self.build}'
            if not self.time(program):
                return f'{program} fails without any mutant'
        return ''

    def sync(self):
        kept = set()
        for file in self.files:
            data = read(os.path.join(TOP, file))
            path = os.path.join(self.tree, file)
            kept.add(path)
            if not os.path.exists(path) or read(path) != data:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, 'wb') as out:
                    out.write(data)
        for folder, folders, names in os.walk(self.tree):
            if '.build' in folders:
                folders.remove('.build')
            for name in names:
                if os.path.join(folder, name) not in kept:
                    os.remove(os.path.join(folder, name))

    def compile(self, program):
        return subprocess.run(['ninja', '-C', self.build, '--quiet', program], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode == 0

    def object_code(self, file):
        for folder in ('engine/CMakeFiles/ringside_engine.dir', 'engine/capture/CMakeFiles/ringside_capture.dir'):
            inner = os.path.relpath(file, folder.split('/CMakeFiles')[0])
            path = os.path.join(self.build, folder, inner + '.o')
            if os.path.exists(path):
                return digest(read(path))
        return None

    def time(self, program):
        """Splits a program's tests into quick and slow ones; false if one fails."""
        report = os.path.join(self.build, program + '.json')
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        done = subprocess.run([self.path(program), f'--gtest_output=json:{report}'], cwd=self.tree, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False)
        self.seconds[program] = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        if done.returncode != 0:
            return False
        took = []
        for suite in json.loads(read(report))['testsuites']:
            took += [(float(test['time'].rstrip('s')), f"{suite['name']}.{test['name']}") for test in suite['testsuite']]
        # The slowest that make up most of the time come last.
        took.sort()
        total, quick = sum(seconds for seconds, _ in took), []
        spent = 0.0
        for seconds, name in took:
            spent += seconds
            if spent > total / 4 and len(quick) * 2 > len(took):
                break
            quick.append(name)
        self.quick[program] = quick
        self.slow[program] = [name for _, name in took[len(quick):]]
        return True

    def path(self, program):
        return os.path.join(self.build, 'bin', program)

    def tests_pass(self, program, names):
        """Whether all of them do. What a mutant may use is bounded in CPU time and memory: how busy the machine is does not count."""
        if not names:
            return True
        seconds = int(20 + 10 * self.seconds[program])

        def bound():
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
            resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        done = subprocess.run([self.path(program), '--gtest_fail_fast', '--gtest_filter=' + ':'.join(names)], cwd=self.tree,
                              preexec_fn=bound, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        return done.returncode == 0

    def judge(self, mutation, text):
        """killed, survived, invalid (does not compile) or same (compiles to the same code)."""
        path = os.path.join(self.tree, mutation.file)
        before = self.object_code(mutation.file)
        lines = text.split('\n')
        lines[mutation.line - 1] = mutation.after
        write(path, '\n'.join(lines))
        try:
            if not self.compile('test_engine'):
                return 'invalid'
            if before is not None and self.object_code(mutation.file) == before:
                return 'same'
            if not self.tests_pass('test_engine', self.quick['test_engine']):
                return 'killed'
            for program, names in (('test_lessons', self.quick), ('test_lessons', self.slow), ('test_capture', self.quick),
                                   ('test_engine', self.slow), ('test_capture', self.slow)):
                if not self.compile(program) or not self.tests_pass(program, names[program]):
                    return 'killed'
            return 'survived'
        finally:
            # Compiled again with the next mutant; a compiler cache knows it.
            write(path, text)
            self.compile('ringside_engine')
            self.compile('ringside_capture')


def report(entries, goal, known):
    """The lines of the report, and whether the goal is reached."""
    counted = [e for e in entries if e['result'] in ('killed', 'survived')]
    killed = sum(e['result'] == 'killed' for e in counted)
    rows = []
    for entry in counted:
        if entry['result'] == 'survived':
            reason = known.get((entry['file'], entry['before'].strip(), entry['after'].strip()), '')
            rows.append(f"{entry['file']}:{entry['line']}: {entry['kind']}: {entry['before'].strip()}  ->  {entry['after'].strip()}"
                        + (f'  ({reason})' if reason else ''))
    kinds = collections.Counter((e['kind'], e['result']) for e in counted)
    for kind in sorted({e['kind'] for e in counted}):
        rows.append(f"{kind}: {kinds[kind, 'killed']} of {kinds[kind, 'killed'] + kinds[kind, 'survived']} died")
    left_out = collections.Counter(e['result'] for e in entries if e not in counted)
    rows.append(f"{killed} of {len(counted)} mutants died; not counted: {left_out['invalid']} that do not compile, "
                f"{left_out['same']} that compile to the same code")
    return rows, not counted or killed * 100 >= goal * len(counted)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument('--count', type=int, default=100, help='mutants to judge')
    arguments.add_argument('--seed', type=int, default=1)
    arguments.add_argument('--only', default='engine/', help='files whose path begins so')
    arguments.add_argument('--goal', type=int, default=85, help='percent that must die')
    arguments.add_argument('--out', default=os.path.join(TOP, '.build', 'mutants'))
    arguments.add_argument('--list', action='store_true', help='print the mutants and make none')
    options = arguments.parse_args()

    listed = subprocess.run(['git', 'ls-files', '-z', '-co', '--exclude-standard'], cwd=TOP, capture_output=True, text=True, check=True)
    files = sorted(f for f in listed.stdout.split('\0') if f and os.path.isfile(os.path.join(TOP, f)))
    sources = [f for f in files if f.startswith('engine/') and f.startswith(options.only) and f.endswith('.cpp')]
    texts = {file: read(os.path.join(TOP, file)).decode() for file in sources}
    order = chosen([m for file in sources for m in mutations(file, texts[file])], options.seed)
    if options.list:
        for m in order[:options.count]:
            print(f'{m.file}:{m.line}: {m.kind}: {m.before.strip()}  ->  {m.after.strip()}')
        return 0

    tests = digest(''.join(digest(read(os.path.join(TOP, f))) for f in files if f.startswith('tests/') and f.endswith(('.cpp', '.h', '.txt'))))
    results = Results(os.path.join(options.out, 'results.jsonl'))
    survivors = os.path.join(TOP, 'tests', 'checks', 'survivors.txt')
    known = reasons(read(survivors).decode()) if os.path.exists(survivors) else {}
    copy = Copy(os.path.abspath(options.out), files)
    wrong = copy.prepare()
    if wrong:
        print(wrong)
        return 1
    entries = []
    counted = 0
    for m in order:
        if counted == options.count:
            break
        key = digest('\0'.join((m.file, str(m.line), m.before, m.after, digest(texts[m.file]))))
        entry = results.known.get(key)
        # A test that was added may kill what survived; nothing brings a dead one back but a change of its file.
        if not entry or (entry['result'] == 'survived' and entry['tests'] != tests):
            entry = {'key': key, 'tests': tests, 'result': copy.judge(m, texts[m.file]), **m._asdict()}
            results.add(entry)
        entries.append(entry)
        counted += entry['result'] in ('killed', 'survived')
        print(f"{counted:4} {entry['result']:8} {m.file}:{m.line}: {m.kind}: {m.before.strip()}  ->  {m.after.strip()}", flush=True)
    rows, reached = report(entries, options.goal, known)
    write(os.path.join(options.out, 'report.txt'), '\n'.join(rows) + '\n')
    print('\n'.join(rows))
    return 0 if reached else 1


if __name__ == '__main__':
    sys.exit(main())
