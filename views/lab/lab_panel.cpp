#include "views/lab/lab_panel.h"

#include <QComboBox>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include "views/scene/skb_adapter.h"
#include "views/scene/skb_scene.h"
#include "views/session/format.h"

namespace ringside {
namespace {

constexpr int kMaxNumber = 65536;
/// What the argument stands at first: the way of a small UDP datagram.
constexpr int kFirst[kLabOps] = {256, 64, 100, 8, 14, 60, 0, 0};
/// The operation before which a heading stands.
constexpr int kGroupAt[3] = {0, 2, 6};

}  // namespace

LabPanel::LabPanel(const RunState& run, const Texts& texts, Messages& messages, QWidget* parent)
    : QWidget(parent), m_run(run), m_texts(texts), m_messages(messages), m_theme(makeTheme(ThemeKind::light)) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto* scroll = new QScrollArea;
    scroll->setWidget(buildOperations());
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setMinimumWidth(300);
    scroll->setMaximumWidth(380);
    row->addWidget(scroll);

    auto* middle = new QVBoxLayout;
    middle->setContentsMargins(16, 12, 20, 12);
    middle->setSpacing(10);
    m_goal = new QLabel;
    m_goal->setObjectName("lab-goal");
    m_goal->setWordWrap(true);
    m_goal->setTextFormat(Qt::MarkdownText);
    middle->addWidget(m_goal);
    m_scene = new SceneWidget;
    m_scene->setObjectName("lab-scene");
    m_scene->setBuilder([this](const SceneRequest& request) { return buildSkbScene(picture(), request); });
    middle->addWidget(m_scene, 1);

    m_refusalCard = new QFrame;
    m_refusalCard->setObjectName("lab-refusal");
    auto* card = new QHBoxLayout(m_refusalCard);
    card->setContentsMargins(12, 8, 12, 8);
    m_refusal = new QLabel;
    m_refusal->setWordWrap(true);
    m_refusal->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_dismiss = new QPushButton;
    card->addWidget(m_refusal, 1);
    card->addWidget(m_dismiss);
    middle->addWidget(m_refusalCard);

    auto* bar = new QHBoxLayout;
    m_title = new QLabel;
    m_undo = new QPushButton;
    m_undo->setObjectName("lab-undo");
    m_redo = new QPushButton;
    m_redo->setObjectName("lab-redo");
    m_clear = new QPushButton;
    m_clear->setObjectName("lab-clear");
    bar->addWidget(m_title);
    bar->addSpacing(12);
    bar->addWidget(m_undo);
    bar->addWidget(m_redo);
    bar->addWidget(m_clear);
    bar->addStretch();
    middle->addLayout(bar);
    m_history = new LabHistory(m_model);
    m_history->setObjectName("lab-history");
    auto* strip = new QScrollArea;
    strip->setWidget(m_history);
    strip->setFrameShape(QFrame::NoFrame);
    strip->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    strip->setFixedHeight(122);
    connect(m_history, &LabHistory::reveal, this,
            [strip](QRect at) { strip->ensureVisible(at.center().x(), at.center().y(), at.width(), 0); });
    middle->addWidget(strip);
    row->addLayout(middle, 1);

    connect(&m_model, &LabModel::changed, this, &LabPanel::refresh);
    connect(m_undo, &QPushButton::clicked, this, &LabPanel::undo);
    connect(m_redo, &QPushButton::clicked, this, &LabPanel::redo);
    connect(m_clear, &QPushButton::clicked, &m_model, &LabModel::clear);
    connect(m_dismiss, &QPushButton::clicked, &m_model, &LabModel::dismissRefusal);
    connect(m_take, &QPushButton::clicked, this, &LabPanel::take);
    connect(m_skbs, &QComboBox::activated, this, [this] { m_model.choose(m_skbs->currentData().toUInt()); });
    connect(&m_run, &RunState::runChanged, this, &LabPanel::refresh);
    connect(&m_texts, &Texts::languageChanged, this, &LabPanel::refresh);
    retranslate();
}

