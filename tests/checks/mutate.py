#!/usr/bin/env python3
"""Changes one line of engine/ at a time and asks whether a test notices.

  mutate.py [--count 100] [--seed 1] [--only engine/linux/net] [--jobs 2] [--build .build/tests] [--list]

Each mutant costs the compilation of its folder's unit, a link and the tests until the first failure: first those of the
folder, then the lessons, the rest, the recordings, and the slow ones. It takes the objects of --build (made if it is not there),
compiles and links aside, below --out, and writes nothing into the sources; while it runs, tests may be written, but engine,
lessons, scenarios and goldens stay as they are. Which mutants are made depends on the seed and the sources only.
What was judged stays in OUT/results.jsonl, so that a run that was stopped goes on where it was, and a mutant is judged again
only when its file has changed, or a test if it survived. One that does not compile, or compiles to the same code, is not counted.
The report names the survivors; those listed in tests/checks/survivors.txt are told with the reason that stands there.
Exit status 1 where fewer than --goal percent died.
"""
import argparse
import collections
import concurrent.futures
import hashlib
import json
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import time

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
        # Texts can be added only.
        if kind == 'arithmetic' and ('to_string(' in bare or '\x01' in (bare[found.start() - 2], bare[found.end() + 1:found.end() + 2])):
            continue
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
        whole = all(part.count('[') == part.count(']') for part in (a, b))
        if a != b and whole and a not in ('return', 'case'):
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
    """All mutations in the order in which they are tried: kinds take turns, so that the many numbers do not crowd out the rest.
    A mutation's place in the row of its kind depends on itself: an edit elsewhere adds and removes, and shuffles nothing."""
    dice = random.Random(seed)
    kinds = collections.defaultdict(list)
    alike = collections.Counter()
    for mutation in found:
        what = (mutation.file, mutation.before, mutation.after)
        alike[what] += 1
        kinds[mutation.kind].append((digest('\0'.join((str(seed), *what, str(alike[what])))), mutation))
    for kind in kinds.values():
        kind.sort(reverse=True)
    order = []
    while kinds:
        kind = dice.choice(sorted(kinds))
        order.append(kinds[kind].pop()[1])
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


class Batch:
    """Tests that are run together: a program with the names of its tests, or a command. `seconds` of CPU time without a mutant."""

    def __init__(self, program, names, seconds, command=None):
        self.program, self.names, self.seconds, self.command = program, names, seconds, command


def near(file, test):
    """Whether a test stands in the folder that mirrors the one of the file: tests/engine/net for engine/linux/net/ipv4."""
    folders = os.path.dirname(test).split('/')[1:]
    return folders != ['engine'] and folders[0] != 'lessons' and folders[-1] in os.path.dirname(file).split('/')


def batches(file, tests, commands):
    """What is asked whether it notices a mutant of `file`, in this order; each test once. `tests`: (program, file, name, seconds)."""
    total, spent, slow = sum(seconds for *_, seconds in tests), 0.0, set()
    # The few slowest that make up half of the time come last.
    for test in sorted(tests, key=lambda test: -test[3]):
        if spent + test[3] > total * 0.6:
            break
        spent += test[3]
        slow.add(test)
    rows = collections.OrderedDict()
    for test in tests:
        rank = 4 if test in slow else 0 if near(file, test[1]) else 1 if test[0] == 'test_lessons' else 2
        rows.setdefault((rank, test[0]), []).append(test)
    ordered = [(rank, Batch(program, [t[2] for t in group], sum(t[3] for t in group))) for (rank, program), group in rows.items()]
    ordered += [(3, Batch('ringside', [name], seconds, command)) for name, command, seconds in commands]
    return [batch for _, batch in sorted(ordered, key=lambda row: row[0])]


