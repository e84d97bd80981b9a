#!/usr/bin/env python3
"""The checks on small trees made to break them: a check that cannot fail would be a defect."""
import json
import os
import sys
import tempfile
import unittest
import unittest.mock

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import layering
import lint
import mutate
import translations

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'conform'))
import ratchet


class Tree:
    def __init__(self, files):
        self.folder = tempfile.TemporaryDirectory()
        self.root = self.folder.name
        for path, text in files.items():
            full = os.path.join(self.root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, 'w', encoding='utf-8') as out:
                out.write(text)


class Layering(unittest.TestCase):
    def breaches(self, files):
        tree = Tree(files)
        with tree.folder:
            return list(layering.breaches(tree.root))

    def assertBreach(self, path, include, why, others=()):
        files = {path: f'// first line\n#include {include}\n'}
        files.update({other: '#pragma once\n' for other in others})
        rows = self.breaches(files)
        self.assertEqual(len(rows), 1, rows)
        self.assertIn(f'{path}:2: includes {include[1:-1]}', rows[0])
        self.assertIn(why, rows[0])

    def assertFine(self, path, include, others=()):
        files = {path: f'#include {include}\n'}
        files.update({other: '#pragma once\n' for other in others})
        self.assertEqual(self.breaches(files), [])

    def test_qt(self):
        for name in ('<QString>', '<QtCore/QString>', '<QtCharts/QChart>', '<qglobal.h>'):
            self.assertBreach('engine/world/world.h', name, 'no Qt')
            self.assertBreach('lessons/loader.cpp', name, 'no Qt')
            self.assertFine('views/scene/paint.cpp', name)

    def test_libraries(self):
        self.assertBreach('engine/core/bytes.h', '<fmt/format.h>', 'not given')
        self.assertBreach('engine/scenario/load.cpp', '<yaml-cpp/yaml.h>', 'not given')
        self.assertBreach('lessons/loader.cpp', '<pcap/pcap.h>', 'not given')
        self.assertFine('engine/capture/index.cpp', '<pcap/pcap.h>')
        self.assertFine('lessons/loader.cpp', '<yaml-cpp/yaml.h>')

    def test_engine_is_pure(self):
        self.assertBreach('engine/core/bytes.cpp', '<fstream>', 'no input or output')
        self.assertBreach('engine/step/pick.cpp', '<unordered_map>', 'order differs')
        self.assertBreach('engine/core/rng.h', '<random>', 'distributions differ')
        self.assertFine('engine/core/bytes.cpp', '<vector>')
        self.assertFine('engine/capture/index.cpp', '<fstream>')

    def test_engine_calls_nothing_outside(self):
        rows = self.breaches({'engine/core/a.cpp': 'void f() { std::snprintf(b, 1, ""); }  // printf(\nvoid g() { std::printf("x"); }\n'})
        self.assertEqual(rows, ['engine/core/a.cpp:2: calls printf: the engine reads and writes nothing'])
        self.assertEqual(self.breaches({'engine/core/types.cpp': 'void f() { std::fprintf(stderr, ""); }\n'}), [])

    def test_rooms(self):
        self.assertBreach('engine/world/world.h', '"engine/step/step.h"', 'may include', ['engine/step/step.h'])
        self.assertBreach('engine/world/world.h', '"engine/linux/functions.h"', 'may include', ['engine/linux/functions.h'])
        self.assertBreach('engine/linux/net/core/dev.cpp', '"engine/history/timeline.h"', 'may include',
                          ['engine/history/timeline.h'])
        self.assertFine('engine/linux/net/ipv4/udp.cpp', '"engine/linux/net/inline.h"', ['engine/linux/net/inline.h'])
        rows = self.breaches({'engine/linux/net/core/dev.h': 'struct net_rx_action {\n    using stages = Stages<>;\n};\n'})
        self.assertEqual(len(rows), 1)
        self.assertIn('belongs in a source', rows[0])
        self.assertEqual(self.breaches({'engine/linux/net/ipv4/udp_rcv.h':
            'template <bool kV6>\nstruct UdpRcv {\n    using stages = Stages<>;\n};\n'}), [])
        self.assertBreach('lessons/player.cpp', '"views/scene/scene.h"', 'may include', ['views/scene/scene.h'])
        self.assertBreach('views/scene/scene.cpp', '"app/actions.h"', 'may include', ['app/actions.h'])
        self.assertBreach('views/scene/scene.cpp', '"engine/step/step.h"', 'may include', ['engine/step/step.h'])
        self.assertFine('views/session/session.cpp', '"engine/step/step.h"', ['engine/step/step.h'])
        self.assertFine('engine/linux/net/ipv4/udp.cpp', '"engine/linux/functions.h"', ['engine/linux/functions.h'])
        self.assertFine('engine/linux/net/core/dev.cpp', '"engine/linux/net/core/dev.h"', ['engine/linux/net/core/dev.h'])

    def test_paths(self):
        self.assertBreach('engine/core/bytes.cpp', '"bytes.h"', 'from the root', ['engine/core/bytes.h'])
        self.assertBreach('app/main.cpp', '"app/other.cpp"', 'never included', ['app/other.cpp'])


