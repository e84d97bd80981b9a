#include "tests/lessons/random_scenario.h"

#include <algorithm>

#include "engine/linux/driver.h"

namespace ringside::test {
namespace {

/// Draws the values of a struct by its key list.
class Draw {
  public:
    Draw(Rng& rng, const Scenario& scenario) : m_rng(rng), m_scenario(scenario) {}

    bool oneIn(std::uint64_t n) { return m_rng.below(n) == 0; }
    template <class T>
    const T& among(const std::vector<T>& all) {
        return all[m_rng.below(all.size())];
    }
    template <class T>
    void all(T& spec) {
        T::keys(*this, spec);
    }

    template <class T>
    void operator()(const Key& key, T& out) {
        if (key.required || !oneIn(3)) value(key, out);
    }
    template <class T, class Sink>
    void each(const Key&, const Sink&) {}

    /// One of the limits, a value beside them, or anything between; small ones are likelier.
    std::int64_t number(std::int64_t least, std::int64_t most) {
        switch (m_rng.below(8)) {
            case 0:
                return least;
            case 1:
                return most;
            case 2:
                return std::min(most, least + 1);
            case 3:
                return std::max(least, most - 1);
            default:
                break;
        }
        const auto span = static_cast<std::uint64_t>(most) - static_cast<std::uint64_t>(least);
        const unsigned bits = static_cast<unsigned>(64 - std::countl_zero(span | 1));
        const std::uint64_t drawn = m_rng.next() >> (64 - (1 + m_rng.below(bits)));
        return least + static_cast<std::int64_t>(drawn % (span == ~std::uint64_t{0} ? span : span + 1));
    }

  private:
    template <class T>
    void value(const Key& key, T& out) {
        if constexpr (kIsOptional<T>) {
            value(key, out.emplace());
        } else if constexpr (std::is_same_v<T, std::vector<Op>>) {
            // drawn by the one who knows the task's files
        } else if constexpr (kIsList<T>) {
            if (HasKeys<typename T::value_type>) return;
            out.clear();
            for (std::uint64_t n = m_rng.below(std::min<std::size_t>(key.longest, 4)); n > 0; --n)
                value(key, out.emplace_back());
        } else if constexpr (HasKeys<T>) {
            all(out);
        } else if constexpr (std::is_same_v<T, bool>) {
            out = oneIn(2);
        } else if constexpr (std::is_same_v<T, std::string>) {
            if (key.refers == Refers::nic && m_scenario.nics.empty()) return;
            if (key.refers == Refers::nic) {
                out = m_scenario.nics[m_rng.below(m_scenario.nics.size())].name;
                return;
            }
            out.assign(static_cast<std::size_t>(std::min<std::int64_t>(number(key.least, key.most), 300)), 'x');
        } else if constexpr (std::is_same_v<T, HexBytes>) {
            for (std::uint64_t n = m_rng.below(200); n > 0; --n)
                out.bytes.push_back(static_cast<std::uint8_t>(m_rng.next()));
        } else if constexpr (TextValue<T>) {
            static const std::vector<std::string> kTexts{"10.0.0.1",
                                                         "10.0.0.2",
                                                         "10.0.1.1",
                                                         "10.0.0.255",
                                                         "255.255.255.255",
                                                         "224.1.2.3",
                                                         "2001:db8::1",
                                                         "2001:db8::2",
                                                         "ff02::1",
                                                         "10.0.0.1/24",
                                                         "10.0.1.1/30",
                                                         "2001:db8::1/64",
                                                         "0.0.0.0/0",
                                                         "127.0.0.1",
                                                         "192.168.7.7/32",
                                                         "52:54:00:12:34:56",
                                                         "any",
                                                         "default",
                                                         "fe80::1/10",
                                                         "::",
                                                         "ff:ff:ff:ff:ff:ff",
                                                         "01:00:5e:01:02:03",
                                                         "0.0.0.0"};
            for (int tries = 0; tries < 40; ++tries) {
                T drawn{};
                if (!parseValue(among(kTexts), drawn).empty()) continue;
                out = drawn;
                return;
            }
        } else if (key.refers != Refers::nothing) {
            const std::size_t known = key.refers == Refers::nic ? m_scenario.nics.size() : m_scenario.sockets.size();
            out = static_cast<T>(m_rng.below(known + (oneIn(50) ? 1 : 0) + (known == 0 ? 1 : 0)));
        } else if (!key.choices.empty()) {
            out = static_cast<T>(key.choices[m_rng.below(key.choices.size())].value);
        } else {
            std::int64_t most = key.most;
            if constexpr (std::is_integral_v<T> && sizeof(T) < 8)
                most = std::min(most, static_cast<std::int64_t>(std::numeric_limits<T>::max()));
            if (key.unit == Unit::nanoseconds)
                most = std::min<std::int64_t>(most, oneIn(4) ? 3600 * kSecond : kMillisecond);
            out = static_cast<T>(number(key.least, most) / key.multiple * key.multiple);
        }
    }

