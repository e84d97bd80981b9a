#include "views/lesson/question_card.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPushButton>
#include <QRadioButton>
#include <algorithm>
#include <utility>

#include "views/theme/keyboard_entry.h"

namespace ringside {
namespace {

/// An answer: a radio button and a text that may be several lines; clicking anywhere chooses it.
class AnswerRow : public QFrame {
  public:
    AnswerRow(const QString& text, const Theme& theme, QWidget* parent) : QFrame(parent) {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(10, 7, 10, 7);
        row->setSpacing(8);
        button = new QRadioButton;
        button->setAccessibleName(text);
        label = new MarkdownView;
        label->setToken(TextToken::ui);
        label->setTheme(theme);
        label->setMarkdownText(text);
        label->setAttribute(Qt::WA_TransparentForMouseEvents);
        verdict = new QLabel;
        verdict->hide();
        auto* text_and_verdict = new QVBoxLayout;
        text_and_verdict->setSpacing(2);
        text_and_verdict->addWidget(label);
        text_and_verdict->addWidget(verdict);
        // the button stands in the middle of the text's first line
        button->setFixedHeight(
            std::max(button->sizeHint().height(), qRound(styleOf(TextToken::ui).line * theme.text_percent / 100.0)));
        row->addWidget(button, 0, Qt::AlignTop);
        row->addLayout(text_and_verdict, 1);
    }
    QRadioButton* button;
    MarkdownView* label;
    QLabel* verdict;

