#include "lessons/scenario_yaml.h"

#include <fmt/format.h>

#include <algorithm>

namespace ringside {
namespace {

using scenario_yaml::readAddress;
using scenario_yaml::readMac;

constexpr std::string_view kTopKeys[] = {"name",   "about",   "cpus",  "seed",   "pace",    "nics",
                                         "routes", "sockets", "tasks", "sysctl", "traffic", "capture"};

/// Sets one field of Sysctl by its name in the field list.
class SysctlSetter {
  public:
    explicit SysctlSetter(const std::string& name, const YamlView& value) : m_name(name), m_value(value) {}
    template <class T>
    void operator()(std::string_view name, T& field, Unit = Unit::none, std::string_view = {}) {
        if (name != m_name) return;
        found = true;
        if constexpr (std::is_same_v<T, bool>)
            field = m_value.boolean();
        else
            field = static_cast<T>(m_value.integer(0, static_cast<std::int64_t>(std::numeric_limits<T>::max())));
    }
    template <class T>
    void hidden(std::string_view, const T&) {}
    bool found = false;

  private:
    const std::string& m_name;
    const YamlView& m_value;
};

struct NameCollector {
    std::vector<std::string> names;
    template <class T>
    void operator()(std::string_view name, const T&, Unit = Unit::none, std::string_view = {}) {
        names.emplace_back(name);
    }
    template <class T>
    void hidden(std::string_view, const T&) {}
};

class Reader {
  public:
    Reader(YamlView root, std::filesystem::path folder) : m_root(std::move(root)), m_folder(std::move(folder)) {}

    ScenarioFile read() {
        m_out.file = m_root.file();
        m_root.keys(kTopKeys);
        Scenario& s = m_out.scenario;
        if (const auto v = m_root.find("name")) s.name = v->text();
        if (const auto v = at(m_root, "cpus", "cpus")) s.cpus = v->integer<std::uint16_t>(1, 64);
        if (const auto v = m_root.find("seed")) s.seed = v->integer<std::uint64_t>(0, std::uint64_t{1} << 62);
        if (const auto v = m_root.find("pace"))
            s.pace = v->oneOf<Pace>({{"recorded", Pace::recorded}, {"unlost", Pace::unlost}});
        each("nics", 30, [&](const YamlView& v, const std::string& path) { s.nics.push_back(nic(v, path)); });
        each("routes", 4096, [&](const YamlView& v, const std::string&) { s.routes.push_back(route(v)); });
        each("sockets", 4096,
             [&](const YamlView& v, const std::string& path) { s.sockets.push_back(socket(v, path)); });
        each("tasks", 4096, [&](const YamlView& v, const std::string& path) { s.tasks.push_back(task(v, path)); });
        if (const auto v = m_root.find("sysctl")) sysctl(*v);
        if (const auto v = m_root.find("capture")) capture(*v);
        each("traffic", 65536, [&](const YamlView& v, const std::string&) {
            if (m_out.capture) v.fail("either `capture` or `traffic`", "both");
            scenario_yaml::readTraffic(v, s);
        });
        scenario_yaml::sortTraffic(s);
        return std::move(m_out);
    }

  private:
    /// The value under a key, its place remembered under the name that build() uses.
    std::optional<YamlView> at(const YamlView& map, std::string_view key, const std::string& path) {
        std::optional<YamlView> value = map.find(key);
        if (value) m_out.places[path] = value->place();
        return value;
    }

    template <class F>
    void each(const char* key, std::size_t most, F&& read) {
        const auto list = at(m_root, key, key);
        if (!list) return;
        const std::vector<YamlView> elements = list->list();
        if (elements.size() > most)
            list->fail(fmt::format("at most {} elements", most), fmt::format("{}", elements.size()));
        for (std::size_t i = 0; i < elements.size(); ++i) {
            const std::string path = fmt::format("{}[{}]", key, i);
            m_out.places[path] = elements[i].place();
            read(elements[i], path);
        }
    }