CATALOG = '''<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en"><context><name>Window</name>%s</context></TS>
'''


class Translations(unittest.TestCase):
    def gaps(self, message):
        tree = Tree({translations.CATALOG: CATALOG % message})
        with tree.folder:
            return list(translations.catalog_gaps(os.path.join(tree.root, translations.CATALOG)))

    def test_catalog(self):
        self.assertEqual(self.gaps('<message><source>Step %1</source><translation>第 %1 步</translation></message>'), [])
        for translation in ('<translation type="unfinished">步</translation>', '<translation></translation>', '<translation/>', ''):
            rows = self.gaps(f'<message><source>Step</source>{translation}</message>')
            self.assertEqual(len(rows), 1, translation)
            self.assertIn('Window: "Step": not translated', rows[0])
        rows = self.gaps('<message><source>Step %1</source><translation>步</translation></message>')
        self.assertIn('placeholders none, the source has %1', rows[0])

    def test_plural_forms(self):
        plural = '<message numerus="yes"><source>%%n packet(s)</source><translation><numerusform>%s</numerusform></translation></message>'
        self.assertEqual(self.gaps(plural % '%n 个包'), [])
        self.assertIn('not translated', self.gaps(plural % '')[0])

    def test_literals(self):
        tree = Tree({'views/a.cpp': 'label->setText("Hello");\nlabel->setText(tr("Hello"));\nlabel->setText("%1");\n'
                                    'label->setText("sk_buff");  // not translated: a kernel name\n'})
        with tree.folder:
            self.assertEqual(list(translations.literals(tree.root)), ['views/a.cpp:1: "Hello" goes past tr()'])

    def test_lessons(self):
        tree = Tree({'lessons/catalog/010-a/en.md': '## one\n## two\n', 'lessons/catalog/010-a/zh_CN.md': '## one\n',
                     'lessons/catalog/020-b/en.md': '## one\n'})
        with tree.folder:
            rows = list(translations.lesson_gaps(tree.root))
        self.assertEqual(len(rows), 2, rows)
        self.assertIn("lacks ['two']", rows[0])
        self.assertIn('lacks zh_CN.md', rows[1])

    def test_lupdate_finds_what_is_new(self):
        lupdate = translations.find_lupdate()
        if not lupdate:
            self.skipTest('lupdate (qt6-l10n-tools) is not installed')
        tree = Tree({translations.CATALOG: CATALOG % '',
                     'app/README.md': '',
                     'views/window.cpp': '#include <QObject>\nvoid f() { QObject::tr("A new text"); }\n'})
        with tree.folder:
            rows = list(translations.gaps(tree.root, lupdate))
            with open(os.path.join(tree.root, translations.CATALOG), encoding='utf-8') as untouched:
                self.assertNotIn('A new text', untouched.read())
        self.assertEqual(len(rows), 1, rows)
        self.assertIn('"A new text": not translated', rows[0])


