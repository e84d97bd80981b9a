#include "views/marks/marks_panel.h"

#include <QEvent>
#include <QTabWidget>
#include <QVBoxLayout>

#include "engine/world/task.h"
#include "lessons/element_name.h"
#include "views/marks/breakpoint_page.h"
#include "views/marks/places_page.h"
#include "views/marks/watch_page.h"
#include "views/search/state_fields.h"
#include "views/session/format.h"

namespace ringside {

QStringList conditionWords(const RunState& run) {
    QStringList words{QStringLiteral("drop"), QStringLiteral("packet"),  QStringLiteral("task"),
                      QStringLiteral("cpu"),  QStringLiteral("changes"), QStringLiteral("if")};
    if (!run.hasRun()) return words;
    for (const FunctionInfo& function : run.inputs().functions) words << QString::fromLatin1(function.name);
    for (unsigned i = static_cast<unsigned>(Drop::NOT_SPECIFIED); i <= static_cast<unsigned>(Drop::TC_CHAIN_NOTFOUND);
         ++i)
        words << fromView(nameOf(static_cast<Drop>(i)));
    const Machine& machine = run.world().machine();
    const auto element = [](const char* list, const std::string& key) {
        return QString::fromStdString(elementName(list, key));
    };
    QStringList owners;
    machine.sockets.each([&](SocketId, const Socket& socket) { owners << element("socket", socket.fieldKey()); });
    machine.tasks.each([&](TaskId, const Task& task) {
        if (task.pid == 0) return;
        words << QString::fromStdString(task.comm);
        owners << element("task", task.comm);
    });
    QStringList cards, devices;
    for (const auto& nic : machine.nics) cards << element("nic", nic->name);
    for (const auto& device : run.world().net().devices) devices << element("dev", device->name);
    using Kind = Selection::Kind;
    for (const StateField& field : stateFields()) {
        const QString path = QString::fromStdString(field.path), rest = path.section(QLatin1Char('.'), 1);
        const auto of = [&](const QStringList& all, const QString& prefix) {
            for (const QString& one : all)
                if (one.startsWith(prefix)) words << one + QLatin1Char('.') + rest;
        };
        if (field.kind == Kind::socket)
            of(owners, QStringLiteral("socket"));
        else if (field.kind == Kind::task)
            of(owners, QStringLiteral("task"));
        else if (field.kind == Kind::nic)
            of(cards, {});
        else if (field.kind == Kind::device)
            of(devices, {});
        else if (field.kind == Kind::ring)
            for (const QString& card : cards) words << QStringLiteral("%1.rx.%2").arg(card, rest);
        else if (field.kind == Kind::cpu)
            for (std::size_t n = 0; n < machine.cpus.size(); ++n)
                words << QStringLiteral("cpu[%1].%2").arg(n).arg(rest);
        else
            words << path;
    }
    return words;
}

MarksPanel::MarksPanel(const MarkParts& parts, QWidget* parent)
    : QWidget(parent),
      m_tabs(new QTabWidget),
      m_breakpoints(new BreakpointPage(parts)),
      m_watch(new WatchPage(parts)),
      m_places(new PlacesPage(parts)) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_tabs->setObjectName("marks-tabs");
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_breakpoints, {});
    m_tabs->addTab(m_watch, {});
    m_tabs->addTab(m_places, {});
    column->addWidget(m_tabs);
    retranslate();
}

void MarksPanel::setTheme(const Theme& theme) {
    m_breakpoints->setTheme(theme);
    m_watch->setTheme(theme);
    m_places->setTheme(theme);
}

void MarksPanel::show(Page page) {
    m_tabs->setCurrentIndex(static_cast<int>(page));
    if (page == Page::breakpoints) m_breakpoints->focusEdit();
    if (page == Page::watch) m_watch->focusEdit();
    if (page == Page::places) m_places->focusList();
}

void MarksPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void MarksPanel::retranslate() {
    m_tabs->setTabText(0, tr("Breakpoints"));
    m_tabs->setTabText(1, tr("Watch"));
    m_tabs->setTabText(2, tr("Marks"));
    m_tabs->setAccessibleName(tr("Breakpoints, watched values and marks"));
}

}  // namespace ringside