    NicSpec nic(const YamlView& v, const std::string& path) {
        v.keys({"name", "driver", "mac", "mtu", "ring", "fifo", "irq", "affinity", "itr", "promisc", "addresses"});
        NicSpec nic;
        nic.mac = *MacAddr::parse("52:54:00:12:34:56");
        nic.mac.bytes[5] = static_cast<std::uint8_t>(nic.mac.bytes[5] + m_out.scenario.nics.size());
        if (const auto x = at(v, "name", path + ".name")) nic.name = x->text();
        if (nic.name.empty() || nic.name.size() > 15)
            v.fail("an interface name of 1 to 15 characters", "\"" + nic.name + "\"");
        if (const auto x = at(v, "driver", path + ".driver")) nic.driver = x->text();
        if (const auto x = v.find("mac")) nic.mac = readMac(*x);
        if (const auto x = v.find("mtu")) nic.mtu = x->integer<std::uint32_t>(68, 16110);
        if (const auto x = at(v, "ring", path + ".ring")) nic.ring = x->integer<std::uint16_t>(1, 4096);
        if (const auto x = v.find("fifo")) nic.fifo = x->size(1 << 20);
        if (const auto x = v.find("irq")) nic.irq = x->integer<std::uint16_t>(0, 1023);
        if (const auto x = at(v, "affinity", path + ".affinity")) nic.affinity = x->integer<CpuNo>(0, 63);
        if (const auto x = v.find("itr")) nic.itr_gap = x->time();
        if (const auto x = v.find("promisc")) nic.promisc = x->boolean();
        if (const auto x = at(v, "addresses", path + ".addresses")) {
            for (const YamlView& a : x->list()) nic.addresses.push_back(prefix(a));
        }
        return nic;
    }

    /// "10.0.0.1/24"; without a length, the whole address.
    static InterfaceAddress prefix(const YamlView& v) {
        const std::string text = v.text();
        const std::size_t slash = text.find('/');
        const std::optional<IpAddr> address = IpAddr::parse(text.substr(0, slash));
        if (!address) v.fail("an address with its prefix length, as 10.0.0.1/24 or 2001:db8::1/64");
        const int longest = address->version == 6 ? 128 : 32;
        if (slash == std::string::npos) return {*address, static_cast<std::uint8_t>(longest)};
        int length = 0;
        for (const char c : text.substr(slash + 1))
            length = c >= '0' && c <= '9' && length < 1000 ? length * 10 + (c - '0') : 10000;
        if (slash + 1 == text.size() || length > longest)
            v.fail(fmt::format("a prefix length from 0 to {}", longest), "\"" + text + "\"");
        return {*address, static_cast<std::uint8_t>(length)};
    }

    Route route(const YamlView& v) {
        v.keys({"to", "via", "dev", "type", "table"});
        Route route;
        const YamlView to = v.need("to");
        if (to.text() == "default") {
            route.destination = *IpAddr::parse("0.0.0.0");
        } else {
            const InterfaceAddress network = prefix(to);
            route.destination = network.address;
            route.prefix_length = network.prefix_length;
        }
        if (const auto x = v.find("via")) route.gateway = readAddress(*x);
        if (to.text() == "default" && route.gateway.version == 6) route.destination = *IpAddr::parse("::");
        if (const auto x = v.find("type")) {
            route.type = x->oneOf<RouteType>({{"unicast", RouteType::RTN_UNICAST},
                                              {"local", RouteType::RTN_LOCAL},
                                              {"broadcast", RouteType::RTN_BROADCAST},
                                              {"multicast", RouteType::RTN_MULTICAST},
                                              {"unreachable", RouteType::RTN_UNREACHABLE}});
        }
        if (const auto x = v.find("table"))
            route.table = x->oneOf<std::uint8_t>({{"main", std::uint8_t{254}}, {"local", std::uint8_t{255}}});
        std::vector<std::pair<std::string_view, std::uint8_t>> devices;
        for (std::size_t i = 0; i < m_out.scenario.nics.size(); ++i) {
            devices.emplace_back(m_out.scenario.nics[i].name, static_cast<std::uint8_t>(i + 2));
        }
        if (const auto x = v.find("dev"))
            route.dev = x->oneOf(devices);
        else if (devices.size() == 1)
            route.dev = devices[0].second;
        else if (route.type != RouteType::RTN_UNREACHABLE)
            v.fail("the key \"dev\"", "a route without it");
        return route;
    }