QWidget* LabPanel::buildOperations() {
    auto* operations = new QWidget;
    operations->setProperty("panel", true);
    auto* column = new QVBoxLayout(operations);
    column->setContentsMargins(20, 14, 12, 14);
    column->setSpacing(6);
    std::size_t group = 0;
    for (int i = 0; i < kLabOps; ++i) {
        if (group < 3 && kGroupAt[group] == i) {
            m_groups[group] = new QLabel;
            if (i) column->addSpacing(8);
            column->addWidget(m_groups[group++]);
        }
        OpRow& op = m_ops[static_cast<std::size_t>(i)];
        op.row = new QWidget;
        auto* row = new QHBoxLayout(op.row);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(8);
        op.apply = new QPushButton(QLatin1String(nameOf(static_cast<LabOp>(i))));
        op.apply->setObjectName(QStringLiteral("lab-%1").arg(QLatin1String(nameOf(static_cast<LabOp>(i)))));
        row->addWidget(op.apply, 1);
        if (takesNumber(static_cast<LabOp>(i))) {
            op.number = new QSpinBox;
            op.number->setObjectName(op.apply->objectName() + QStringLiteral("-number"));
            op.number->setRange(0, kMaxNumber);
            op.number->setValue(kFirst[i]);
            row->addWidget(op.number);
        }
        op.what = new QLabel;
        op.what->setProperty("tone", "secondary");
        op.what->setWordWrap(true);
        column->addWidget(op.row);
        column->addWidget(op.what);
        connect(op.apply, &QPushButton::clicked, this, [this, i] { run(static_cast<LabOp>(i)); });
    }
    column->addSpacing(8);
    m_takeLabel = new QLabel;
    column->addWidget(m_takeLabel);
    auto* from = new QHBoxLayout;
    m_packet = new QSpinBox;
    m_packet->setObjectName("lab-packet");
    m_packet->setMinimum(1);
    m_take = new QPushButton;
    m_take->setObjectName("lab-take");
    from->addWidget(m_packet);
    from->addWidget(m_take, 1);
    column->addLayout(from);
    column->addSpacing(8);
    m_skbLabel = new QLabel;
    m_skbs = new QComboBox;
    m_skbs->setObjectName("lab-skbs");
    column->addWidget(m_skbLabel);
    column->addWidget(m_skbs);
    column->addStretch();
    return operations;
}

void LabPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_scene->setTheme(theme);
    m_history->setTheme(theme);
    for (QLabel* group : m_groups) group->setFont(theme.font(TextToken::ui_bold));
    for (OpRow& op : m_ops) {
        op.apply->setFont(theme.font(TextToken::mono_medium));
        op.what->setFont(theme.font(TextToken::small));
        if (op.number) op.number->setFont(theme.font(TextToken::mono));
    }
    m_takeLabel->setFont(theme.font(TextToken::ui_bold));
    m_skbLabel->setFont(theme.font(TextToken::ui_bold));
    m_title->setFont(theme.font(TextToken::ui_bold));
    m_goal->setFont(theme.font(TextToken::body));
    m_refusal->setFont(theme.font(TextToken::small));
    m_refusalCard->setStyleSheet(QStringLiteral("#lab-refusal { background: %1; border: 1px solid %2; border-radius: "
                                                "8px; } #lab-refusal QLabel { background: transparent; color: %3; }")
                                     .arg(theme.color(tintOf(Tone::drop)).name(),
                                          theme.color(solidOf(Tone::drop)).name(),
                                          theme.color(textOf(Tone::drop)).name()));
    refresh();
}

void LabPanel::setReducedMotion(bool reduced) { m_scene->setReducedMotion(reduced); }
void LabPanel::undo() {
    if (m_model.canUndo()) m_model.undo();
}
void LabPanel::redo() {
    if (m_model.canRedo()) m_model.redo();
}

void LabPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

QString LabPanel::refusedBecause(const LabRefusal& refused) const {
    if (refused.tail > refused.before.end) {
        return tr("tail would stand at %1, %2 bytes past end (%3). The kernel prints this line and stops; here nothing "
                  "has changed.")
            .arg(refused.tail)
            .arg(refused.tail - refused.before.end)
            .arg(refused.before.end);
    }
    if (refused.data < 0) {
        return tr("data would stand %1 bytes before head. The kernel prints this line and stops; here nothing has "
                  "changed.")
            .arg(-refused.data);
    }
    return tr("Not allowed here; nothing has changed.");
}

