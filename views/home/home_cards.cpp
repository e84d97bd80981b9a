#include "views/home/home_cards.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>

#include "views/home/home_picture.h"

namespace ringside {

/// How many steps, which one: dots, and a pill for where the learner is.
class StepDots : public QWidget {
  public:
    StepDots() : m_theme(makeTheme(ThemeKind::light)) { setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed); }
    void setTheme(const Theme& theme) {
        m_theme = theme;
        resizeToSteps();
    }
    void setSteps(int step, int steps) {
        m_step = step;
        m_steps = steps;
        resizeToSteps();
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        const double s = m_theme.text_percent / 100.0;
        for (int i = 1; i <= m_steps; ++i) {
            const QPointF centre((10 * i - 5) * s, height() / 2.0);
            p.setPen(Qt::NoPen);
            p.setBrush(m_theme.color(Role::ink));
            if (i == m_step) {
                p.drawRoundedRect(QRectF(centre.x() - 3 * s, centre.y() - 6 * s, 6 * s, 12 * s), 3 * s, 3 * s);
            } else if (i < m_step) {
                p.drawEllipse(centre, 2.5 * s, 2.5 * s);
            } else {
                p.setBrush(Qt::NoBrush);
                p.setPen(QPen(m_theme.color(Role::border2), 1));
                p.drawEllipse(centre, 2.2 * s, 2.2 * s);
            }
        }
    }

  private:
    void resizeToSteps() {
        setFixedSize(qRound(10 * m_steps * m_theme.text_percent / 100.0), qRound(16 * m_theme.text_percent / 100.0));
        update();
    }
    Theme m_theme;
    int m_step = 0, m_steps = 0;
};

namespace {

QLabel* lineOf(QVBoxLayout* column, const char* tone = nullptr) {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    if (tone) label->setProperty("tone", tone);
    column->addWidget(label);
    return label;
}

QPushButton* buttonOf(QHBoxLayout* row, const char* name) {
    auto* button = new QPushButton;
    button->setObjectName(QLatin1String(name));
    button->setAutoDefault(true);  // Enter presses it
    row->addWidget(button);
    return button;
}

}  // namespace

ContinueCard::ContinueCard(QWidget* parent) : QFrame(parent) {
    setObjectName("continue-card");
    setProperty("card", "here");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 16, 18, 16);
    row->setSpacing(22);
    m_picture = new HomePicture;
    row->addWidget(m_picture, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(4);
    m_caption = lineOf(column, "secondary");
    m_title = lineOf(column);
    m_where = lineOf(column, "secondary");
    auto* steps = new QHBoxLayout;
    m_dots = new StepDots;
    m_step = new QLabel;
    m_step->setProperty("tone", "secondary");
    steps->addWidget(m_dots);
    steps->addSpacing(8);
    steps->addWidget(m_step);
    steps->addStretch();
    column->addLayout(steps);
    m_next = lineOf(column);
    column->addStretch();
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    m_continue = buttonOf(buttons, "home-continue");
    m_continue->setProperty("primary", true);
    m_again = buttonOf(buttons, "home-again");
    m_again->setProperty("flat", true);
    buttons->addStretch();
    column->addLayout(buttons);
    row->addLayout(column, 1);
    connect(m_continue, &QPushButton::clicked, this, &ContinueCard::continued);
    connect(m_again, &QPushButton::clicked, this, &ContinueCard::begunAgain);
}

void ContinueCard::setTheme(const Theme& theme) {
    m_picture->setTheme(theme);
    m_dots->setTheme(theme);
    m_caption->setFont(theme.font(TextToken::small_medium));
    m_title->setFont(theme.font(TextToken::title));
    m_where->setFont(theme.font(TextToken::small));
    m_step->setFont(theme.font(TextToken::small));
    m_next->setFont(theme.font(TextToken::body));
}

void ContinueCard::setLesson(const CourseLesson& lesson) {
    m_picture->setAlong(lesson.steps > 1 ? (lesson.step - 1.0) / (lesson.steps - 1.0) : 0);
    m_caption->setText(tr("Continue where you were"));
    m_title->setText(lesson.title);
    m_where->setText(tr("Lesson %1, %2").arg(lesson.number, 3, 10, QLatin1Char('0')).arg(lesson.part));
    m_dots->setSteps(lesson.step, lesson.steps);
    m_step->setText(tr("step %1 of %2").arg(lesson.step).arg(lesson.steps));
    m_next->setText(lesson.stepTitle);
    m_next->setVisible(!lesson.stepTitle.isEmpty());
    m_continue->setText(tr("Continue"));
    m_continue->setAccessibleName(tr("Continue %1 at step %2").arg(lesson.title).arg(lesson.step));
    m_again->setText(tr("From its start"));
    m_again->setAccessibleName(tr("Begin %1 again from its start").arg(lesson.title));
}

void ContinueCard::setNarrow(bool narrow) { m_picture->setVisible(!narrow); }

BeginCard::BeginCard(QWidget* parent) : QFrame(parent) {
    setObjectName("begin-card");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 16, 18, 16);
    row->setSpacing(22);
    m_picture = new HomePicture;
    row->addWidget(m_picture, 0, Qt::AlignTop);
    auto* column = new QVBoxLayout;
    column->setSpacing(6);
    m_caption = lineOf(column, "secondary");
    m_title = lineOf(column);
    m_text = lineOf(column);
    column->addStretch();
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(12);
    m_begin = buttonOf(buttons, "home-begin");
    m_done = new QLabel;
    m_done->setProperty("tone", "secondary");
    buttons->addWidget(m_done);
    buttons->addStretch();
    column->addLayout(buttons);
    row->addLayout(column, 1);
    connect(m_begin, &QPushButton::clicked, this, &BeginCard::begun);
}

void BeginCard::setTheme(const Theme& theme) {
    m_picture->setTheme(theme);
    m_caption->setFont(theme.font(TextToken::small_medium));
    m_title->setFont(theme.font(TextToken::title));
    m_text->setFont(theme.font(TextToken::body));
    m_done->setFont(theme.font(TextToken::small));
}

void BeginCard::setLesson(const CourseLesson& lesson, bool large) {
    m_large = large;
    m_caption->setText(tr("New here?"));
    const bool way = lesson.id == "wire-to-recvfrom";
    m_title->setText(way ? tr("Start with one packet") : lesson.title);
    m_text->setText(way ? tr("The whole way of one UDP datagram, from the wire to the program that waits for it, in %1 "
                             "steps. You predict, Ringside shows what happens. About ten minutes; nothing to install.")
                              .arg(lesson.steps)
                        : lesson.intro);
    m_begin->setText(large ? tr("Begin") : tr("Begin lesson %1").arg(lesson.number, 3, 10, QLatin1Char('0')));
    m_begin->setAccessibleName(tr("Begin the lesson %1").arg(lesson.title));
    m_done->setText(lesson.mark == LessonMark::done ? tr("done") : QString());
    // a look that hangs on a property is looked at again only after this
    setProperty("card", large ? "here" : "true");
    m_begin->setProperty("primary", large);
    for (QWidget* widget : std::initializer_list<QWidget*>{this, m_begin}) {
        style()->unpolish(widget);
        style()->polish(widget);
    }
    showPicture();
}

void BeginCard::setNarrow(bool narrow) {
    m_narrow = narrow;
    showPicture();
}

void BeginCard::showPicture() { m_picture->setVisible(m_large && !m_narrow); }

}  // namespace ringside