    SocketSpec socket(const YamlView& v, const std::string& path) {
        v.keys({"udp"});
        const YamlView udp = v.need("udp");
        udp.keys({"address", "port", "rcvbuf"});
        SocketSpec socket;
        if (const auto x = udp.find("address")) {
            if (x->text() != "any") {
                const IpAddr address = readAddress(*x);
                socket.version = address.version;
                if (!address.isUnspecified()) socket.address = address;
            }
        }
        socket.port = udp.need("port").integer<std::uint16_t>(1, 65535);
        m_out.places[path + ".port"] = udp.need("port").place();
        if (const auto x = udp.find("rcvbuf")) socket.rcvbuf = static_cast<std::int32_t>(x->size(0x7fffffff));
        return socket;
    }

    TaskSpec task(const YamlView& v, const std::string& path) {
        v.keys({"name", "pid", "cpu", "affinity", "nice", "files", "program"});
        TaskSpec task;
        task.name = v.need("name").text();
        if (task.name.empty() || task.name.size() > 15) v.need("name").fail("a name of 1 to 15 characters");
        if (const auto x = at(v, "pid", path + ".pid")) task.pid = x->integer<std::uint32_t>(1, 4194304);
        if (const auto x = at(v, "affinity", path + ".affinity")) {
            for (const YamlView& cpu : x->list()) task.affinity.push_back(cpu.integer<CpuNo>(0, 63));
            if (!task.affinity.empty()) task.cpu = task.affinity.front();
        }
        if (const auto x = at(v, "cpu", path + ".cpu")) task.cpu = x->integer<CpuNo>(0, 63);
        if (const auto x = at(v, "nice", path + ".nice")) task.nice = x->integer<int>(-20, 19);
        if (const auto x = at(v, "files", path + ".sockets")) {
            std::vector<std::pair<std::string_view, std::size_t>> known;
            std::vector<std::string> names;
            for (const SocketSpec& s : m_out.scenario.sockets) names.push_back(fmt::format("udp:{}", s.port));
            for (std::size_t i = 0; i < names.size(); ++i) known.emplace_back(names[i], i);
            const std::vector<YamlView> files = x->list();
            if (files.size() > 1024) x->fail("at most 1024 descriptors", fmt::format("{}", files.size()));
            for (const YamlView& file : files) task.sockets.push_back(file.oneOf(known));
        }
        const YamlView program = v.need("program");
        m_out.places[path + ".program"] = program.place();
        task.program = scenario_yaml::readProgram(program);
        return task;
    }

    void sysctl(const YamlView& v) {
        for (const auto& [key, value] : v.entries()) {
            const std::string name = key.text();
            SysctlSetter setter(name, value);
            describeSysctls(setter, m_out.scenario.sysctl, m_out.scenario.net_sysctl);
            if (!setter.found) key.failName(name, sysctlNames());
        }
    }

    void capture(const YamlView& v) {
        CaptureTraffic capture;
        if (v.isScalar()) {
            capture.file = m_folder / v.text();
        } else {
            v.keys({"file", "host", "sockets"});
            capture.file = m_folder / v.need("file").text();
            if (const auto x = v.find("host")) capture.host = readAddress(*x).toString();
            if (const auto x = v.find("sockets")) capture.sockets = x->boolean();
        }
        m_out.capture = capture;
    }