QString LabPanel::sentenceOf(LabOp op) const {
    switch (op) {
        case LabOp::alloc_skb:
            return tr("head, data and tail together; the size is rounded up to what the allocator gives");
        case LabOp::skb_reserve:
            return tr("data and tail move forward together: headroom, while the buffer is empty");
        case LabOp::skb_put:
            return tr("tail moves forward: the data grows at its end");
        case LabOp::skb_push:
            return tr("data moves back: the data grows at its start");
        case LabOp::skb_pull:
            return tr("data moves forward: the data shrinks at its start, the bytes stay");
        case LabOp::skb_trim:
            return tr("tail moves back until len is the number given");
        case LabOp::skb_clone:
            return tr("a new sk_buff for the same bytes");
        case LabOp::skb_copy:
            return tr("a new sk_buff with bytes of its own");
    }
    return {};
}

void LabPanel::retranslate() {
    setAccessibleName(tr("sk_buff lab"));
    m_groups[0]->setText(tr("Buffer"));
    m_groups[1]->setText(tr("Data"));
    m_groups[2]->setText(tr("Share"));
    for (int i = 0; i < kLabOps; ++i) {
        OpRow& op = m_ops[static_cast<std::size_t>(i)];
        op.what->setText(sentenceOf(static_cast<LabOp>(i)));
        op.apply->setToolTip(op.what->text());
        if (op.number) op.number->setAccessibleName(tr("bytes for %1").arg(op.apply->text()));
    }
    m_takeLabel->setText(tr("From the open run"));
    m_take->setText(tr("Take this packet's bytes"));
    m_packet->setAccessibleName(tr("number of the packet"));
    m_skbLabel->setText(tr("Work on"));
    m_skbs->setAccessibleName(tr("sk_buff to work on"));
    m_undo->setText(tr("Undo"));
    m_undo->setToolTip(tr("Undo (Ctrl+Z)"));
    m_redo->setText(tr("Redo"));
    m_redo->setToolTip(tr("Redo (Ctrl+Y)"));
    m_clear->setText(tr("Start over"));
    m_dismiss->setText(tr("Close"));
    refresh();
}

void LabPanel::run(LabOp op) {
    const OpRow& row = m_ops[static_cast<std::size_t>(op)];
    m_model.apply(op, row.number ? static_cast<std::uint32_t>(row.number->value()) : 0);
}

void LabPanel::take() {
    if (!m_run.hasRun()) return;
    std::vector<std::uint8_t> scratch;
    const auto number = static_cast<std::uint32_t>(m_packet->value());
    const std::span<const std::uint8_t> frame = m_run.inputs().traffic->frame(number - 1, scratch);
    if (frame.empty()) {
        m_messages.report(
            Messages::Kind::info,
            tr("Packet %1 did not enter the card: it was sent by this host, or its link type is not walked.")
                .arg(number));
        return;
    }
    m_model.takePacket(number, {frame.begin(), frame.end()});
}

SkbInput LabPanel::picture() const {
    if (!m_model.chosen()) {
        SkbInput input;
        input.empty = tr("Begin with alloc_skb, or take the bytes of a packet.");
        return input;
    }
    // a packet that was taken begins where its headroom ends
    const std::uint32_t frame = m_model.packet() ? kNetSkbPad : kUnset;
    SkbInput input = skbInput(
        m_model.world(), m_model.world().machine().skbs[m_model.chosen()].id, m_model.previous(),
        [this](std::string_view text) { return m_texts.text(text); }, frame);
    if (m_model.done() > 0) {
        const LabEntry& entry = m_model.entries()[m_model.done() - 1];
        input.title = takesNumber(entry.op)
                          ? QStringLiteral("%1(%2%3)")
                                .arg(QLatin1String(nameOf(entry.op)),
                                     entry.op == LabOp::alloc_skb ? QString() : QStringLiteral("skb, "))
                                .arg(entry.argument)
                          : QStringLiteral("%1(skb)").arg(QLatin1String(nameOf(entry.op)));
        input.sentence = sentenceOf(entry.op);
    }
    if (m_model.refusal()) {
        const LabRefusal& refused = *m_model.refusal();
        // The call that was refused, and what it would have done; the kernel's line stands in the card below.
        input.refused = true;
        input.title = QStringLiteral("%1(skb, %2)").arg(QLatin1String(nameOf(refused.op))).arg(refused.argument);
        input.sentence = refusedBecause(refused);
        input.effects.clear();
        if (refused.tail > refused.before.end)
            input.overrun = static_cast<int>(refused.tail - refused.before.end);
        else if (refused.data < 0)
            input.overrun = static_cast<int>(refused.data);
    }
    return input;
}

