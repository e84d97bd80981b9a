#!/usr/bin/env python3
"""Runs the inputs that failed once (../shared/cases) and holds what becomes of them against what 6.1.192 does.

  cases.py CASES BINARY      CASES: the folder of the inputs

Every file of the folder has its row here: a file without a row, or a row without its file, fails. Exit status 1 where
something differs.
"""
import json
import os
import re
import subprocess
import sys

DELIVERED, CONSUMED, IGNORED, UNDECIDED = 'delivered', 'consumed', 'ignored', 'undecided'
FINISH, SOCKET = 'NOT_SPECIFIED in ip_rcv_finish_core', 'NO_SOCKET in __udp4_lib_rcv'

# captures: what becomes of each packet, and what a note of one of them has to say
PACKETS = {
    'ng_two_linktypes.pcapng': ([DELIVERED] * 4, {}),
    'ng_two_sections_mixed_endian.pcapng': ([DELIVERED] * 3, {}),
    'bigtcp4_len0.pcap': ([IGNORED] * 2, {1: 'not one frame on the wire', 2: 'not one frame on the wire'}),
    'gro_joined.pcap': ([IGNORED, CONSUMED], {1: 'segments joined by GRO'}),
    'sll2_mostly_lo.pcap': ([IGNORED] * 10 + [DELIVERED] * 6, {1: 'loopback'}),
    'martians.pcap': ([DELIVERED] + [FINISH] * 5 + [DELIVERED] * 3, {}),
    'veth_partial_checksums.pcap': ([DELIVERED] * 4, {1: 'left to offload'}),
    'veth_full_checksums.pcap': ([DELIVERED] * 4, {}),
    'ip_options.pcap': ([DELIVERED, DELIVERED, FINISH, FINISH, DELIVERED, DELIVERED, FINISH, FINISH], {3: 'IP options'}),
    'port_zero.pcap': ([DELIVERED, SOCKET, DELIVERED], {}),
    'mcast_filter.pcap': ([DELIVERED, FINISH, DELIVERED, DELIVERED, 'UNHANDLED_PROTO in __netif_receive_skb_core'], {}),
    'snap_in_header.pcap': ([UNDECIDED] * 8 + [DELIVERED] * 2, {1: 'does not hold enough', 9: '42 of 142 bytes'}),
    'time_back.pcap': ([DELIVERED] * 4, {2: 'went back by 0.4 s', 3: 'went back by 86400.5 s'}),
    'hdr.pcap': ([], {}),
}
HOSTS = {'mcast_filter.pcap': '10.0.0.1', 'snap_in_header.pcap': '10.0.0.1'}

# inputs that say something the model has no word for: the message of `check`
REFUSED = {
    'epoll.yaml': 'recvfrom: other ways to wait or send are not modelled yet',
    'reuseport.yaml': 'a port that is free, found 5000 a second time',  # it would say "reuseport: true"
}


class Run:
    """The events of a scenario and the state at its end."""

    def __init__(self, binary, path):
        self.binary, self.path = binary, path
        text = subprocess.run([binary, 'run', path, '--format', 'jsonl'], stdout=subprocess.PIPE, text=True, check=True)
        self.events = [json.loads(row) for row in text.stdout.splitlines() if row.startswith('{')]
        state = subprocess.run([binary, 'run', path, '--state'], stdout=subprocess.PIPE, text=True, check=True).stdout
        self.state = json.loads(state[state.index('{'):])

    def entered(self, function, **where):
        return [e for e in self.events if e['kind'] == 'enter' and e['function'] == function
                and all(e[key] == value for key, value in where.items())]

    def drops(self):
        return [f"{e['drop']} in {e['function']}" for e in self.events if e['drop']]

    def traced(self, name):
        points = [(e, e['tracepoint']) for e in self.events if e.get('tracepoint')]
        return [(e, p['args']) for e, p in points if p['name'].split(':')[-1] == name]

    def task(self, comm):
        return next(t for t in self.state['task'].values() if t['comm'] == comm)

    def switches(self):
        return [args['next_comm'] for _, args in self.traced('sched_switch')]


def broadcast_to_the_named_card(run):
    assert [run.state['dev'][dev]['stats']['rx_packets'] for dev in ('eth0', 'eth1')] == [1, 1], 'no key: the first card'


def bound_to_a_card(run):
    assert run.state['socket']['udp:5000']['sk_bound_dev_if'] == run.state['dev']['eth0']['ifindex']


