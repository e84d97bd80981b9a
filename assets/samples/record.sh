#!/usr/bin/env bash
# Records the samples of this folder between two network namespaces joined by a veth pair; nothing leaves the machine.
#   ringside-a 192.0.2.1 (02:00:5e:00:02:01)   the other side: DNS server, sender of the burst, client
#   ringside-b 192.0.2.2 (02:00:5e:00:02:02)   "our" host, where tcpdump listens
# Needs root, iproute2, tcpdump and python3 (Debian: apt-get install iproute2 tcpdump python3).
# Usage: record.sh [FOLDER]; without FOLDER the samples beside this script are replaced.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here}
work=$(mktemp -d)
a="ip netns exec ringside-a"
b="ip netns exec ringside-b"
traffic="python3 $here/traffic.py"

for tool in ip tcpdump python3; do
    command -v "$tool" >/dev/null || { echo "record.sh: $tool is missing (apt-get install iproute2 tcpdump python3)" >&2; exit 1; }
done
[ "$(id -u)" = 0 ] || { echo "record.sh: namespaces need root" >&2; exit 1; }

cleanup() {
    ip netns del ringside-a 2>/dev/null || true
    ip netns del ringside-b 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT

# A fresh pair for each sample, so that each begins with ARP and with nothing of the one before.
link() {
    ip netns del ringside-a 2>/dev/null || true
    ip netns del ringside-b 2>/dev/null || true
    for side in a b; do
        ip netns add ringside-$side
        ip netns exec ringside-$side sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
    done
    ip link add eth0 netns ringside-a address 02:00:5e:00:02:01 type veth \
        peer name eth0 netns ringside-b address 02:00:5e:00:02:02
    $a ip address add 192.0.2.1/24 dev eth0
    $b ip address add 192.0.2.2/24 dev eth0
    # Checksums are computed in software, as on a wire, and not left to a NIC that a veth does not have.
    for side in "$a" "$b"; do
        $side ip link set lo up
        $side ip link set eth0 up
        $side $traffic offload-off eth0
    done
}

# listen FILE: tcpdump on ringside-b until `finish`; waits until it really listens.
listen() {
    $b tcpdump -q -n -U --immediate-mode -i eth0 --time-stamp-precision=nano -w "$1" 2>"$work/tcpdump" &
    listener=$!
    until grep -q "listening on" "$work/tcpdump"; do sleep 0.05; done
}
finish() {
    sleep 0.3
    kill "$listener"
    wait "$listener" || true
}

# 1. A DNS lookup: ringside-b asks 192.0.2.1 for an address, once for A and once for AAAA.
link
$a $traffic dns-server & server=$!
sleep 0.3
listen "$work/dns-lookup.pcap"
$b $traffic dns-client
finish
kill "$server"; wait "$server" 2>/dev/null || true

# 2. A burst with losses: 300 numbered datagrams in one go at a socket with a small receive buffer whose process is busy.
#    What does not fit is dropped behind the capture point; the last packet is the receiver's report of what it got.
link
$b $traffic burst-receiver & server=$!
sleep 0.3
listen "$work/burst.pcap"
$a $traffic burst-sender
finish
wait "$server"
$traffic to-pcapng "$work/burst.pcap" "$work/burst-with-losses.pcapng"

# 3. A mix: ARP, ICMP echo, UDP with an answer, a fragmented datagram, a datagram to a closed port (ICMP unreachable), TCP.
link
$b $traffic mix-server & server=$!
sleep 0.3
listen "$work/mix.pcap"
$a $traffic mix-client
finish
wait "$server"

mkdir -p "$out"
install -m 644 "$work/dns-lookup.pcap" "$work/burst-with-losses.pcapng" "$work/mix.pcap" "$out/"
ls -l "$out"