class Built:
    """The checkout's build, kept as it was at the start: the unit of each file with its compilation, the programs with their links."""
    PROGRAMS = ('test_engine', 'test_lessons', 'test_capture')

    def __init__(self, build, out):
        self.build = build
        self.base = os.path.join(out, 'base')
        self.units = {}
        self.links = {}
        self.tests = []
        self.commands = []

    def prepare(self):
        """Builds what is not built and copies what a link needs. Says what is wrong, or nothing."""
        programs = [*self.PROGRAMS, 'ringside']
        steps = [['ninja', '-C', self.build, '-j2', *programs]]
        if not os.path.exists(os.path.join(self.build, 'build.ninja')):
            steps.insert(0, ['cmake', '-S', TOP, '-B', self.build, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Release', '-DRINGSIDE_UNITY=ON'])
        for command in steps:
            made = subprocess.run(command, capture_output=True, text=True, check=False)
            if made.returncode != 0:
                return (made.stdout + made.stderr)[-4000:]
        for entry in json.loads(read(os.path.join(self.build, 'compile_commands.json'))):
            self.add_unit(entry)
        if not self.units:
            return f'{self.build} compiles file by file: it needs -DRINGSIDE_UNITY=ON'
        linker = next((f' -fuse-ld={name}' for name in ('mold', 'lld') if shutil.which(name)), '')
        for program in programs:
            rows = subprocess.run(['ninja', '-C', self.build, '-t', 'commands', program], capture_output=True, text=True,
                                  check=True).stdout.splitlines()
            link = next(row for row in rows if f' -o bin/{program} ' in row)
            self.links[program] = link.replace(f' -o bin/{program} ', f'{linker} -o {{out}}/{program} ')
            for word in link.split():
                if word.endswith(('.o', '.a')) and not os.path.isabs(word):
                    os.makedirs(os.path.dirname(os.path.join(self.base, word)), exist_ok=True)
                    shutil.copy2(os.path.join(self.build, word), os.path.join(self.base, word))
        return ''

    def add_unit(self, entry):
        if '/Unity/' not in entry['file']:
            return
        for path in re.findall(r'#include "(.*)"', read(entry['file']).decode()):
            file = os.path.relpath(path, TOP)
            if file.startswith('engine/'):
                archive = 'engine/capture/libringside_capture.a' if file.startswith('engine/capture/') else 'engine/libringside_engine.a'
                self.units[file] = (entry['file'], shlex.split(entry['command']), archive)

    def measure(self):
        """Asks for all tests with their time, and the commands that hold recordings against the program. They must pass: else
        says which does not."""
        for program in self.PROGRAMS:
            report = os.path.join(self.base, program + '.json')
            if not run([os.path.join(self.build, 'bin', program), f'--gtest_output=json:{report}'], 600)[0]:
                return f'{program} fails without any mutant'
            for suite in json.loads(read(report))['testsuites']:
                self.tests += [(program, os.path.relpath(test['file'], TOP), f"{suite['name']}.{test['name']}",
                                float(test['time'].rstrip('s'))) for test in suite['testsuite']]
        shown = subprocess.run(['ctest', '--test-dir', self.build, '-L', 'conform', '--show-only=json-v1'], capture_output=True,
                               text=True, check=True)
        program = os.path.join(self.build, 'bin', 'ringside')
        for test in json.loads(shown.stdout)['tests']:
            started = time.monotonic()
            if not run(test['command'], 600)[0]:
                return f"{test['name']} fails without any mutant"
            command = ['{out}/ringside' if word == program else word for word in test['command']]
            self.commands.append((test['name'], command, time.monotonic() - started))
        self.commands.sort(key=lambda row: row[2])
        return ''


def run(command, seconds):
    """Whether it ends well, and what it said. What it may use is bounded in CPU time and memory: how busy the machine is does
    not count."""
    bounds = f'ulimit -t {seconds}; ulimit -v {4 << 20}; ulimit -c 0; exec "$@"'
    done = subprocess.run(['sh', '-c', bounds, 'sh', *command], cwd=TOP, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, errors='replace', env={**os.environ, 'QT_QPA_PLATFORM': 'offscreen'}, check=False)
    return done.returncode == 0, done.stdout


class Judge:
    """Judges one mutant at a time, in a folder of its own: a unit is compiled, put into a copy of its archive, and linked."""

    def __init__(self, out, built):
        self.out = out
        self.built = built
        os.makedirs(out, exist_ok=True)

    def shell(self, command):
        """A command of the build, where it writes and what it reads of ours redirected."""
        return subprocess.run(command, shell=isinstance(command, str), cwd=self.built.base, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode == 0

    def compile(self, file, text, optimized=False):
        """The object file of the unit of `file` with this text in its place, or nothing where it does not compile. Not optimized
        it takes half the time, and the tests hardly more."""
        unit, command, _ = self.built.units[file]
        mutant = os.path.join(self.out, 'source', file)
        write(mutant, text)
        top = os.path.join(self.out, 'source', os.path.basename(unit))
        write(top, read(unit).decode().replace(f'#include "{os.path.join(TOP, file)}"', f'#include "{mutant}"'))
        made = os.path.join(self.out, os.path.basename(command[command.index('-o') + 1]))
        # Warnings are no judgement.
        words = [word for word in command if word != '-Werror'] + ['-w'] + ([] if optimized else ['-O0'])
        words[words.index('-o') + 1], words[words.index('-c') + 1] = made, top
        return made if self.shell(words) else ''

    def noticed(self, batch):
        """The test that fails, or nothing."""
        seconds = int(10 + 10 * batch.seconds)
        if batch.command:
            passed, _ = run([word.replace('{out}', self.out) for word in batch.command], seconds)
            return '' if passed else batch.names[0]
        passed, said = run([os.path.join(self.out, batch.program), '--gtest_fail_fast', '--gtest_filter=' + ':'.join(batch.names)], seconds)
        if passed:
            return ''
        # The one that failed, else the one that ran when the program ended.
        failed, ran = re.search(r'^\[  FAILED  \] ([\w/]+\.[\w/]+)', said, re.M), re.findall(r'^\[ RUN      \] (\S+)', said, re.M)
        return failed.group(1) if failed else ran[-1] if ran else batch.program

    def judge(self, mutation, text):
        """(killed, survived, invalid: does not compile, or same: compiles to the same code; the test that noticed)."""
        archive = self.built.units[mutation.file][2]
        lines = text.split('\n')
        lines[mutation.line - 1] = mutation.after
        made = self.compile(mutation.file, '\n'.join(lines))
        if not made:
            return 'invalid', ''
        mine = os.path.join(self.out, os.path.basename(archive))
        shutil.copy2(os.path.join(self.built.base, archive), mine)
        if not self.shell(['ar', 'r', mine, made]):
            raise RuntimeError(f'{made} does not go into {mine}')
        linked = set()
        for batch in batches(mutation.file, self.built.tests, self.built.commands):
            if batch.program not in linked:
                link = self.built.links[batch.program].replace('{out}', self.out)
                if not self.shell(re.sub(rf'(?<= ){re.escape(archive)}(?= |$)', mine, link)):
                    return 'invalid', ''
                linked.add(batch.program)
            by = self.noticed(batch)
            if by:
                return 'killed', by
        changed = digest(read(self.compile(mutation.file, '\n'.join(lines), optimized=True)))
        return 'same' if changed == digest(read(self.compile(mutation.file, text, optimized=True))) else 'survived', ''


def stamps(files):
    """When each file was written last that a mutant is judged with: all but the tests' sources, which are compiled by now."""
    return {file: os.stat(os.path.join(TOP, file)).st_mtime_ns for file in files
            if not (file.startswith('tests/') and file.endswith(('.cpp', '.h', '.md', '.py', 'survivors.txt')))}


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
    arguments.add_argument('--jobs', type=int, default=2, help='mutants judged at the same time, each in a copy of its own')
    arguments.add_argument('--build', default=os.path.join(TOP, '.build', 'tests'), help='the build folder whose objects are used')
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

    tests = digest(''.join(digest(read(os.path.join(TOP, f))) for f in files if f.startswith('tests/') and f.endswith(('.cpp', '.h', '.txt'))
                            and not f.startswith('tests/checks/')))
    results = Results(os.path.join(options.out, 'results.jsonl'))
    survivors = os.path.join(TOP, 'tests', 'checks', 'survivors.txt')
    known = reasons(read(survivors).decode()) if os.path.exists(survivors) else {}
    out = os.path.abspath(options.out)
    built = Built(os.path.abspath(options.build), out)
    before = stamps(files)
    wrong = built.prepare() or built.measure()
    if wrong:
        print(wrong)
        return 1
    judges = [Judge(os.path.join(out, str(n)), built) for n in range(options.jobs)]

    def judged(number, m):
        key = digest('\0'.join((m.file, str(m.line), m.before, m.after, digest(texts[m.file]))))
        entry = results.known.get(key)
        # A test that was added may kill what survived; nothing brings a dead one back but a change of its file.
        if entry and not (entry['result'] == 'survived' and entry['tests'] != tests):
            return number, entry
        judge, started = judges.pop(), time.monotonic()
        try:
            result, by = judge.judge(m, texts[m.file])
        finally:
            judges.append(judge)
        changed = [file for file, stamp in before.items() if stamps([file])[file] != stamp]
        if changed:
            raise SystemExit(f'{changed[0]} changed meanwhile; start again')
        entry = {'key': key, 'tests': tests, 'result': result, 'by': by, 'seconds': round(time.monotonic() - started, 1), **m._asdict()}
        results.add(entry)
        print(f"{result:8} {m.file}:{m.line}: {m.kind}: {m.before.strip()}  ->  {m.after.strip()}  ({by})", flush=True)
        return number, entry

    entries, counted, tried = {}, 0, iter(enumerate(order))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        waiting = set()
        while counted < options.count:
            while len(waiting) < min(options.jobs, options.count - counted):
                following = next(tried, None)
                if following is None:
                    break
                waiting.add(pool.submit(judged, *following))
            if not waiting:
                break
            done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
            for number, entry in (one.result() for one in done):
                entries[number] = entry
                counted += entry['result'] in ('killed', 'survived')
    entries = [entries[number] for number in sorted(entries)]
    rows, reached = report(entries, options.goal, known)
    write(os.path.join(options.out, 'report.txt'), '\n'.join(rows) + '\n')
    print('\n'.join(rows))
    return 0 if reached else 1


if __name__ == '__main__':
    sys.exit(main())