def rpf(run):
    assert run.drops() == ['IP_RPFILTER in ip_rcv_finish_core'] * 2 + [FINISH]
    assert re.search(r'"IPReversePathFilter": 2\b', json.dumps(run.state['counters']))


def two_sockets(run):
    sockets = run.state['socket']
    assert sockets['udp:10.0.0.1:5000']['sk_receive_queue']['qlen'] == 1, 'unicast goes to the exact one'
    assert run.task('a')['received'] == 1, 'the broadcast goes to the wildcard only'


def receive_buffer(run):
    socket = run.state['socket']['udp:5000']
    assert (socket['sk_rcvbuf'], socket['sk_receive_queue']['qlen'], socket['sk_drops']) == (2304, 2, 3)


def jumbo(run):
    assert run.task('a')['received'] == 3 and run.task('a')['received_bytes'] == 1472 + 3972 + 8972
    assert run.state['dev']['eth0']['stats']['rx_length_errors'] == 1


def mtu(run):
    assert run.task('r')['received_bytes'] == 5000


def next_buddy(run):
    woken = run.switches()[run.switches().index('hog') + 1:]
    assert woken[:2] == ['first', 'second'], woken


def causes(run):
    """Each interrupt's entry names the event that raised it."""
    by_seq = {e['seq']: e for e in run.events}
    lines = [e for e in run.entered('common_interrupt')]
    assert len(lines) == 2 and len({e['cause'] for e in lines}) == 2
    for entry in lines:
        assert by_seq[entry['cause']]['function'] == 'interrupt_controller', by_seq[entry['cause']]
    timers = run.entered('sysvec_apic_timer_interrupt')
    assert timers and all(by_seq[e['cause']]['function'] == 'timer' for e in timers)


def group_nobody_joined(run):
    assert run.drops() == [FINISH]
    assert run.state['dev']['eth0']['stats']['multicast'] == 1, 'the card counts it'


def ticks(run):
    assert len(run.entered('tick_sched_timer')) == 25


def woken_on_an_idle_cpu(run):
    to_reader = [(e, args) for e, args in run.traced('sched_switch') if args['next_comm'] == 'reader']
    assert [e['cpu'] for e, _ in to_reader] == [1]
    assert to_reader[0][0]['t_ns'] < 1_010_000, 'at once'


SCENARIOS = {
    'bcast_nic2.yaml': broadcast_to_the_named_card,
    'bound_dev.yaml': bound_to_a_card,
    'rpf_1.yaml': rpf,
    'two_sockets.yaml': two_sockets,
    'rcvbuf_1.yaml': receive_buffer,
    'jumbo.yaml': jumbo,
    'mtu.yaml': mtu,
    'buddy.yaml': next_buddy,
    'cause.yaml': causes,
    'mc.yaml': group_nobody_joined,
    'tick.yaml': ticks,
    'wake.yaml': woken_on_an_idle_cpu,
}


def packets(binary, path, name):
    wanted, notes = PACKETS[name]
    host = ['--host', HOSTS[name]] if name in HOSTS else []
    done = subprocess.run([binary, 'packets', path, '--format', 'jsonl', *host], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(row) for row in done.stdout.splitlines()]
    found = [f"{r['reason']} in {r['function']}" if r['reason'] else r['fate'] for r in rows]
    assert found == wanted, found
    for number, note in notes.items():
        assert note in ' '.join(rows[number - 1]['notes']), rows[number - 1]['notes']


def refused(binary, path, name):
    done = subprocess.run([binary, 'check', path], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    assert done.returncode == 1 and REFUSED[name] in done.stdout, done.stdout


def main(folder, binary):
    os.environ.setdefault('QT_QPA_PLATFORM', 'offscreen')
    rows = {**{n: packets for n in PACKETS}, **{n: refused for n in REFUSED},
            **{n: (lambda b, p, n: SCENARIOS[n](Run(b, p))) for n in SCENARIOS}}
    files = {name for name in os.listdir(folder) if name.endswith(('.yaml', '.pcap', '.pcapng'))}
    wrong = [f'{name}: no row' for name in sorted(files - set(rows))] + [
        f'{name}: no file' for name in sorted(set(rows) - files)]
    for name in sorted(files & set(rows)):
        try:
            rows[name](binary, os.path.join(folder, name), name)
        except (AssertionError, KeyError, IndexError, subprocess.CalledProcessError) as error:
            wrong.append(f'{name}: {type(error).__name__}: {error}')
    for row in wrong:
        print(row)
    print(f'{len(files)} cases, {len(wrong)} wrong')
    return 1 if wrong else 0


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