void LabPanel::refresh() {
    m_filling = true;
    for (int i = 0; i < kLabOps; ++i)
        m_ops[static_cast<std::size_t>(i)].apply->setEnabled(m_model.canApply(static_cast<LabOp>(i)));
    m_undo->setEnabled(m_model.canUndo());
    m_redo->setEnabled(m_model.canRedo());
    m_clear->setEnabled(!m_model.entries().empty());
    m_title->setText(m_model.entries().empty()
                         ? tr("History")
                         : tr("History, %1 of %2").arg(m_model.done()).arg(m_model.entries().size()));
    const std::uint64_t packets = m_run.hasRun() ? m_run.inputs().traffic->count() : 0;
    m_take->setEnabled(packets > 0);
    m_packet->setEnabled(packets > 0);
    m_packet->setMaximum(static_cast<int>(std::clamp<std::uint64_t>(packets, 1, 1'000'000'000)));
    m_skbs->clear();
    const SkbId chosen = m_model.chosen();
    for (const std::uint32_t serial : m_model.skbs()) {
        m_skbs->addItem(QStringLiteral("sk_buff #%1").arg(serial),
                        serial);  // not translated: a kernel name and a number
        if (chosen && m_model.world().machine().skbs[chosen].id == serial) m_skbs->setCurrentIndex(m_skbs->count() - 1);
    }
    m_skbs->setEnabled(m_skbs->count() > 1);
    m_refusalCard->setVisible(m_model.refusal().has_value());
    if (m_model.refusal()) {
        const LabRefusal& refused = *m_model.refusal();
        m_refusal->setText(refused.line.empty()
                               ? refusedBecause(refused)
                               // not translated: the kernel's line
                               : QStringLiteral("<tt>%1</tt>").arg(fromView(refused.line).toHtmlEscaped()));
    }
    if (m_model.exercise() != m_shownExercise) {
        // what an exercise asks for does not stand in the fields already
        m_shownExercise = m_model.exercise();
        for (int i = 0; i < kLabOps; ++i) {
            if (QSpinBox* number = m_ops[static_cast<std::size_t>(i)].number)
                number->setValue(m_shownExercise ? 0 : kFirst[i]);
        }
    }
    if (const Exercise* exercise = m_model.exercise()) {
        const LessonText& text = m_model.lesson()->text(m_texts.language());
        const auto words = text.exercises.find(exercise->id);
        QString goal =
            words == text.exercises.end()
                ? QString()
                : QStringLiteral("**%1** — %2").arg(fromView(words->second.title), fromView(words->second.body));
        if (m_model.reached()) {
            goal += QStringLiteral("\n\n**✓ %1**").arg(tr("Reached."));
            if (words != text.exercises.end()) {
                if (const auto done = words->second.labels.find("done"); done != words->second.labels.end())
                    goal += QLatin1Char(' ') + fromView(done->second.reply);
            }
        }
        if (!m_model.reached() && m_model.done() > 0) {
            for (const GoalState& part : m_model.goalParts(m_texts.language()))
                goal +=
                    QStringLiteral("\n\n%1 %2")
                        .arg(part.holds ? QStringLiteral("✓") : QStringLiteral("○"), QString::fromStdString(part.text));
        }
        m_goal->setText(goal);
    }
    m_goal->setVisible(m_model.exercise() != nullptr);
    m_filling = false;
    showPicture(m_model.done() < m_shownDone);
    m_shownDone = m_model.done();
}

void LabPanel::showPicture(bool backwards) { m_scene->animate(skbMotion(picture(), backwards)); }

}  // namespace ringside
