// What was typed into the event list's filter, as a filter of the timeline.
#include <QRegularExpression>

#include "views/events/event_model.h"
#include "views/session/format.h"

namespace ringside {
namespace {

bool sameWord(std::string_view a, const QString& b) { return fromView(a).compare(b, Qt::CaseInsensitive) == 0; }

std::optional<Drop> dropNamed(const QString& word) {
    for (int i = 1; i <= static_cast<int>(Drop::TC_CHAIN_NOTFOUND); ++i) {
        if (sameWord(nameOf(static_cast<Drop>(i)), word)) return static_cast<Drop>(i);
    }
    return std::nullopt;
}

std::optional<Context> contextNamed(const QString& word) {
    for (const Context context :
         {Context::idle, Context::process, Context::softirq, Context::hardirq, Context::user, Context::hardware}) {
        if (sameWord(nameOf(context), word) || contextText(context).compare(word, Qt::CaseInsensitive) == 0)
            return context;
    }
    return std::nullopt;
}

}  // namespace

EventQuery parseEventQuery(const QString& text, const World& world, const Inputs& inputs) {
    static const QRegularExpression space(QStringLiteral("\\s+"));
    EventQuery query;
    query.text = text;
    const QStringList words = text.trimmed().split(space, Qt::SkipEmptyParts);
    if (words.isEmpty()) return query;
    EventFilter filter;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString word = words[i].toLower();
        bool number = false;
        const std::uint32_t next = i + 1 < words.size() ? words[i + 1].toUInt(&number) : 0;
        if (number && (word == QLatin1String("packet") || word == QStringLiteral("数据包"))) {
            filter.packet = next;
            ++i;
        } else if (number && word == QLatin1String("cpu")) {
            filter.cpu = static_cast<CpuNo>(next);
            ++i;
        } else if (word == QLatin1String("drop") || word == QLatin1String("drops") || word == QStringLiteral("丢弃")) {
            filter.any_drop = true;
        } else if (const auto drop = dropNamed(word)) {
            filter.drop = drop;
        } else if (const auto context = contextNamed(word)) {
            filter.context = context;
        } else {
            FunctionSet named;
            for (const FunctionInfo& info : inputs.functions) {
                if (QString::fromLatin1(info.name).contains(word, Qt::CaseInsensitive)) named.set(info.id);
            }
            TaskId task{};
            world.machine().tasks.each([&](TaskId id, const Task& t) {
                if (sameWord(t.comm, word)) task = id;
            });
            if (task && named.none())
                filter.task = task;
            else if (filter.functions)
                *filter.functions &= named;
            else
                filter.functions = named;
            if (filter.functions && filter.functions->none()) query.nothing = true;
        }
    }
    query.filter = filter;
    return query;
}

}  // namespace ringside