class Lint(unittest.TestCase):
    def test_dependencies(self):
        self.assertEqual(lint.parse_dependencies('a.o: a.cpp \\\n  /usr/include/x.h my\\ file.h\n'),
                         ['a.cpp', '/usr/include/x.h', 'my file.h'])

    def test_what_makes_a_file_read_again(self):
        tree = Tree({'a.cpp': '1', 'a.h': '1'})
        with tree.folder:
            source, header = (os.path.join(tree.root, name) for name in ('a.cpp', 'a.h'))
            now = lint.Contents()
            kept = {'common': 'tidy 14', 'command': 'c++ a.cpp', 'files': {source: now[source], header: now[header]}}
            entry = {'command': 'c++ a.cpp'}
            self.assertTrue(lint.fresh(kept, 'tidy 14', entry, lint.Contents()))
            self.assertFalse(lint.fresh(None, 'tidy 14', entry, lint.Contents()), 'never read')
            self.assertFalse(lint.fresh(kept, 'tidy 15', entry, lint.Contents()), 'another clang-tidy or configuration')
            self.assertFalse(lint.fresh(kept, 'tidy 14', {'command': 'c++ -O1 a.cpp'}, lint.Contents()), 'another command')
            with open(header, 'w', encoding='utf-8') as out:
                out.write('2')
            self.assertFalse(lint.fresh(kept, 'tidy 14', entry, lint.Contents()), 'another header')
            os.remove(header)
            self.assertFalse(lint.fresh(kept, 'tidy 14', entry, lint.Contents()), 'no header')

    def test_a_file_of_a_unit_is_read_both_ways_and_any_other_once_for_all(self):
        tree = Tree({'a.cpp': '', 'b.cpp': '', 'alone.cpp': '', 'views.cpp': ''})
        with tree.folder, unittest.mock.patch.object(lint, 'TOP', tree.root):
            def commands(build, *names):
                os.makedirs(os.path.join(tree.root, build))
                with open(os.path.join(tree.root, build, 'compile_commands.json'), 'w', encoding='utf-8') as out:
                    json.dump([{'file': os.path.join(tree.root, name), 'command': 'c++'} for name in names], out)
                return os.path.join(tree.root, build)

            def unit(name, *members):
                with open(os.path.join(tree.root, 'units', name), 'w', encoding='utf-8') as out:
                    out.writelines(f'#define X\n#include "{os.path.join(tree.root, member)}"\n' for member in members)

            single = commands('single', 'a.cpp', 'b.cpp', 'alone.cpp', 'views.cpp')
            units = commands('units', 'units/unity_ab.cxx', 'units/unity_views.cxx', 'alone.cpp')
            unit('unity_ab.cxx', 'a.cpp', 'b.cpp')
            unit('unity_views.cxx', 'views.cpp')
            made = [(job.path, job.without) for job in lint.plan(['a.cpp', 'b.cpp', 'alone.cpp'], single, units)]
            self.assertEqual(made, [('units/unity_ab.cxx', lint.TEXT_ONLY), ('a.cpp', lint.ANALYZER_ONLY),
                                    ('b.cpp', lint.ANALYZER_ONLY), ('alone.cpp', '')])
            self.assertEqual([job.without for job in lint.plan(['a.cpp'], single, None)], [''], 'no units, all checks')
            with self.assertRaisesRegex(SystemExit, 'compiles none of: c.cpp'):
                lint.plan(['c.cpp'], single, units)