    Rng& m_rng;
    const Scenario& m_scenario;
};

class Maker {
  public:
    explicit Maker(std::uint64_t seed) : m_rng{seed}, m_draw(m_rng, m_scenario) {}

    Scenario make() {
        m_draw.all(m_scenario);
        m_scenario.capture.reset();
        if (!m_draw.oneIn(8)) m_scenario.cpus = static_cast<std::uint16_t>(1 + m_rng.below(4));
        for (std::uint64_t n = m_rng.below(4); n > 0; --n) nic();
        for (std::uint64_t n = m_scenario.nics.empty() ? 0 : m_rng.below(3); n > 0; --n) route();
        for (std::uint64_t n = m_rng.below(5); n > 0; --n) socket();
        for (std::uint64_t n = m_rng.below(6); n > 0; --n) task();
        for (std::uint64_t n = m_rng.below(8); n > 0; --n) traffic();
        if (!m_draw.oneIn(8)) fitting();
        sortTraffic(m_scenario);
        return std::move(m_scenario);
    }

  private:
    void nic() {
        NicSpec nic = NicSpec::nth(m_scenario.nics.size());
        m_draw.all(nic);
        nic.mac = NicSpec::nth(m_scenario.nics.size()).mac;
        if (!m_draw.oneIn(4)) nic.irq = NicSpec::nth(m_scenario.nics.size()).irq;
        nic.name = "eth" + std::to_string(m_scenario.nics.size());
        const Driver& driver = *drivers()[m_rng.below(drivers().size())];
        nic.driver = driver.name;
        if (!m_draw.oneIn(20)) {
            nic.ring = static_cast<std::uint16_t>(
                driver.ring.least +
                driver.ring.step * m_rng.below((driver.ring.most - driver.ring.least) / driver.ring.step + 1));
            nic.mtu = std::clamp(nic.mtu, std::max(driver.mtu.least, kLeastMtu), driver.mtu.most);
        }
        if (!m_draw.oneIn(3)) {  // a card that works as most do
            nic.fifo = NicSpec{}.fifo;
            nic.itr_gap = 0;
            nic.mtu = std::max<std::uint32_t>(nic.mtu, 1500);
        }
        if (!m_draw.oneIn(20)) nic.affinity = static_cast<CpuNo>(m_rng.below(m_scenario.cpus));
        if (!m_draw.oneIn(4))
            nic.ring = static_cast<std::uint16_t>(driver.ring.least + driver.ring.step * m_rng.below(8));
        if (!m_draw.oneIn(3) && m_scenario.nics.empty()) nic.addresses = {{*IpAddr::parse("10.0.0.1"), 24}};
        if (!m_draw.oneIn(10)) {
            std::erase_if(nic.addresses, [&](const InterfaceAddress& a) {
                return a.address.isMulticast() || a.address.isBroadcast() || a.address.isUnspecified() ||
                       (a.address.version == 6 && nic.mtu < 1280);
            });
        }
        m_scenario.nics.push_back(std::move(nic));
    }
    void route() {
        RouteSpec& route = m_scenario.routes.emplace_back();
        m_draw.all(route);
        if (m_draw.oneIn(10)) return;
        if (route.to.network.version != route.via.version) route.via = {};
        if (!route.dev) route.dev = m_rng.below(m_scenario.nics.size());
    }
    void socket() {
        SocketSpec& socket = m_scenario.sockets.emplace_back();
        m_draw.all(socket);
        socket.name.clear();
        if (m_draw.oneIn(2)) socket.device.clear();
        std::erase_if(socket.groups, [&](const IpAddr& group) {
            return m_scenario.nics.empty() || !group.isMulticast() || group.version != socket.version;
        });
        if (!m_draw.oneIn(3)) socket.address = {};
        const bool two = m_draw.oneIn(3) && socket.address;  // on the port of another
        socket.port = static_cast<std::uint16_t>(5000 + m_scenario.sockets.size() - (two ? 1 : 0));
    }
    void task() {
        TaskSpec task;
        m_draw.all(task);
        task.name = "t" + std::to_string(m_scenario.tasks.size());
        if (task.pid && !m_draw.oneIn(20)) task.pid = static_cast<std::uint32_t>(1000 + m_scenario.tasks.size());
        if (!m_draw.oneIn(20)) {
            for (CpuNo& cpu : task.affinity) cpu = static_cast<CpuNo>(cpu % m_scenario.cpus);
            if (task.cpu) *task.cpu = static_cast<CpuNo>(*task.cpu % m_scenario.cpus);
            if (task.cpu && !task.affinity.empty()) task.affinity.push_back(*task.cpu);
        }
        if (m_scenario.sockets.empty()) task.sockets.clear();
        // every other one reads for ever; the others do what comes
        if (!m_scenario.sockets.empty() && m_draw.oneIn(2)) {
            task.sockets = {m_scenario.tasks.size() % m_scenario.sockets.size()};
            task.program = {op::recvfrom{}, op::jump{}};
        }
        for (std::uint64_t n = 1 + m_rng.below(6); n > 0; --n) operation(task);
        m_scenario.tasks.push_back(std::move(task));
    }
    void operation(TaskSpec& task) {
        std::vector<Op> kinds;
        eachOp([&](const auto& o) { kinds.emplace_back(o); });
        Op drawn = m_draw.among(kinds);
        std::visit([&](auto& o) { m_draw.all(o); }, drawn);
        if (auto* read = std::get_if<op::recvfrom>(&drawn)) {
            if (task.sockets.empty() && !m_draw.oneIn(20)) return;
            if (!m_draw.oneIn(20))
                read->fd = static_cast<std::uint16_t>(3 + m_rng.below(std::max<std::size_t>(1, task.sockets.size())));
        }
        if (auto* jump = std::get_if<op::jump>(&drawn)) {
            if (task.program.empty()) return;
            jump->to = static_cast<std::uint16_t>(m_rng.below(task.program.size()));
            if (!m_draw.oneIn(20)) {
                while (jump->to > 0 && std::holds_alternative<op::jump>(task.program[jump->to])) --jump->to;
            }
            jump->slot = static_cast<std::uint8_t>(m_rng.below(4));
        }
        task.program.push_back(drawn);
    }
    void traffic() {
        TrafficSpec all;
        m_draw.all(all);
        // every kind was drawn; one of them and at most one generator stay
        TrafficSpec entry;
        entry.at = all.at;
        switch (m_rng.below(5)) {
            case 0:
                entry.constant = ConstantRate{static_cast<std::uint32_t>(1 + m_rng.below(60)), all.at};
                break;
            case 1:
                entry.burst = Bursts{static_cast<std::uint32_t>(1 + m_rng.below(4)),
                                     static_cast<std::uint32_t>(1 + m_rng.below(30)), kMillisecond, 0};
                break;
            case 2:
                entry.poisson = PoissonRate{static_cast<std::uint32_t>(1 + m_rng.below(30)), all.at / 8, {}};
                break;
            default:
                break;
        }
        switch (m_rng.below(12)) {
            case 0:
                entry.tcp = all.tcp;
                break;
            case 1:
                entry.icmp = all.icmp;
                break;
            case 2:
                entry.arp = all.arp;
                break;
            case 3:
                entry.ip = all.ip;
                break;
            case 4:
                entry.ethernet = all.ethernet;
                break;
            case 5:
                entry.raw = all.raw;
                break;
            default:
                entry.udp = all.udp ? all.udp : UdpTraffic{};
                if (!m_draw.oneIn(3)) wanted(*entry.udp);
        }
        addTraffic(m_scenario, entry);  // what it refuses is left out
    }

