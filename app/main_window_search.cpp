// The search of Ctrl K: what can be found, and where each leads.
#include <QDockWidget>
#include <QFileInfo>
#include <QLineEdit>

#include "app/lazy_panel.h"
#include "app/main_window.h"
#include "engine/linux/table.h"
#include "views/home/course.h"
#include "views/inspector/inspector_panel.h"
#include "views/search/search_palette.h"
#include "views/search/state_fields.h"

namespace ringside {

void MainWindow::openSearch() {
    if (!m_search) {
        m_search = take(new SearchPalette(this), Look::plain);
        m_catalog.read();
        // the lessons come a moment later
        connect(&m_catalog, &CatalogBook::ready, this, [this] {
            if (m_search->isVisible()) m_search->setIndex(searchIndex());
        });
    }
    m_search->setIndex(searchIndex());
    m_search->open();
}

SearchIndex MainWindow::searchIndex() {
    SearchIndex index;
    addLessons(index);
    for (const FunctionInfo& function : linux61Table()) {
        const QString name = QString::fromLatin1(function.name), doc = m_session.texts.text(function.doc);
        index.add({SearchGroup::function,
                   name,
                   true,
                   doc,
                   QStringLiteral("%1 %2").arg(QLatin1String(function.source), QLatin1String(function.doc)),
                   {},
                   [this, id = function.id] { goToFunction(id); }});
    }
    for (const StateField& field : stateFields()) {
        SearchItem item{SearchGroup::field,
                        QString::fromStdString(field.path),
                        true,
                        m_session.texts.text(field.doc),
                        QString::fromStdString(field.doc),
                        {},
                        [this, field] { goToField(field); }};
        // as nstat has it: UdpRcvbufErrors
        if (field.kind == Selection::Kind::counters)
            item.more += QLatin1Char(' ') + item.name.section(QLatin1Char('.'), 1).remove(QLatin1Char('.'));
        index.add(std::move(item));
    }
    const std::string language = m_session.texts.language(), other = language == "en" ? "zh_CN" : "en";
    for (const GlossaryEntry& entry : m_catalog.glossary().entries()) {
        SearchItem item;
        item.group = SearchGroup::glossary;
        item.name = QString::fromStdString(entry.title(language));
        item.about = QString::fromStdString(entry.in(language).says);
        for (const auto* words : {&entry.in(language).words, &entry.in(other).words, &entry.code})
            for (const std::string& word : *words) item.more += QString::fromStdString(word) + QLatin1Char(' ');
        item.go = [this, said = QStringLiteral("%1: %2").arg(item.name, item.about)] {
            report(Messages::Kind::info, said);
        };
        index.add(std::move(item));
    }
    for (QAction* action : m_actions->findChildren<QAction*>()) {
        if (!action->isEnabled() || action->text().isEmpty() || action == (*m_actions)[Act::search]) continue;
        index.add({SearchGroup::command,
                   action->text(),
                   false,
                   {},
                   {},
                   action->shortcut().toString(QKeySequence::NativeText),
                   [action] { action->trigger(); }});
    }
    for (const RecentFile& file : m_settings.recent) {
        if (!QFileInfo::exists(file.path)) continue;
        index.add({SearchGroup::file,
                   QFileInfo(file.path).fileName(),
                   true,
                   QFileInfo(file.path).path(),
                   {},
                   {},
                   [this, path = file.path] { openFile(path); }});
    }
    return index;
}

void MainWindow::addLessons(SearchIndex& index) {
    const Catalog* catalog = m_catalog.catalog();
    if (!catalog) return;
    const std::string language = m_session.texts.language(), other = language == "en" ? "zh_CN" : "en";
    const auto in = [](const std::map<std::string, std::string>& texts, const std::string& in_which) {
        const auto it = texts.find(in_which);
        return it == texts.end() ? QString() : QString::fromStdString(it->second).simplified();
    };
    for (const LessonInfo& lesson : catalog->lessons) {
        const QString number = QStringLiteral("%1").arg(lesson.order, 3, 10, QLatin1Char('0'));
        const QString title = in(lesson.title, language);
        index.add({SearchGroup::lesson, title.isEmpty() ? QString::fromStdString(lesson.id) : title, false,
                   in(lesson.intro, language),
                   QStringLiteral("%1 %2 %3").arg(QString::fromStdString(lesson.id), in(lesson.title, other), number),
                   number, [this, id = QString::fromStdString(lesson.id)] { openLesson(id, false); }});
        for (std::size_t i = 0; i < lesson.steps.size(); ++i) {
            const LessonInfo::Step& step = lesson.steps[i];
            if (in(step.title, language).isEmpty()) continue;
            index.add({SearchGroup::step, in(step.title, language), false, title,
                       QStringLiteral("%1 %2").arg(QString::fromStdString(step.id), in(step.title, other)),
                       QStringLiteral("%1 · %2").arg(number).arg(i + 1),
                       [this, id = lesson.id, i] { goToLessonStep(id, i); }});
        }
    }
}

void MainWindow::showRun() {
    if (centre() > CentreView::cpus) setCentre(CentreView::path);
}

void MainWindow::goToFunction(FunctionId id) {
    const FunctionInfo* function = nullptr;
    for (const FunctionInfo& each : linux61Table())
        if (each.id == id) function = &each;
    if (!function) return;
    const QString said =
        QStringLiteral("%1 (%2): %3")
            .arg(QLatin1String(function->name), QLatin1String(function->source), m_session.texts.text(function->doc));
    const RunState& run = m_session.run;
    const Found found = run.hasRun() ? run.find(EventFilter::function(id), Direction::forward, 0) : Found{};
    if (found && found.position <= run.limit()) {
        showRun();
        m_session.travel.seek(found.position);
        focusScene();
    }
    report(Messages::Kind::info, !run.hasRun()                  ? said
                                 : !found                       ? tr("%1 Not called in this run.").arg(said)
                                 : found.position > run.limit() ? tr("%1 It comes after the open question.").arg(said)
                                                                : said);
}

void MainWindow::goToField(const StateField& field) {
    const QString doc = m_session.texts.text(field.doc), path = QString::fromStdString(field.path);
    const QString said = doc.isEmpty() ? path : QStringLiteral("%1: %2").arg(path, doc);
    if (!m_session.run.hasRun())
        return report(Messages::Kind::info, tr("%1 (Its value is in the inspector when a run is open.)").arg(said));
    showRun();
    Selection selection{field.kind, 0};
    // of the many there may be, the one that the event is about is the one to look at
    if (field.kind == Selection::Kind::skb) selection = {};
    const Machine& machine = m_session.run.world().machine();
    if (field.kind == Selection::Kind::socket || field.kind == Selection::Kind::task) {
        bool any = false;
        const auto first = [&](auto thing, const auto&) {
            if (!std::exchange(any, true)) selection.id = thing.slot;
        };
        field.kind == Selection::Kind::socket ? machine.sockets.each(first) : machine.tasks.each(first);
    }
    m_session.view.select(selection);
    m_gaveWay.remove(m_inspectorDock);
    m_inspectorDock->show();
    m_inspector->panel().filter().setText(QString::fromStdString(field.name));
    m_inspector->panel().focusFilter();
    report(Messages::Kind::info, said);
}

void MainWindow::goToLessonStep(const std::string& lesson, std::size_t step) {
    const auto go = [this, step] {
        // asked for by name: the questions on the way there wait
        static_cast<void>(m_session.run.player()->openAt(step));
        m_session.travel.goToStep(step);
    };
    const Player* player = m_session.run.player();
    if (player && player->lesson().id == lesson) {
        if (centre() == CentreView::home) leaveHome();
        return go();
    }
    m_whenOpen = [this, lesson, go] {
        if (m_session.run.player() && m_session.run.player()->lesson().id == lesson) go();
    };
    openLesson(QString::fromStdString(lesson), false);
}

}  // namespace ringside