class Mutate(unittest.TestCase):
    def after(self, *lines, kind=None):
        return [m.after.strip() for m in mutate.mutations('x.cpp', '\n'.join(lines)) if kind in (None, m.kind)]

    def test_operators(self):
        self.assertEqual(self.after('    if (a > b) {'), ['if (a >= b) {'])
        self.assertEqual(self.after('    if (a <= b && c == d) {'), ['if (a < b && c == d) {', 'if (a <= b || c == d) {', 'if (a <= b && c != d) {'])
        self.assertEqual(self.after('    return a + b;'), ['return a - b;'])
        self.assertEqual(self.after('    return "a" + b + std::to_string(c);', kind='arithmetic'), [], 'texts can be added only')
        self.assertEqual(self.after('    x = y->z;', kind='arithmetic'), [])
        self.assertEqual(self.after('    std::vector<int> v;'), [])

    def test_limits(self):
        self.assertEqual(self.after('constexpr int kMost = 10;'), ['constexpr int kMost = 11;', 'constexpr int kMost = 9;'])
        self.assertEqual(self.after("int kMost = 1'000;"), ['int kMost = 1001;', 'int kMost = 999;'])
        self.assertEqual(self.after('std::int32_t x0 = 0x10 * 1.5;'), [], 'hexadecimal, floating and part of a name')

    def test_dropped_statements(self):
        self.assertEqual(self.after('    call(x);', kind='drop'), [';'])
        self.assertEqual(self.after('    a.b->c = d;', kind='drop'), [';'])
        self.assertEqual(self.after('    ++k.write(dev).rx_packets;', kind='drop'), [';'])
        for line in ('return x;', 'int a = b;', 'auto& a = b;', 'const int a = b;', 'std::vector<int> v(n);', 'if (a) b = c;', '}'):
            self.assertEqual(self.after('    ' + line, kind='drop'), [], line)
        self.assertEqual(self.after('    call(a,', '         b(c));', kind='drop'), [], 'the end of a statement')

    def test_swapped_operands(self):
        self.assertEqual(self.after('    x = end - begin;', kind='swap'), ['x = begin - end;'])
        self.assertEqual(self.after('    x = (now / kJiffy);', kind='swap'), ['x = (kJiffy / now);'])
        self.assertEqual(self.after('    x = y[i - 1].z;', kind='swap'), [], 'half of what stands in brackets')

    def test_what_is_left_alone(self):
        for line in ('// a > b', '#if A > 1', 'static_assert(a > b);', '    v("a", s.a, Unit::count, "more");', '    text = "a > b";',
                     '    using stages = Stages<Stage<"a", &Self::a, 1>>;', '    RS_DEFINE(a, kSource, "x"),'):
            self.assertEqual([a for a in self.after(line) if a != ';'], [], line)
        self.assertEqual(self.after('    template <class V>', '    static void describe(V& v, S& s) {', '        if (a > b) c = 1;', '    }',
                                    '    if (d > e) {'), ['if (d >= e) {'])

    def test_the_seed_decides(self):
        found = list(mutate.mutations('x.cpp', 'if (a > b && c == 1) {\n    d = e - f;\n'))
        self.assertEqual(mutate.chosen(found, 1), mutate.chosen(found, 1))
        self.assertEqual(sorted(mutate.chosen(found, 1)), sorted(found), 'each once')
        self.assertNotEqual(mutate.chosen(found * 5, 1), mutate.chosen(found * 5, 2))
        compared = [m for m in mutate.chosen(found, 1) if m.kind == 'limit']
        more = list(mutate.mutations('a.cpp', 'if (f == 7) {\n'))
        self.assertEqual([m for m in mutate.chosen(more + found, 1) if m.kind == 'limit' and m.file == 'x.cpp'], compared,
                         'what comes elsewhere leaves the rest in its order')

    def test_the_nearest_tests_come_first(self):
        tests = [('test_engine', 'tests/engine/core/cow_test.cpp', 'Cow.A', 0.1), ('test_engine', 'tests/engine/net/x_test.cpp', 'Net.A', 0.1),
                 ('test_engine', 'tests/engine/net/x_test.cpp', 'Net.Long', 5), ('test_lessons', 'tests/lessons/a_test.cpp', 'Lessons.A', 0.1),
                 ('test_capture', 'tests/capture/a_test.cpp', 'Capture.A', 0.1), ('test_engine', 'tests/engine/a_test.cpp', 'Top.A', 3)]
        commands = [('conform.x', ['{out}/ringside'], 1.0)]

        def order(file):
            return [name for batch in mutate.batches(file, tests, commands) for name in batch.names]
        self.assertEqual(order('engine/linux/net/ipv4/x.cpp'), ['Net.A', 'Lessons.A', 'Cow.A', 'Top.A', 'Capture.A', 'conform.x', 'Net.Long'])
        self.assertEqual(order('engine/capture/x.cpp')[0], 'Capture.A')
        self.assertEqual(sorted(order('engine/core/x.cpp')), sorted([t[2] for t in tests] + ['conform.x']), 'each once')

    def test_results_survive_the_run(self):
        tree = Tree({'results.jsonl': '{"key": "a", "result": "killed"}\n{"key": "b", "resu'})
        with tree.folder:
            path = os.path.join(tree.root, 'results.jsonl')
            self.assertEqual(list(mutate.Results(path).known), ['a'], 'a line that was cut off is judged again')

    def test_report(self):
        def entry(result, line):
            return {'file': 'x.cpp', 'line': line, 'kind': 'limit', 'before': ' a = 1;', 'after': ' a = 2;', 'result': result}
        entries = [entry('killed', 1)] * 5 + [entry('survived', 7), entry('invalid', 8), entry('same', 9)]
        known = mutate.reasons('# why\nx.cpp | a = 1; | a = 2; | nobody reads it\n')
        rows, reached = mutate.report(entries, 83, known)
        self.assertTrue(reached)
        self.assertEqual(rows[0], 'x.cpp:7: limit: a = 1;  ->  a = 2;  (nobody reads it)')
        self.assertIn('5 of 6 mutants died', rows[-1])
        self.assertFalse(mutate.report(entries, 84, known)[1])