  protected:
    void mousePressEvent(QMouseEvent*) override {
        if (button->isEnabled()) button->click();
    }
};

QString frameSheet(const Theme& theme, Role border, int width, Role back) {
    return QStringLiteral("QFrame#answer { border: %1px solid %2; border-radius: 6px; background: %3; }")
        .arg(width)
        .arg(theme.color(border).name(), theme.color(back).name());
}

const QuestionText* textsOf(const Lesson& lesson, std::size_t step, const Question& question, const std::string& lang) {
    const LessonText& text = lesson.text(lang);
    const auto s = text.steps.find(lesson.steps[step].id);
    if (s == text.steps.end()) return nullptr;
    const auto q = s->second.questions.find(question.id);
    return q == s->second.questions.end() ? nullptr : &q->second;
}

}  // namespace

QuestionCard::QuestionCard(const RunState& run, const Texts& texts, Acting& acting, QWidget* parent)
    : QFrame(parent), m_run(run), m_texts(texts), m_acting(acting), m_theme(makeTheme(ThemeKind::light)) {
    setObjectName("question-card");
    setProperty(kKeyboardEntry, true);
    setProperty("card", true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(8);
    m_heading = new QLabel;
    m_prompt = new MarkdownView;
    m_prompt->setToken(TextToken::ui);
    m_answers = new QVBoxLayout;
    m_answers->setSpacing(6);
    m_group = new QButtonGroup(this);
    m_number = new QLineEdit;
    m_number->setObjectName("question-number");
    m_check = new QPushButton;
    m_check->setObjectName("question-check");
    m_check->setProperty("primary", true);
    m_skip = new QPushButton;
    m_skip->setObjectName("question-skip");
    m_skip->setProperty("flat", true);
    m_state = new QLabel;
    m_state->setWordWrap(true);
    m_reply = new MarkdownView;
    m_reply->setToken(TextToken::ui, Role::text);
    m_reply->setObjectName("question-reply");
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_check);
    buttons->addWidget(m_skip);
    buttons->addStretch();
    column->addWidget(m_heading);
    column->addWidget(m_prompt);
    column->addLayout(m_answers);
    column->addWidget(m_number);
    column->addLayout(buttons);
    column->addWidget(m_state);
    column->addWidget(m_reply);
    connect(m_group, &QButtonGroup::idClicked, this, &QuestionCard::updateCheck);
    connect(m_number, &QLineEdit::textChanged, this, &QuestionCard::updateCheck);
    connect(m_number, &QLineEdit::returnPressed, this, &QuestionCard::check);
    connect(m_check, &QPushButton::clicked, this, &QuestionCard::check);
    for (MarkdownView* view : {m_prompt, m_reply})
        connect(view, &MarkdownView::wordClicked, this, &QuestionCard::wordClicked);
    m_state->setObjectName("question-state");
    connect(m_skip, &QPushButton::clicked, this, [this] { m_acting.skipQuestion(); });
    hide();
}

void QuestionCard::setWords(const LessonWords* words) {
    for (MarkdownView* view : {m_prompt, m_reply}) view->setWords(words);
}

void QuestionCard::setTheme(const Theme& theme) {
    m_theme = theme;
    m_heading->setFont(theme.font(TextToken::layer));
    m_prompt->setTheme(theme);
    m_reply->setTheme(theme);
    m_state->setFont(theme.font(TextToken::ui_medium));
    m_shown.clear();
    refresh();
}

void QuestionCard::retranslate() {
    setAccessibleName(tr("Prediction"));
    m_heading->setText(tr("Predict"));
    m_check->setText(tr("Check"));
    m_skip->setText(tr("Skip"));
    m_number->setPlaceholderText(tr("a number"));
    m_number->setAccessibleName(tr("Your answer"));
    m_shown.clear();
    refresh();
}

void QuestionCard::refresh() {
    Player* player = m_run.player();
    const std::size_t step = player ? player->step() : 0;
    const bool asks = player && player->lesson().steps[step].question.has_value();
    setVisible(asks);
    if (!asks) {
        m_shown.clear();
        return;
    }
    const std::string id = player->lesson().id + "/" + player->lesson().steps[step].id;
    if (id != m_shown || m_lang != m_texts.language()) {
        m_shown = id;
        m_lang = m_texts.language();
        rebuild();
    }
    const QuestionState state = player->questionState(step);
    const bool open = player->unanswered() != nullptr;
    m_check->setVisible(open);
    m_skip->setVisible(state == QuestionState::open);
    m_number->setEnabled(open);
    for (QAbstractButton* button : m_group->buttons()) button->setEnabled(open);
    const Grade* grade = player->grade(step);
    m_state->setVisible(state != QuestionState::open);
    m_state->setStyleSheet({});
    m_number->setStyleSheet({});
    m_reply->setVisible(grade != nullptr);
    if (grade)
        showGrade(*grade);
    else if (state == QuestionState::skipped)
        m_state->setText(tr("Skipped. The next steps show what happens; it can still be answered."));
    updateCheck();
}

void QuestionCard::rebuild() {
    Player& player = *m_run.player();
    const std::size_t step = player.step();
    const Question& question = *player.lesson().steps[step].question;
    const Result<std::string> prompt = player.prompt(step, m_texts.language());
    m_prompt->setMarkdownText(prompt ? QString::fromStdString(*prompt) : m_texts.text(prompt.error()));
    for (QFrame* row : m_rows) {
        m_answers->removeWidget(row);
        row->deleteLater();
    }
    m_rows.clear();
    for (QAbstractButton* button : m_group->buttons()) m_group->removeButton(button);
    m_chosen.clear();
    const QuestionText* texts = textsOf(player.lesson(), step, question, m_texts.language());
    int number = 0;
    for (const QuestionChoice& choice : question.choices) {
        QString label = QString::fromStdString(choice.id);
        if (texts) {
            if (const auto reply = texts->replies.find(choice.id); reply != texts->replies.end()) {
                label = QString::fromStdString(reply->second.label);
            }
        }
        auto* row = new AnswerRow(label, m_theme, this);
        row->setObjectName("answer");
        row->button->setObjectName(QStringLiteral("answer-%1").arg(number));
        row->setStyleSheet(frameSheet(m_theme, Role::border, 1, Role::surface));
        row->button->installEventFilter(this);
        m_group->addButton(row->button, number++);
        m_answers->addWidget(row);
        m_rows.push_back(row);
    }
    m_number->setVisible(question.kind == Question::Kind::number);
    m_number->clear();
    // the answers are made after the buttons, and Tab comes to them before
    QWidget* before = m_skip;
    const auto then = [&before](QWidget* next) { QWidget::setTabOrder(std::exchange(before, next), next); };
    for (QFrame* row : m_rows) then(static_cast<AnswerRow*>(row)->button);
    for (QWidget* next :
         {static_cast<QWidget*>(m_number), static_cast<QWidget*>(m_check), static_cast<QWidget*>(m_skip)})
        then(next);
}

void QuestionCard::updateCheck() {
    const Player* player = m_run.player();
    if (!player || m_shown.empty()) return;
    const bool open = player->unanswered() != nullptr;
    bool number = false;
    m_number->text().toDouble(&number);
    m_check->setEnabled(open && (m_number->isVisibleTo(this) ? number : m_group->checkedId() >= 0));
    if (!open) return;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const bool chosen = m_group->checkedId() == static_cast<int>(i);
        m_rows[i]->setStyleSheet(frameSheet(m_theme, chosen ? Role::ink : Role::border, chosen ? 2 : 1, Role::surface));
    }
}

