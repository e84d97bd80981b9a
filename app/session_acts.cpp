#include "app/session_acts.h"

#include <QJsonArray>
#include <limits>

#include "engine/linux/table.h"

namespace ringside {
namespace {

QString hexOf(std::uint64_t word) { return QString::number(word, 16); }
QString hexOf(const std::vector<std::uint8_t>& bytes) {
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())).toHex());
}

/// Reads values and remembers whether one was missing or beyond its type.
class Reader {
  public:
    explicit Reader(QJsonObject object) : m_object(std::move(object)) {}

    [[nodiscard]] bool has(const char* key) const { return m_object.contains(QLatin1String(key)); }
    template <class T>
    T number(const char* key) {
        const QJsonValue value = m_object.value(QLatin1String(key));
        const qint64 read = value.toInteger(-1), other = value.toInteger(-2);
        const bool fits = std::is_signed_v<T> || (read >= 0 && static_cast<std::uint64_t>(read) <=
                                                                   std::uint64_t{std::numeric_limits<T>::max()});
        if (!value.isDouble() || read != other || !fits) m_good = false;
        return static_cast<T>(read);
    }
    std::uint64_t word(const char* key) {
        bool read = false;
        const std::uint64_t word = text(key).toULongLong(&read, 16);
        m_good = m_good && read;
        return word;
    }
    QString text(const char* key) {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isString()) m_good = false;
        return value.toString();
    }
    std::vector<std::uint8_t> bytes(const char* key) {
        const QString hex = text(key);
        const QByteArray bytes = QByteArray::fromHex(hex.toLatin1());
        if (QString::fromLatin1(bytes.toHex()) != hex) m_good = false;
        return {bytes.begin(), bytes.end()};
    }
    bool truth(const char* key) {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isBool()) m_good = false;
        return value.toBool();
    }
    QJsonArray list(const char* key) {
        const QJsonValue value = m_object.value(QLatin1String(key));
        if (!value.isArray()) m_good = false;
        return value.toArray();
    }
    [[nodiscard]] bool good() const { return m_good; }

  private:
    QJsonObject m_object;
    bool m_good = true;
};

QJsonObject actOf(const InjectFrame& act) {
    return {{QStringLiteral("inject"), hexOf(act.bytes)}, {QStringLiteral("after"), static_cast<qint64>(act.after)}};
}
QJsonObject actOf(const SetSysctl& act) {
    return {{QStringLiteral("sysctl"), QString::fromStdString(act.name)},
            {QStringLiteral("value"), static_cast<qint64>(act.value)}};
}
QJsonObject actOf(const KillTask& act) { return {{QStringLiteral("kill"), static_cast<qint64>(act.pid)}}; }
QJsonObject actOf(const LabCall& act) {
    const auto functions = linux61Table();
    const auto name = act.function < functions.size() ? functions[act.function].name : std::string_view();
    return {{QStringLiteral("call"), QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()))},
            {QStringLiteral("skb"), static_cast<qint64>(act.skb.slot)},
            {QStringLiteral("argument"), static_cast<qint64>(act.argument)},
            {QStringLiteral("cpu"), static_cast<qint64>(act.cpu)}};
}
QJsonObject actOf(const WriteData& act) {
    return {{QStringLiteral("write"), hexOf(act.bytes)}, {QStringLiteral("skb"), static_cast<qint64>(act.skb.slot)}};
}

std::optional<Intervention> actFrom(Reader act) {
    std::optional<Intervention> what;
    if (act.has("inject")) {
        what = InjectFrame{act.bytes("inject"), act.number<Time>("after")};
    } else if (act.has("sysctl")) {
        what = SetSysctl{act.text("sysctl").toStdString(), act.number<std::int64_t>("value")};
    } else if (act.has("kill")) {
        what = KillTask{act.number<std::uint32_t>("kill")};
    } else if (act.has("call")) {
        LabCall call;
        const std::string name = act.text("call").toStdString();
        for (const FunctionInfo& function : linux61Table())
            if (function.name == name) call.function = function.id;
        call.skb = SkbId{act.number<std::uint32_t>("skb")};
        call.argument = act.number<std::uint32_t>("argument");
        call.cpu = act.number<CpuNo>("cpu");
        if (call.function == kNoFunction) return std::nullopt;
        what = call;
    } else if (act.has("write")) {
        what = WriteData{SkbId{act.number<std::uint32_t>("skb")}, act.bytes("write")};
    }
    return act.good() ? what : std::nullopt;
}

}  // namespace

QJsonObject contentOf(const SavedRun& run) {
    QJsonArray branches;
    for (const SavedBranch& branch : run.branches) {
        QJsonArray acts;
        for (const JournalEntry& entry : branch.acts) {
            QJsonObject act = std::visit([](const auto& what) { return actOf(what); }, entry.what);
            act.insert(QLatin1String("position"), static_cast<qint64>(entry.at.position));
            act.insert(QLatin1String("acts"), static_cast<qint64>(entry.at.acts));
            act.insert(QLatin1String("afterEnd"), entry.after_end);
            acts.append(act);
        }
        branches.append(QJsonObject{{QStringLiteral("parent"), static_cast<qint64>(branch.parent)},
                                    {QStringLiteral("label"), QString::fromStdString(branch.label)},
                                    {QStringLiteral("acts"), acts}});
    }
    return {{QStringLiteral("inputs"), hexOf(run.inputs)},
            {QStringLiteral("branches"), branches},
            {QStringLiteral("branch"), static_cast<qint64>(run.branch)},
            {QStringLiteral("position"), static_cast<qint64>(run.place.position)},
            {QStringLiteral("acts"), static_cast<qint64>(run.place.acts)},
            {QStringLiteral("fingerprint"), hexOf(run.fingerprint)}};
}

std::optional<SavedRun> savedRunFrom(const QJsonObject& content) {
    Reader reader(content);
    SavedRun run;
    run.inputs = reader.word("inputs");
    run.branch = reader.number<BranchId>("branch");
    run.place = {reader.number<Position>("position"), reader.number<std::uint32_t>("acts")};
    run.fingerprint = reader.word("fingerprint");
    for (const auto& value : reader.list("branches")) {
        Reader each(value.toObject());
        SavedBranch branch;
        branch.parent = each.number<BranchId>("parent");
        branch.label = each.text("label").toStdString();
        for (const auto& entry : each.list("acts")) {
            Reader act(entry.toObject());
            const std::optional<Intervention> what = actFrom(act);
            if (!what) return std::nullopt;
            branch.acts.push_back(
                {{act.number<Position>("position"), act.number<std::uint32_t>("acts")}, *what, act.truth("afterEnd")});
            if (!act.good()) return std::nullopt;
        }
        if (!each.good()) return std::nullopt;
        run.branches.push_back(std::move(branch));
    }
    if (!reader.good() || run.branches.empty() || run.branch >= run.branches.size()) return std::nullopt;
    return run;
}

}  // namespace ringside