class Ratchet(unittest.TestCase):
    TOLD = '  udp_rx: holds: coverage 0.990 of 86 names, recall 1.000 of 90 calls, precision 0.918 of 98\n1 of 1 recordings hold\n'

    def test_figures(self):
        self.assertEqual(ratchet.figures('udp_rx', self.TOLD), {'coverage': 0.99, 'recall': 1.0, 'precision': 0.918})
        self.assertEqual(ratchet.figures('skb', '  skb: holds: 300 of 400 fields equal; 30 of 40 entries compared'),
                         {'fields': 0.75, 'entries': 0.75})
        self.assertEqual(ratchet.figures('packets', '7 files, 0 crashed; 9 fields, 0.99990 agree'), {'agree': 0.9999})

    def test_only_upwards(self):
        found = ratchet.figures('udp_rx', self.TOLD)
        floors = ratchet.read('# head\nudp_rx coverage 0.99000\nudp_rx recall 1.00000\nudp_rx precision 0.91800\nother recall 1\n')
        self.assertEqual(ratchet.judge('udp_rx', found, floors), ([], []))
        self.assertEqual(ratchet.judge('udp_rx', {**found, 'recall': 0.999}, floors)[0], ['udp_rx: recall fell to 0.99900 from 1.00000'])
        self.assertEqual(ratchet.judge('udp_rx', {**found, 'coverage': 0.991}, floors),
                         ([], ['udp_rx: coverage is 0.99100, higher than 0.99000']))
        self.assertEqual(ratchet.judge('udp_rx', {'coverage': 0.99, 'recall': 1.0}, floors)[0],
                         ['udp_rx: precision is no longer told (it was 0.91800)'])


if __name__ == '__main__':
    unittest.main()
