#include "engine/scenario/parts/sockets.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <tuple>

#include "engine/linux/register.h"
#include "engine/scenario/parts/building.h"

namespace ringside {
namespace {

std::string place(std::size_t i, const char* key) { return "sockets[" + std::to_string(i) + "]" + key; }

std::string shortName(const UdpSocketSpec& s) { return "udp:" + std::to_string(s.port); }
/// With family and address, where it has one: "udp:10.0.0.1:5000", "udp6:5000".
std::string longName(const UdpSocketSpec& s) {
    const std::string address = s.address ? s.address.toString() + ":" : "";
    return (s.version == 6 ? "udp6:" : "udp:") + address + std::to_string(s.port);
}

}  // namespace

std::int32_t receiveBuffer(const UdpSocketSpec& socket, const Sysctl& sysctl) {
    if (!socket.rcvbuf) return static_cast<std::int32_t>(sysctl.rmem_default);
    constexpr std::uint32_t kHalf = std::numeric_limits<std::int32_t>::max() / 2;
    const std::uint32_t wanted = std::min({*socket.rcvbuf, sysctl.rmem_max, kHalf});
    return std::max(static_cast<std::int32_t>(wanted * 2), kLeastRcvbuf);
}

std::vector<std::string> socketNames(const std::vector<SocketSpec>& sockets) {
    std::map<std::uint16_t, int> with_port;
    for (const SocketSpec& s : sockets) ++with_port[s.port];
    std::vector<std::string> names;
    std::map<std::string, int> seen;
    for (const SocketSpec& s : sockets) {
        std::string name = !s.name.empty() ? s.name : with_port[s.port] > 1 ? longName(s) : shortName(s);
        if (const int before = seen[name]++; before > 0 && s.name.empty()) name += "#" + std::to_string(before + 1);
        names.push_back(std::move(name));
    }
    return names;
}

std::optional<Error> checkSockets(const Scenario& s) {
    std::map<std::tuple<int, std::string, int, std::string>, bool> bound;  // and whether all of them share it
    std::set<std::string> names;
    const std::vector<std::string> all = socketNames(s.sockets);
    for (std::size_t i = 0; i < s.sockets.size(); ++i) {
        const SocketSpec& socket = s.sockets[i];
        const auto [other, fresh] =
            bound.insert({{socket.version, socket.address.toString(), socket.port, socket.device}, socket.reuseport});
        if (!fresh && !(socket.reuseport && other->second)) {
            return Error{place(i, ".udp.port"), "a port that is free", std::to_string(socket.port) + " a second time"};
        }
        const auto named = [&](const NicSpec& nic) { return nic.name == socket.device; };
        if (!socket.device.empty() && std::none_of(s.nics.begin(), s.nics.end(), named))
            return Error{place(i, ".udp.device"), "the name of a card", "\"" + socket.device + "\""};
        if (!socket.groups.empty() && s.nics.empty())
            return Error{place(i, ".udp.groups"), "a card to join them on", "none in the scenario"};
        for (const IpAddr& group : socket.groups) {
            if (!group.isMulticast() || group.version != socket.version)
                return Error{place(i, ".udp.groups"), "groups of the socket's family", group.toString()};
        }
        if (!names.insert(all[i]).second)
            return Error{place(i, ".name"), "a name of its own", "\"" + all[i] + "\" a second time"};
        if (socket.name.find_first_of("[].\"") != std::string::npos)
            return Error{place(i, ".name"), "a name without dots, brackets and quotes", "\"" + socket.name + "\""};
    }
    return std::nullopt;
}

void buildSockets(Building& b) {
    const std::vector<std::string> names = socketNames(b.scenario.sockets);
    for (std::size_t i = 0; i < b.scenario.sockets.size(); ++i) {
        const SocketSpec& spec = b.scenario.sockets[i];
        const SocketId id = b.machine.sockets.alloc();
        Socket& socket = b.machine.sockets.write(id);
        if (names[i] != shortName(spec)) socket.name = names[i];
        socket.version = spec.version;
        socket.saddr = spec.address;
        socket.sport = spec.port;
        initSocket(socket);
        socket.reuseport = spec.reuseport;
        const std::vector<Cow<NetDevice>>& devices = b.machine.net().devices;
        std::int32_t dev = devices.empty() ? 0 : devices[0]->ifindex;
        for (const auto& device : devices) {
            if (device->name == spec.device) socket.sk_bound_dev_if = dev = device->ifindex;
        }
        for (const IpAddr& group : spec.groups) socket.mc_list.push_back({group, dev});
        socket.sk_rcvbuf = receiveBuffer(spec, b.scenario.sysctl);
        b.sockets.push_back(id);
    }
}

}  // namespace ringside
