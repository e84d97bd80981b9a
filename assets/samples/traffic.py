#!/usr/bin/env python3
"""The two sides of each sample; record.sh starts them in its namespaces. Standard library only."""
import ctypes
import fcntl
import os
import socket
import struct
import sys
import time

A, B = '192.0.2.1', '192.0.2.2'
NAME = 'ringside.example'


def offload_off(interface):
    """ETHTOOL_STXCSUM 0: the kernel then fills in checksums before the interface sees a packet."""
    siocethtool, stxcsum = 0x8946, 0x00000017
    value = bytearray(struct.pack('=II', stxcsum, 0))
    address = (ctypes.c_char * len(value)).from_buffer(value)
    request = struct.pack('16sP', interface.encode(), ctypes.addressof(address))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        fcntl.ioctl(s, siocethtool, request.ljust(40, b'\0'))


def udp(address=None, port=0):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    if address is not None:
        s.bind((address, port))
    return s


def question(name, kind):
    labels = b''.join(bytes([len(p)]) + p.encode() for p in name.split('.'))
    return labels + b'\0' + struct.pack('!HH', kind, 1)


def dns_server():
    s = udp(A, 53)
    answers = {1: socket.inet_aton('192.0.2.80'), 28: socket.inet_pton(socket.AF_INET6, '2001:db8::80')}
    while True:
        query, who = s.recvfrom(512)
        ident, kind = query[:2], struct.unpack('!H', query[-4:-2])[0]
        answer = answers[kind]
        record = b'\xc0\x0c' + struct.pack('!HHIH', kind, 1, 300, len(answer)) + answer
        s.sendto(ident + struct.pack('!HHHHH', 0x8580, 1, 1, 0, 0) + query[12:] + record, who)


def dns_client():
    s = udp(B, 40053)
    for ident, kind in ((0x2b1d, 1), (0x2b1e, 28)):
        s.sendto(struct.pack('!HHHHHH', ident, 0x0100, 1, 0, 0, 0) + question(NAME, kind), (A, 53))
        s.recvfrom(512)


def burst_receiver():
    s = udp(B, 5001)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32768)
    s.recvfrom(2048)                # the first datagram wakes the process …
    time.sleep(0.5)                 # … which is busy while the burst arrives
    s.setblocking(False)
    got, who = 1, (A, 40001)
    while True:
        try:
            s.recvfrom(2048)
            got += 1
        except BlockingIOError:
            break
    s.sendto(f'received {got} of 300'.encode(), who)


def burst_sender():
    s = udp(A, 40001)
    for n in range(1, 301):
        s.sendto(struct.pack('!I', n).ljust(400, b'.'), (B, 5001))
    s.recvfrom(2048)


def mix_server():
    s = udp(B, 5000)
    t = socket.socket()
    t.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    t.bind((B, 8080))
    t.listen()
    for _ in range(3):
        data, who = s.recvfrom(8192)
        s.sendto(f'{len(data)} bytes'.encode(), who)
    peer, _ = t.accept()
    peer.recv(4096)
    body = b'<p>Hello from the other namespace.</p>\n' * 60
    peer.sendall(b'HTTP/1.0 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n' % len(body) + body)
    peer.close()


def checksum(data):
    total = sum(struct.unpack(f'!{len(data) // 2}H', data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def ping(ident, sequence):
    payload = bytes(range(56))
    head = struct.pack('!BBHHH', 8, 0, 0, ident, sequence)
    head = struct.pack('!BBHHH', 8, 0, checksum(head + payload), ident, sequence)
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as s:
        s.sendto(head + payload, (B, 0))
        while s.recv(2048)[20] != 0:     # until the echo reply
            pass


def mix_client():
    for sequence in (1, 2, 3):
        ping(0x5253, sequence)
        time.sleep(0.05)
    s = udp(A, 40000)
    for size in (5, 1000, 3000):         # the last one is fragmented
        s.sendto(b'x' * size, (B, 5000))
        s.recvfrom(2048)
        time.sleep(0.02)
    closed = udp(A, 40002)
    closed.connect((B, 5999))
    closed.send(b'anybody there?')
    time.sleep(0.1)
    t = socket.create_connection((B, 8080), source_address=(A, 40080))
    t.sendall(b'GET / HTTP/1.0\r\nHost: ringside.example\r\n\r\n')
    while t.recv(4096):
        pass
    t.close()


def to_pcapng(source, target):
    """Nanosecond pcap to pcapng: one interface, its name, and a comment on the section."""
    def option(code, value):
        return struct.pack('<HH', code, len(value)) + value.ljust((len(value) + 3) // 4 * 4, b'\0')

    def block(kind, body):
        return struct.pack('<II', kind, len(body) + 12) + body + struct.pack('<I', len(body) + 12)

    with open(source, 'rb') as f:
        data = f.read()
    magic, _, _, _, _, snaplen, link = struct.unpack('<IHHiIII', data[:24])
    assert magic == 0xa1b23c4d, 'a little-endian pcap with nanoseconds'
    comment = b'A UDP burst at a small receive buffer, between two network namespaces.'
    end = option(0, b'')
    out = block(0x0a0d0d0a, struct.pack('<IHHq', 0x1a2b3c4d, 1, 0, -1) + option(1, comment) + end)
    out += block(1, struct.pack('<HHI', link, 0, snaplen) + option(2, b'eth0') + option(9, b'\x09') + end)
    at = 24
    while at < len(data):
        sec, nsec, caplen, length = struct.unpack('<IIII', data[at:at + 16])
        ts = sec * 1000000000 + nsec
        body = data[at + 16:at + 16 + caplen]
        out += block(6, struct.pack('<IIIII', 0, ts >> 32, ts & 0xffffffff, caplen, length)
                     + body.ljust((caplen + 3) // 4 * 4, b'\0'))
        at += 16 + caplen
    with open(target, 'wb') as f:
        f.write(out)


if __name__ == '__main__':
    roles = {'offload-off': offload_off, 'dns-server': dns_server, 'dns-client': dns_client,
             'burst-receiver': burst_receiver, 'burst-sender': burst_sender, 'mix-server': mix_server,
             'mix-client': mix_client, 'to-pcapng': to_pcapng}
    if len(sys.argv) < 2 or sys.argv[1] not in roles:
        sys.exit('usage: traffic.py ' + '|'.join(roles) + ' [ARGUMENT]…')
    try:
        roles[sys.argv[1]](*sys.argv[2:])
    except KeyboardInterrupt:
        os._exit(0)