    /// Among all else that was drawn: a first card that works, sockets of both families with one or two readers each,
    /// and traffic for them, whole, in fragments and tagged, with some that must be dropped.
    void fitting() {
        if (m_scenario.nics.empty()) nic();
        NicSpec& first = m_scenario.nics[0];
        const NicSpec plain = NicSpec::nth(0);
        first.link = m_draw.oneIn(3) ? LinkSpec{1'000'000'000, 20'000, 10'000} : plain.link;
        first.fifo = plain.fifo;
        first.irq = plain.irq;
        first.itr_gap = m_draw.oneIn(4) ? 250'000 : 0;
        first.ring = static_cast<std::uint16_t>(48 + 8 * m_rng.below(16));
        first.mtu = m_draw.oneIn(3) ? 9000 : 1500;
        first.affinity = static_cast<CpuNo>(m_rng.below(m_scenario.cpus));
        first.addresses = {{*IpAddr::parse("10.0.0.1"), 24}, {*IpAddr::parse("2001:db8::1"), 64}};
        const std::size_t before = m_scenario.sockets.size();
        for (const std::uint8_t version : {std::uint8_t{4}, std::uint8_t{6}}) {
            SocketSpec socket;
            socket.version = version;
            socket.port = static_cast<std::uint16_t>(5990 + version);
            if (m_draw.oneIn(3)) socket.rcvbuf = static_cast<std::uint32_t>(2304 + m_rng.below(20'000));
            m_scenario.sockets.push_back(socket);
        }
        for (std::uint64_t n = 2 + m_rng.below(3); n > 0; --n) reader(before + n % 2);
        for (std::uint64_t n = 3 + m_rng.below(5); n > 0; --n) fittingTraffic();
    }
    void reader(std::size_t socket) {
        TaskSpec task;
        task.name = "reader" + std::to_string(m_scenario.tasks.size());
        task.sockets = {socket};
        task.program = {op::recvfrom{}};
        if (m_draw.oneIn(3)) {
            op::compute think;
            think.time = static_cast<Time>(m_rng.below(200)) * kMicrosecond;
            task.program.emplace_back(think);
        }
        task.program.emplace_back(op::jump{});
        if (m_draw.oneIn(2)) task.cpu = static_cast<CpuNo>(m_rng.below(m_scenario.cpus));
        m_scenario.tasks.push_back(std::move(task));
    }
    void fittingTraffic() {
        TrafficSpec entry;
        entry.at = static_cast<Time>(m_rng.below(3000)) * kMicrosecond;
        const auto gap = static_cast<Time>(1 + m_rng.below(200)) * kMicrosecond;
        if (m_draw.oneIn(2)) entry.burst = Bursts{1, static_cast<std::uint32_t>(2 + m_rng.below(12)), gap, 0};
        UdpTraffic& udp = entry.udp.emplace();
        const bool v6 = m_draw.oneIn(3);
        udp.src = *IpAddr::parse(v6 ? "2001:db8::2" : "10.0.0.2");
        udp.dst = *IpAddr::parse(v6 ? "2001:db8::1" : "10.0.0.1");
        udp.sport = static_cast<std::uint16_t>(4000 + m_rng.below(4));
        udp.dport = v6 ? 5996 : 5994;
        udp.payload.size = static_cast<std::uint32_t>(m_rng.below(1400));
        if (m_draw.oneIn(4) && !v6) {
            udp.payload.size = static_cast<std::uint32_t>(1400 + m_rng.below(4000));
            udp.fragment = static_cast<std::uint32_t>(600 + m_rng.below(900));
        }
        if (m_draw.oneIn(6)) udp.vlan = {static_cast<std::uint16_t>(m_draw.oneIn(2) ? 0 : 5)};
        switch (m_rng.below(16)) {
            case 0:
                udp.dport = 5999;  // nobody there
                break;
            case 1:
                udp.corrupt = Corrupt::transportChecksum;
                break;
            case 2:
                udp.corrupt = Corrupt::ipChecksum;
                break;
            case 3:
                udp.dst = *IpAddr::parse(v6 ? "2001:db9::9" : "10.9.9.9");
                break;
            case 4:
                udp.src = *IpAddr::parse(v6 ? "::1" : "127.0.0.9");
                break;
            default:
                break;
        }
        addTraffic(m_scenario, entry);
    }

    /// A datagram that a socket may well be waiting for.
    void wanted(UdpTraffic& udp) {
        const UdpTraffic drawn = udp;
        udp = {};
        udp.src = *IpAddr::parse("10.0.0.2");
        udp.dst = *IpAddr::parse("10.0.0.1");
        udp.dport = 5000;
        if (!m_scenario.sockets.empty()) udp.dport = m_draw.among(m_scenario.sockets).port;
        udp.payload.size = static_cast<std::uint32_t>(m_rng.below(m_draw.oneIn(3) ? 3000 : 300));
        if (m_draw.oneIn(4)) udp.fragment = drawn.fragment;
        if (m_draw.oneIn(4)) udp.corrupt = drawn.corrupt;
        if (m_draw.oneIn(8)) udp.vlan = drawn.vlan;
        udp.checksum = drawn.checksum;
        udp.pad = drawn.pad;
    }

    Rng m_rng;
    Scenario m_scenario;
    Draw m_draw;
};

}  // namespace

Scenario randomScenario(std::uint64_t seed) { return Maker(seed).make(); }

}  // namespace ringside::test