    YamlView m_root;
    std::filesystem::path m_folder;
    ScenarioFile m_out;
};

}  // namespace

namespace scenario_yaml {

MacAddr readMac(const YamlView& yaml) {
    const std::optional<MacAddr> mac = MacAddr::parse(yaml.text());
    if (!mac) yaml.fail("an Ethernet address, as 52:54:00:12:34:56");
    return *mac;
}

IpAddr readAddress(const YamlView& yaml) {
    const std::optional<IpAddr> address = IpAddr::parse(yaml.text());
    if (!address) yaml.fail("an IP address, as 10.0.0.1 or 2001:db8::1");
    return *address;
}

}  // namespace scenario_yaml

Error ScenarioFile::locate(Error error) const {
    std::string path = error.place;
    const std::string known = path;
    while (!path.empty()) {
        if (const auto it = places.find(path); it != places.end()) {
            error.place = it->second;
            if (path != known) error.expected = known + ": " + error.expected;
            return error;
        }
        const std::size_t cut = path.find_last_of(".[");
        path.resize(cut == std::string::npos ? 0 : cut);
    }
    error.place = known.empty() ? file : file + ": " + known;
    return error;
}

Result<Start> ScenarioFile::start() const {
    Result<Start> built = build(scenario);
    if (!built) return locate(built.error());
    return built;
}

Result<Override> parseOverride(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0)
        return Error{"--set", "KEY=VALUE, as net.core.netdev_budget=16 or nics.eth0.ring=64", "\"" + text + "\""};
    return Override{text.substr(0, equals), text.substr(equals + 1)};
}

std::vector<std::string> sysctlNames() {
    NameCollector names;
    Sysctl of_machine;
    NetSysctl of_net;
    describeSysctls(names, of_machine, of_net);
    return std::move(names.names);
}

std::optional<Error> applyOverrides(const YamlView& root, const std::vector<Override>& overrides) {
    const std::vector<std::string> sysctls = sysctlNames();
    std::vector<std::string> known(std::begin(kTopKeys), std::end(kTopKeys));
    known.insert(known.end(), sysctls.begin(), sysctls.end());
    for (const Override& o : overrides) {
        const bool sysctl = std::find(sysctls.begin(), sysctls.end(), o.key) != sysctls.end();
        const std::string top = o.key.substr(0, o.key.find_first_of(".["));
        if (!sysctl && std::find(std::begin(kTopKeys), std::end(kTopKeys), top) == std::end(kTopKeys)) {
            std::string near = nearestName(o.key, known);
            if (near.empty()) near = nearestName(top, known);
            return Error{"--set " + o.key + "=" + o.value, "a value of the scenario (nics.eth0.ring) or a sysctl",
                         "\"" + o.key + "\"" + (near.empty() ? std::string{} : " (did you mean \"" + near + "\"?)")};
        }
        if (auto error = setValue(root, sysctl ? "sysctl." + o.key : o.key, o.value)) return error;
    }
    return std::nullopt;
}

Result<ScenarioFile> readScenario(const YamlView& yaml, const std::filesystem::path& folder) {
    return loading(yaml.file(), [&] { return Reader(yaml, folder).read(); });
}

Result<ScenarioFile> parseScenario(const std::string& text, const std::string& file,
                                   const std::vector<Override>& overrides) {
    Result<YamlView> yaml = parseYaml(text, file);
    if (!yaml) return yaml.error();
    if (const auto error = applyOverrides(*yaml, overrides)) return *error;
    return readScenario(*yaml, std::filesystem::path(file).parent_path());
}

Result<ScenarioFile> loadScenario(const std::filesystem::path& path, const std::vector<Override>& overrides) {
    Result<std::string> text = readTextFile(path);
    if (!text) return text.error();
    return parseScenario(*text, path.string(), overrides);
}

}  // namespace ringside
