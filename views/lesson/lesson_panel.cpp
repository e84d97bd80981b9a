#include "views/lesson/lesson_panel.h"

#include <QEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ringside {

LessonPanel::LessonPanel(const RunState& run, const Texts& texts, Travel& travel, Opening& opening, Acting& acting,
                         QWidget* parent)
    : QWidget(parent),
      m_run(run),
      m_texts(texts),
      m_travel(travel),
      m_opening(opening),
      m_acting(acting),
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
    connect(&m_run, &RunState::lessonChanged, this, &LessonPanel::refresh);
    connect(&m_run, &RunState::runChanged, this, &LessonPanel::refresh);
    retranslate();
}

LessonPage& LessonPanel::page() {
    if (!m_page) {
        m_page = new LessonPage(m_run, m_texts, m_travel, m_opening, m_acting);
        m_page->setTheme(m_theme);
        m_page->hide();
        m_column->addWidget(m_page, 1);
        connect(m_page, &LessonPage::labWanted, this, &LessonPanel::labWanted);
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
        };
    });
}

void LessonPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_listTitle->setFont(theme.font(TextToken::title));
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
    }
    for (const Error& error : m_catalog->errors) {
        auto* broken = new QLabel(m_texts.text(error));
        broken->setWordWrap(true);
        m_lessons->addWidget(broken);
    }
    m_lessons->addStretch();
}

void LessonPanel::refresh() {
    const bool open = m_run.player() != nullptr;
    if (open) static_cast<void>(page());
    if (m_page) m_page->setVisible(open);
    m_list->setVisible(!open);
    if (!open) readCatalog();
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
