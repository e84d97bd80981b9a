#include "views/home/home_page.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include "views/home/course_view.h"
#include "views/home/home_cards.h"

namespace ringside {

HomePage::HomePage(Parts parts, QWidget* parent)
    : QWidget(parent), m(std::move(parts)), m_theme(makeTheme(ThemeKind::light)) {
    setObjectName("home-page");
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    m_scroll = new QScrollArea;
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inside = new QWidget;
    m_halves = new QBoxLayout(QBoxLayout::LeftToRight, inside);
    m_halves->setContentsMargins(0, 0, 0, 0);
    m_halves->setSpacing(0);
    m_left = buildCourse();
    m_side = new HomeSide(m.data);
    m_halves->addWidget(m_left, 1);
    m_halves->addWidget(m_side);
    m_scroll->setWidget(inside);
    outer->addWidget(m_scroll);
    connectParts();
    m.catalog.read();
    refresh();
}

QWidget* HomePage::buildCourse() {
    auto* left = new QWidget;
    left->setProperty("panel", true);
    left->setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(40, 28, 40, 18);
    column->setSpacing(8);
    const auto line = [&](const char* tone) {
        auto* label = new QLabel;
        label->setWordWrap(true);
        if (tone) label->setProperty("tone", tone);
        return label;
    };
    m_headline = line(nullptr);
    m_headline->setObjectName("home-headline");
    m_sentence = line("secondary");
    column->addWidget(m_headline);
    column->addWidget(m_sentence);
    column->addSpacing(8);
    m_cards = new QBoxLayout(QBoxLayout::LeftToRight);
    m_cards->setSpacing(20);
    m_continue = new ContinueCard;
    m_begin = new BeginCard;
    m_cards->addWidget(m_continue, 2);
    m_cards->addWidget(m_begin, 1);
    column->addLayout(m_cards);
    column->addSpacing(18);
    auto* head = new QHBoxLayout;
    m_courseTitle = new QLabel;
    m_courseHow = line("secondary");
    m_total = new QLabel;
    m_total->setObjectName("home-total");
    head->addWidget(m_courseTitle);
    head->addSpacing(6);
    head->addWidget(m_courseHow, 1);
    head->addWidget(m_total);
    column->addLayout(head);
    column->addSpacing(4);
    m_view = new CourseView;
    column->addWidget(m_view);
    m_broken = line("secondary");
    m_broken->setTextFormat(Qt::PlainText);
    column->addWidget(m_broken);
    column->addStretch();
    auto* foot = new QHBoxLayout;
    m_legend = line("tertiary");
    m_model = line("tertiary");
    m_model->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    foot->addWidget(m_legend, 1);
    foot->addWidget(m_model, 1);
    column->addLayout(foot);
    return left;
}

void HomePage::connectParts() {
    connect(&m.catalog, &CatalogBook::ready, this, &HomePage::refresh);
    connect(&m.progress, &ProgressBook::changed, this, [this] {
        if (isVisible()) refresh();
    });
    connect(m_continue, &ContinueCard::continued, this, [this] {
        if (const CourseLesson* here = m_course.here()) emit lessonChosen(QString::fromStdString(here->id), false);
    });
    connect(m_continue, &ContinueCard::begunAgain, this, [this] {
        if (const CourseLesson* here = m_course.here()) emit lessonChosen(QString::fromStdString(here->id), true);
    });
    connect(m_begin, &BeginCard::begun, this, [this] {
        if (const CourseLesson* first = m_course.first()) emit lessonChosen(QString::fromStdString(first->id), false);
    });
    connect(m_view, &CourseView::chosen, this, [this](const QString& id) { emit lessonChosen(id, false); });
    connect(m_side, &HomeSide::openRequested, this, &HomePage::openRequested);
    connect(m_side, &HomeSide::fileChosen, this, &HomePage::fileChosen);
    connect(m_side, &HomeSide::missingChosen, this, &HomePage::missingChosen);
    connect(m_side, &HomeSide::labChosen, this, &HomePage::labChosen);
    connect(m_side, &HomeSide::keysWanted, this, &HomePage::keysWanted);
}

void HomePage::setTheme(const Theme& theme) {
    m_theme = theme;
    m_headline->setFont(theme.font(TextToken::title, 30));
    m_sentence->setFont(theme.font(TextToken::body));
    m_courseTitle->setFont(theme.font(TextToken::heading));
    m_courseHow->setFont(theme.font(TextToken::ui));
    m_total->setFont(theme.font(TextToken::mono_bold));
    for (QLabel* label : {m_broken, m_legend, m_model}) label->setFont(theme.font(TextToken::small));
    m_continue->setTheme(theme);
    m_begin->setTheme(theme);
    m_view->setTheme(theme);
    m_side->setTheme(theme);
    fit();
}

void HomePage::refresh() {
    m_headline->setText(tr("A ringside seat inside the Linux kernel"));
    m_sentence->setText(
        tr("Step through what Linux 6.1 does with a packet, from the wire to the program that reads it: "
           "forwards, backwards, at your pace."));
    m_courseTitle->setText(tr("The course"));
    m_legend->setText(tr("● done   ◐ begun   ○ to come"));
    m_model->setText(tr("The model follows Linux 6.1.192 on x86-64; its times are notional."));
    const Catalog* catalog = m.catalog.catalog();
    m_course = catalog ? courseOf(*catalog, m.progress.progress(), m.language()) : Course();
    const CourseLesson *here = m_course.here(), *first = m_course.first();
    m_continue->setVisible(here);
    if (here) m_continue->setLesson(*here);
    m_begin->setVisible(first && first != here);
    if (first) m_begin->setLesson(*first, here == nullptr);
    m_courseHow->setText(!catalog ? tr("Reading the lessons…") : tr("any order works; this one is the easiest"));
    m_total->setText(tr("%1 of %2").arg(m_course.done()).arg(m_course.count()));
    m_total->setAccessibleName(tr("%1 of %2 lessons done").arg(m_course.done()).arg(m_course.count()));
    m_total->setVisible(catalog);
    m_view->setCourse(m_course);
    QStringList broken;
    if (catalog)
        for (const Error& error : catalog->errors) broken << m.say(error);
    m_broken->setText(broken.join(QLatin1Char('\n')));
    m_broken->setVisible(!broken.isEmpty());
    fit();
    // not out of a search that was begun meanwhile
    if (m_focusWanted && first && !qobject_cast<QLineEdit*>(QApplication::focusWidget())) focusPrimary();
}

void HomePage::fit() {
    const double scale = m_theme.text_percent / 100.0;
    const bool beside = width() >= 1000 * scale;
    m_halves->setDirection(beside ? QBoxLayout::LeftToRight : QBoxLayout::TopToBottom);
    const int side = qRound((width() >= 1280 * scale ? 400 : 340) * scale);
    m_side->setMinimumWidth(beside ? side : 0);
    m_side->setMaximumWidth(beside ? side : QWIDGETSIZE_MAX);
    const double left = (beside ? width() - side : width()) / scale;
    m_cards->setDirection(left < 760 ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_continue->setNarrow(left < 620 || (left >= 760 && left < 940));
    m_begin->setNarrow(left < 620);
    m_view->setColumns(left >= 1000 ? 4 : left >= 560 ? 2 : 1);
}

void HomePage::focusPrimary() {
    QPushButton* button = !m_continue->isHidden() ? m_continue->primary() : m_begin->primary();
    // before the lessons are read there is nothing to press
    m_focusWanted = m_course.first() == nullptr;
    if (!m_focusWanted) button->setFocus(Qt::OtherFocusReason);
}

void HomePage::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        m_side->retranslate();
        refresh();
    }
    QWidget::changeEvent(event);
}

void HomePage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void HomePage::showEvent(QShowEvent* event) {
    refresh();
    QWidget::showEvent(event);
}

}  // namespace ringside