void QuestionCard::check() {
    Player* player = m_run.player();
    if (!player || !m_check->isEnabled()) return;
    const Question& question = *player->lesson().steps[player->step()].question;
    m_chosen = question.kind == Question::Kind::number
                   ? m_number->text().trimmed().toStdString()
                   : question.choices[static_cast<std::size_t>(m_group->checkedId())].id;
    const Result<Grade> grade = m_acting.answer(m_chosen);
    if (!grade) {
        m_state->setText(m_texts.text(grade.error()));
        m_state->show();
        return;
    }
    emit answered();
}

void QuestionCard::showGrade(const Grade& grade) {
    Player& player = *m_run.player();
    const Question& question = *player.lesson().steps[player.step()].question;
    // glyph and colour say it too, for a number as for a choice
    const QString verdict = grade.right ? tr("Right.")
                            : question.kind == Question::Kind::number
                                ? tr("Not so: it is %1.").arg(QString::fromStdString(grade.right_text))
                                : tr("Not so.");
    m_state->setText((grade.right ? QStringLiteral("✓ ") : QStringLiteral("✗ ")) + verdict);
    m_state->setStyleSheet(
        QStringLiteral("color: %1;").arg(m_theme.color(grade.right ? Role::text : Role::drop_text).name()));
    if (question.kind == Question::Kind::number) {
        if (const std::string* given = player.given(player.step())) m_number->setText(QString::fromStdString(*given));
        m_number->setStyleSheet(QStringLiteral("border: 2px solid %1; background: %2;")
                                    .arg(m_theme.color(grade.right ? Role::ink : Role::drop_solid).name(),
                                         m_theme.color(grade.right ? Role::surface : Role::drop_tint).name()));
    }
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        auto* row = static_cast<AnswerRow*>(m_rows[i]);
        const std::string& id = question.choices[i].id;
        const bool right = std::find(grade.right_ids.begin(), grade.right_ids.end(), id) != grade.right_ids.end();
        const std::string* given = player.given(player.step());
        const bool wrong = !right && given && id == *given;
        row->setStyleSheet(frameSheet(m_theme,
                                      wrong   ? Role::drop_solid
                                      : right ? Role::ink
                                              : Role::border,
                                      right || wrong ? 2 : 1, wrong ? Role::drop_tint : Role::surface));
        row->verdict->setText(right ? tr("✓ right") : wrong ? tr("✗ your answer") : QString());
        row->verdict->setVisible(right || wrong);
    }
    m_reply->setMarkdownText(QString::fromStdString(grade.reply));
}

/// Up and down move between the choices, whatever lies between their buttons.
bool QuestionCard::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::KeyPress) return QFrame::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const auto at = std::find_if(m_rows.begin(), m_rows.end(),
                                 [&](QFrame* row) { return static_cast<AnswerRow*>(row)->button == watched; });
    if ((key != Qt::Key_Up && key != Qt::Key_Down) || at == m_rows.end()) return QFrame::eventFilter(watched, event);
    const auto count = static_cast<int>(m_rows.size());
    const int next = (static_cast<int>(at - m_rows.begin()) + (key == Qt::Key_Down ? 1 : count - 1)) % count;
    QRadioButton* button = static_cast<AnswerRow*>(m_rows[static_cast<std::size_t>(next)])->button;
    button->setFocus();
    button->click();
    return true;
}

void QuestionCard::keyPressEvent(QKeyEvent* event) {
    const int number = event->key() - Qt::Key_1;
    if (number >= 0 && number < m_group->buttons().size()) {
        m_group->button(number)->click();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) return check();
    QFrame::keyPressEvent(event);
}

}  // namespace ringside
