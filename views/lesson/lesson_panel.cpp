#include "views/lesson/lesson_panel.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ringside {

LessonPanel::LessonPanel(const RunState& run, const Texts& texts, Travel& travel, Opening& opening, Acting& acting,
                         NoteBook& notes, QWidget* parent)
    : QWidget(parent),
      m_run(run),
      m_texts(texts),
      m_travel(travel),
      m_opening(opening),
      m_acting(acting),
      m_notes(notes),
      m_theme(makeTheme(ThemeKind::light)) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(280);
    m_column = new QVBoxLayout(this);
    m_column->setContentsMargins(20, 14, 8, 12);
    m_list = new QWidget;
    m_lessons = new QVBoxLayout(m_list);
    m_lessons->setContentsMargins(0, 0, 12, 0);
    m_lessons->setSpacing(8);
    m_listTitle = new QLabel;
    m_column->addWidget(m_list, 1);
    m_watched = new QWidget;
    auto* watched = new QVBoxLayout(m_watched);
    watched->setContentsMargins(0, 0, 12, 0);
    watched->setSpacing(12);
    m_watchedTitle = new QLabel;
    m_watchedTitle->setWordWrap(true);
    m_watchedGoal = new MarkdownView;
    m_toExercise = new QPushButton;
    m_toExercise->setObjectName("back-to-exercise");
    m_toExercise->setProperty("primary", true);
    watched->addWidget(m_watchedTitle);
    watched->addWidget(m_watchedGoal);
    watched->addWidget(m_toExercise, 0, Qt::AlignLeft);
    watched->addStretch();
    m_column->addWidget(m_watched, 1);
    m_watched->hide();
    connect(m_toExercise, &QPushButton::clicked, &m_opening, &Opening::backToExercise);
    connect(&m_run, &RunState::lessonChanged, this, &LessonPanel::refresh);
    connect(&m_run, &RunState::runChanged, this, &LessonPanel::refresh);
    retranslate();
}

LessonPage& LessonPanel::page() {
    if (!m_page) {
        m_page = new LessonPage(m_run, m_texts, m_travel, m_opening, m_acting, m_notes);
        m_page->setTheme(m_theme);
        m_page->hide();
        m_column->addWidget(m_page, 1);
        connect(m_page, &LessonPage::labWanted, this, &LessonPanel::labWanted);
        connect(m_page, &LessonPage::sceneWanted, this, &LessonPanel::sceneWanted);
        offerNext();
    }
    return *m_page;
}

void LessonPanel::readCatalog() {
    if (m_catalog || m_reading.busy()) return;
    m_reading.start([this, folder = catalogFolder(m_opening.dataFolder())](const std::stop_token&) -> Background::Done {
        auto catalog = std::make_shared<Catalog>(ringside::readCatalog(folder));
        return [this, catalog] {
            m_catalog = std::move(*catalog);
            refreshList();
            offerNext();
        };
    });
}

void LessonPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_listTitle->setFont(theme.font(TextToken::title));
    m_watchedTitle->setFont(theme.font(TextToken::heading));
    m_watchedGoal->setTheme(theme);
    if (m_page) m_page->setTheme(theme);
}

void LessonPanel::refreshList() {
    while (QLayoutItem* item = m_lessons->takeAt(0)) {
        if (item->widget() && item->widget() != m_listTitle) item->widget()->deleteLater();
        delete item;
    }
    m_listTitle->setText(tr("Lessons"));
    m_lessons->addWidget(m_listTitle);
    if (!m_catalog) {
        m_lessons->addWidget(new QLabel(tr("Reading the lessons…")));
        m_lessons->addStretch();
        return;
    }
    for (const LessonInfo& info : m_catalog->lessons) {
        const auto title = info.title.find(m_texts.language());
        const QString name =
            title == info.title.end() ? QString::fromStdString(info.id) : QString::fromStdString(title->second);
        auto* button = new QPushButton(QStringLiteral("%1   %2").arg(info.order, 3, 10, QLatin1Char('0')).arg(name));
        button->setObjectName(QStringLiteral("lesson-%1").arg(QString::fromStdString(info.id)));
        button->setStyleSheet(QStringLiteral("text-align: left;"));
        const auto intro = info.intro.find(m_texts.language());
        if (intro != info.intro.end())
            button->setToolTip(QStringLiteral("<p>%1</p>").arg(QString::fromStdString(intro->second).toHtmlEscaped()));
        connect(button, &QPushButton::clicked, this, [this, id = info.id] {
            OpenRequest request;
            request.name = id;
            m_opening.open(request);
        });
        m_lessons->addWidget(button);
        const QString steps = tr("steps: %1").arg(info.steps.size());
        auto* state = new QLabel(
            m_done.contains(QString::fromStdString(info.id)) ? tr("✓ done") + QStringLiteral("  ·  ") + steps : steps);
        state->setObjectName(QStringLiteral("lesson-state-%1").arg(QString::fromStdString(info.id)));
        state->setProperty("tone", "secondary");
        state->setContentsMargins(12, 0, 0, 4);
        m_lessons->addWidget(state);
    }
    for (const Error& error : m_catalog->errors) {
        auto* broken = new QLabel(m_texts.text(error));
        broken->setWordWrap(true);
        m_lessons->addWidget(broken);
    }
    m_lessons->addStretch();
}

void LessonPanel::refresh() {
    const bool open = m_run.player() != nullptr, watched = m_run.watched() != nullptr;
    if (open) static_cast<void>(page());
    if (m_page) m_page->setVisible(open);
    m_watched->setVisible(watched);
    m_list->setVisible(!open && !watched);
    if (watched) refreshWatched();
    // an open lesson needs it for the next one
    readCatalog();
    if (open) offerNext();
}

void LessonPanel::refreshWatched() {
    const auto& exercises = m_run.request().lesson->text(m_texts.language()).exercises;
    const auto words = exercises.find(m_run.watched()->id);
    if (words == exercises.end()) return;
    m_watchedTitle->setText(QString::fromStdString(words->second.title));
    m_watchedGoal->setMarkdownText(QString::fromStdString(words->second.body));
    m_toExercise->setText(tr("Back to the exercise"));
}

void LessonPanel::offerNext() {
    if (!m_page || !m_catalog || !m_run.player()) return;
    const LessonInfo* next = m_catalog->after(m_run.player()->lesson().id);
    if (!next) return m_page->setNextLesson({}, {});
    const auto title = next->title.find(m_texts.language());
    m_page->setNextLesson(next->id, QString::fromStdString(title == next->title.end() ? next->id : title->second));
}

void LessonPanel::setDone(const QStringList& ids) {
    if (ids == m_done) return;
    m_done = ids;
    refreshList();
}

void LessonPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void LessonPanel::retranslate() {
    setAccessibleName(tr("Lesson"));
    refreshList();
    refresh();
}

}  // namespace ringside
