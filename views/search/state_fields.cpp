#include "views/search/state_fields.h"

#include "engine/core/fields_visitors.h"
#include "engine/world/world.h"

namespace ringside {
namespace {

class Fields {
  public:
    template <class T>
    void add(Selection::Kind kind, const std::string& prefix) {
        walk(kind, prefix, valueOf(T{}));
    }
    std::vector<StateField> take() { return std::move(m_all); }

  private:
    void walk(Selection::Kind kind, const std::string& prefix, const Value& group) {
        for (const Value& value : group.children) {
            // an element of a list has no name of its own
            if (value.name.empty() || value.name.front() == '[' || (value.name[0] >= '0' && value.name[0] <= '9'))
                continue;
            const std::string path = prefix + "." + value.name;
            m_all.push_back({kind, path, value.name, value.doc});
            walk(kind, path, value);
        }
    }
    std::vector<StateField> m_all;
};

}  // namespace

std::vector<StateField> stateFields() {
    using Kind = Selection::Kind;
    Fields fields;
    fields.add<SkBuff>(Kind::skb, "skb");
    fields.add<Nic>(Kind::nic, "nic");
    fields.add<RxRing>(Kind::ring, "rx_ring");
    fields.add<NetDevice>(Kind::device, "net_device");
    fields.add<Socket>(Kind::socket, "sock");
    fields.add<Task>(Kind::task, "task");
    fields.add<Cpu>(Kind::cpu, "cpu");
    fields.add<Counters>(Kind::counters, "counters");
    fields.add<Sysctl>(Kind::sysctl, "sysctl");
    return fields.take();
}

}  // namespace ringside
