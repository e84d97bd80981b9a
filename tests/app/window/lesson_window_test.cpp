// A lesson as a learner goes through it in the window: the way to a step, playing, questions, the end, exercises,
// words.
#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPrinter>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTextDocument>
#include <QToolButton>
#include <QWheelEvent>

#include "app/handout.h"
#include "tests/app/window/window_fixture.h"
#include "views/lab/lab_panel.h"
#include "views/lesson/glossary_card.h"
#include "views/lesson/lesson_panel.h"
#include "views/message/message_bar.h"
#include "views/scene/scene_widget.h"

namespace ringside::test {
namespace {

class LessonWindow : public WindowTest {
  protected:
    Player& player() { return *session().run.player(); }
    [[nodiscard]] QString stepId() { return QString::fromStdString(player().lesson().steps[player().step()].id); }
    Position momentOf(std::size_t step) { return *player().moment(step); }
    /// The end page of a lesson, its questions skipped.
    void toEnd() {
        player().skipAll();
        session().travel.goToStep(player().stepCount() - 1);
        click(child<QPushButton>("lesson-next"));
    }
    bool drawn(const char* scene, const char* item) {
        const auto& items = child<SceneWidget>(scene)->displayList().items();
        return std::any_of(items.begin(), items.end(), [&](const Item& i) { return i.id == QLatin1String(item); });
    }
    static void wheel(QWidget* widget) {
        const QPointF at = QRectF(widget->rect()).center();
        // what a widget does not take goes to its parent, as it does for a real wheel
        for (QWidget* to = widget; to; to = to->isWindow() ? nullptr : to->parentWidget()) {
            QWheelEvent turn(at, widget->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                             Qt::NoScrollPhase, false);
            if (QApplication::sendEvent(to, &turn) && turn.isAccepted()) break;
        }
        settle();
    }
};

TEST_F(LessonWindow, NextTravelsTheWayAndASecondPressSkipsIt) {
    open("wire-to-recvfrom");
    player().skipAll();
    session().travel.goToStep(9);
    std::vector<Position> seen;
    QObject::connect(&session().run, &RunState::moved, window.get(), [&] { seen.push_back(session().run.position()); });
    key(Qt::Key_Right);
    EXPECT_TRUE(session().travel.onTheWay());
    EXPECT_EQ(player().step(), 9U) << "the text stays until the step is reached";
    ASSERT_TRUE(until([&] { return !session().travel.onTheWay(); }));
    EXPECT_EQ(session().run.position(), momentOf(10));
    EXPECT_EQ(player().step(), 10U);
    EXPECT_GT(seen.size(), 5U) << "forty events are not jumped over";
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
    key(Qt::Key_Right);
    ASSERT_TRUE(session().travel.onTheWay());
    key(Qt::Key_Right);
    EXPECT_FALSE(session().travel.onTheWay());
    EXPECT_EQ(session().run.position(), momentOf(11)) << "skipped to its end, not to the next step";
    window->setReducedMotion(true);
    seen.clear();
    key(Qt::Key_Right);
    EXPECT_FALSE(session().travel.onTheWay());
    EXPECT_EQ(seen, std::vector<Position>{momentOf(12)}) << "nothing moves between";
}

TEST_F(LessonWindow, BackAndASeekEndTheWay) {
    open("wire-to-recvfrom");
    player().skipAll();
    session().travel.goToStep(9);
    key(Qt::Key_Right);
    ASSERT_TRUE(session().travel.onTheWay());
    key(Qt::Key_Left);
    EXPECT_FALSE(session().travel.onTheWay());
    EXPECT_EQ(player().step(), 9U) << "back from the step it was travelling to";
    key(Qt::Key_Right);
    session().travel.seek(momentOf(2));
    EXPECT_FALSE(session().travel.onTheWay());
    QTest::qWait(300);
    EXPECT_EQ(session().run.position(), momentOf(2)) << "no late stop";
}

TEST_F(LessonWindow, PlayingWaitsAtEachStep) {
    open("wire-to-recvfrom");
    session().view.setSpeed(6);
    key(Qt::Key_Space);
    ASSERT_TRUE(until([&] { return player().step() == 1; }));
    const Position reached = session().run.position();
    QTest::qWait(700);
    EXPECT_EQ(session().run.position(), reached);
    EXPECT_FALSE(session().travel.playing());
    key(Qt::Key_Space);
    QTest::qWait(300);
    EXPECT_EQ(player().questionState(1), QuestionState::open) << "playing does not skip a question";
}

TEST_F(LessonWindow, NothingLiesBeforeTheFirstStep) {
    open("wire-to-recvfrom");
    EXPECT_FALSE(child<QPushButton>("lesson-back")->isEnabled());
    const Position first = session().run.position();
    session().travel.back(StepBy::lesson);
    EXPECT_EQ(session().run.position(), first);
    session().travel.seek(first + 1);
    EXPECT_TRUE(child<QPushButton>("lesson-back")->isEnabled());
    session().travel.back(StepBy::lesson);
    EXPECT_EQ(session().run.position(), first);
}

TEST_F(LessonWindow, TheEndSaysWhatWasLearnedAndLeadsOn) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    static_cast<void>(session().acting.answer("nic"));
    EXPECT_FALSE(window->progress().progress().of("wire-to-recvfrom").done);
    toEnd();
    ASSERT_TRUE(player().finished());
    EXPECT_TRUE(child<QWidget>("end-page")->isVisible());
    EXPECT_FALSE(child<QWidget>("narration")->isVisible());
    EXPECT_TRUE(child<QLabel>("end-score")->text().contains("1 of 5"));
    EXPECT_FALSE(child<QPushButton>("lesson-next")->isEnabled());
    const Position last = session().run.position();
    session().travel.step(StepBy::lesson);
    EXPECT_EQ(session().run.position(), last) << "nothing runs on past the end";
    EXPECT_TRUE(window->progress().progress().of("wire-to-recvfrom").done);
    key(Qt::Key_Left);
    EXPECT_FALSE(player().finished());
    EXPECT_EQ(player().step(), player().stepCount() - 1) << "back to the last step";
    click(child<QPushButton>("lesson-next"));
    auto* next = child<QPushButton>("next-lesson");
    ASSERT_TRUE(until([&] { return next->isVisible(); }));
    EXPECT_TRUE(next->text().contains("Anatomy"));
    next->click();
    ASSERT_TRUE(until([&] { return session().run.player() && player().lesson().id == "skb-anatomy"; }));
    toEnd();
    EXPECT_FALSE(next->isVisible()) << "there is no lesson after the last";
    session().opening.close();
    settle();
    ASSERT_TRUE(until([&] { return window->findChild<QLabel*>("lesson-state-wire-to-recvfrom") != nullptr; }));
    EXPECT_TRUE(child<QLabel>("lesson-state-wire-to-recvfrom")->text().contains(QStringLiteral("✓")));
}

TEST_F(LessonWindow, ASkippedQuestionCanBeAnsweredLater) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    click(child<QPushButton>("question-skip"));
    EXPECT_FALSE(child<QPushButton>("question-skip")->isVisible());
    session().travel.goToStep(2);
    session().travel.goToStep(1);
    settle();
    auto* check = child<QPushButton>("question-check");
    EXPECT_TRUE(check->isVisible());
    child<QRadioButton>("answer-1")->click();
    check->click();
    ASSERT_NE(player().grade(1), nullptr);
    EXPECT_FALSE(check->isVisible());
    EXPECT_TRUE(child<QLabel>("question-state")->text().startsWith(QStringLiteral("✓")));
}

TEST_F(LessonWindow, AWrongNumberIsMarkedAndStaysInSight) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    session().acting.skipQuestion();
    session().travel.goToStep(3);
    settle();
    auto* number = child<QLineEdit>("question-number");
    number->setText("1");
    child<QPushButton>("question-check")->click();
    settle();
    EXPECT_TRUE(child<QLabel>("question-state")->text().startsWith(QStringLiteral("✗")));
    EXPECT_TRUE(number->styleSheet().contains("border"));
    EXPECT_EQ(number->text(), "1");
}

TEST_F(LessonWindow, ArrowsMoveBetweenChoicesAndStepAfterTheAnswer) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    settle();
    child<QRadioButton>("answer-0")->setFocus();
    key(Qt::Key_Down);
    EXPECT_TRUE(child<QRadioButton>("answer-1")->isChecked());
    EXPECT_EQ(QApplication::focusWidget(), child<QRadioButton>("answer-1"));
    key(Qt::Key_Up);
    key(Qt::Key_Up);
    EXPECT_TRUE(child<QRadioButton>("answer-2")->isChecked()) << "round";
    key(Qt::Key_Return);
    ASSERT_NE(player().grade(1), nullptr);
    EXPECT_EQ(QApplication::focusWidget(), child<SceneWidget>("path-scene"));
    window->setReducedMotion(true);
    key(Qt::Key_Right);
    EXPECT_EQ(player().step(), 2U);
}

TEST_F(LessonWindow, SpaceNeverPressesAButtonOfABar) {
    open("wire-to-recvfrom");
    window->setReducedMotion(true);
    auto* start = child<QToolButton>("transport-start");
    session().travel.goToStep(1);
    start->setFocus();
    static_cast<void>(session().acting.answer("nic"));
    key(Qt::Key_Space);
    EXPECT_EQ(player().step(), 2U) << "it plays";
    start->setFocus();
    key(Qt::Key_Return);
    EXPECT_EQ(session().run.position(), 0U) << "Enter presses";
}

TEST_F(LessonWindow, TheWheelScrollsThePageAndChangesNothing) {
    window->resize(1280, 720);
    open("wire-to-recvfrom");
    toEnd();
    auto* knob = child<QComboBox>("knob-irq-cpu");
    auto* scroll = knob->window()->findChild<QScrollArea*>("lesson-scroll");
    ASSERT_NE(scroll, nullptr);
    ASSERT_GT(scroll->verticalScrollBar()->maximum(), 0);
    EXPECT_EQ(knob->itemText(0), "CPU 0");
    knob->setCurrentIndex(0);
    scroll->verticalScrollBar()->setValue(0);
    wheel(knob);
    EXPECT_EQ(knob->currentIndex(), 0);
    EXPECT_GT(scroll->verticalScrollBar()->value(), 0);
    scroll->verticalScrollBar()->setValue(0);
    for (MarkdownView* text : scroll->findChildren<MarkdownView*>()) {
        if (!text->isVisible()) continue;
        wheel(text->viewport());
        EXPECT_EQ(text->verticalScrollBar()->value(), 0) << "a text inside the page does not scroll by itself";
    }
    EXPECT_GT(scroll->verticalScrollBar()->value(), 0);
}

TEST_F(LessonWindow, AFailedExerciseSaysWhatIsMissing) {
    open("wire-to-recvfrom");
    toEnd();
    auto* result = child<QLabel>("exercise-result");
    child<QPushButton>("exercise-try")->click();
    ASSERT_TRUE(until([&] { return result->text().contains(QStringLiteral("✗")); }));
    EXPECT_TRUE(result->text().contains(QStringLiteral("✗ Packets that CPU 1 took: 0")))
        << result->text().toStdString();
    child<QComboBox>("knob-irq-cpu")->setCurrentIndex(1);
    child<QComboBox>("knob-reader-cpu")->setCurrentIndex(1);
    child<QPushButton>("exercise-try")->click();
    ASSERT_TRUE(until([&] { return result->text().contains(QStringLiteral("✓ Packets")); }));
    EXPECT_TRUE(result->text().contains(QStringLiteral("✗ Wake-ups"))) << "one half is there, the other not";
    window->setLanguage("zh_CN");
    ASSERT_TRUE(until([&] { return result->text().contains(QStringLiteral("✗ 靠处理器间中断的唤醒")); }))
        << result->text().toStdString();
    EXPECT_EQ(child<QComboBox>("knob-irq-cpu")->currentIndex(), 1);
    child<QComboBox>("knob-reader-cpu")->setCurrentIndex(0);
    child<QPushButton>("exercise-try")->click();
    ASSERT_TRUE(until([&] { return player().isSolved("other-cpu"); }));
}

TEST_F(LessonWindow, AWatchedRunLeadsBackToTheExercise) {
    open("wire-to-recvfrom");
    session().travel.goToStep(1);
    static_cast<void>(session().acting.answer("nic"));
    toEnd();
    child<QComboBox>("knob-irq-cpu")->setCurrentIndex(1);
    child<QPushButton>("exercise-watch")->click();
    ASSERT_TRUE(until([&] { return session().run.watched() != nullptr; }));
    settle();
    EXPECT_EQ(session().run.player(), nullptr);
    EXPECT_EQ(session().run.position(), 0U);
    auto* back = child<QPushButton>("back-to-exercise");
    ASSERT_TRUE(back->isVisible());
    back->click();
    ASSERT_TRUE(until([&] { return session().run.player() != nullptr; }));
    settle();
    EXPECT_TRUE(player().finished());
    EXPECT_TRUE(child<QPushButton>("exercise-try")->isVisible());
    EXPECT_EQ(child<QComboBox>("knob-irq-cpu")->currentIndex(), 1);
    ASSERT_NE(player().grade(1), nullptr) << "what was answered is kept";
    EXPECT_TRUE(player().grade(1)->right);
}

TEST_F(LessonWindow, ALessonBringsItsScene) {
    window->setCentre(CentreView::lab);
    open("wire-to-recvfrom");
    EXPECT_EQ(window->centre(), CentreView::cpus);
    EXPECT_TRUE(drawn("stacks-scene", "task:142")) << "the sleeper's stack, of which the text speaks";
    window->setCentre(CentreView::charts);
    session().travel.goToStep(1);
    EXPECT_EQ(window->centre(), CentreView::path);
    const auto named = [&] {
        return child<SceneWidget>("path-scene")->displayList().dump().find("DMA write") != std::string::npos;
    };
    EXPECT_FALSE(named()) << "who moves the frame is what the question asks";
    window->setCentre(CentreView::charts);
    static_cast<void>(session().acting.answer("nic"));
    EXPECT_EQ(window->centre(), CentreView::charts) << "within a step the learner's choice is left alone";
    session().travel.goToStep(2);
    session().travel.back(StepBy::stage);
    settle();
    EXPECT_TRUE(named()) << "while it happens it is";
    player().skipAll();
    session().travel.goToStep(*player().lesson().stepIndex("wake"));
    EXPECT_EQ(window->centre(), CentreView::path) << "the reader wakes where it can be seen";
}

TEST_F(LessonWindow, ThePanicIsDrawnAsTheLabDrawsIt) {
    open("skb-anatomy");
    player().skipAll();
    session().travel.goToStep(player().stepCount() - 2);
    settle();
    EXPECT_FALSE(drawn("skb-scene", "refused"));
    session().travel.goToStep(player().stepCount() - 1);
    settle();
    EXPECT_TRUE(drawn("skb-scene", "refused"));
}

TEST_F(LessonWindow, TheFieldsOfTheLabDoNotHoldTheAnswer) {
    open("skb-anatomy");
    toEnd();
    child<QPushButton>("exercise-lab")->click();
    settle();
    EXPECT_EQ(window->centre(), CentreView::lab);
    EXPECT_EQ(child<QSpinBox>("lab-skb_reserve-number")->value(), 0);
    child<QSpinBox>("lab-alloc_skb-number")->setValue(256);
    child<QPushButton>("lab-alloc_skb")->click();
    EXPECT_TRUE(child<QLabel>("lab-goal")->text().contains("146 wanted")) << "what is missing is said on the way";
    EXPECT_EQ(child<QSpinBox>("lab-alloc_skb-number")->value(), 256) << "what was typed stays";
}

TEST_F(LessonWindow, WordsAreMarkedShownAndOpened) {
    open("wire-to-recvfrom");
    auto* body = child<MarkdownView>("narration");
    const QStringList marked = body->markedWords();
    for (const char* word : {"wait queue", "idle task", "recvfrom()", "udp_recvmsg()", "schedule()"})
        EXPECT_TRUE(marked.contains(QLatin1String(word))) << word << " in " << marked.join(", ").toStdString();
    // somewhere in the text stands the wait queue
    QString key;
    QPoint place;
    for (int y = 2; y < body->height() && key.isEmpty(); y += 4) {
        for (int x = 2; x < body->width() && key.isEmpty(); x += 4) {
            if (body->wordAt({x, y}) == QStringLiteral("glossary:wait-queue")) {
                key = body->wordAt({x, y});
                place = {x, y};
            }
        }
    }
    ASSERT_FALSE(key.isEmpty());
    QTest::mouseClick(body->viewport(), Qt::LeftButton, {}, place);
    auto* card = child<GlossaryCard>("glossary-card");
    ASSERT_NE(card, nullptr);
    EXPECT_EQ(card->findChild<QLabel*>("glossary-title")->text(), "wait queue");
    EXPECT_TRUE(card->findChild<QLabel*>("glossary-says")->text().contains("sleep until"));
    emit card->findChild<QLabel*>("glossary-see")->linkActivated("glossary:run-queue");
    EXPECT_EQ(card->findChild<QLabel*>("glossary-title")->text(), "run queue");
    card->close();
    settle();
    window->setLanguage("zh_CN");
    settle();
    EXPECT_TRUE(body->markedWords().contains(QStringLiteral("等待队列")))
        << body->markedWords().join(", ").toStdString();
    // a function without an entry has its own sentence
    emit body->wordClicked(QStringLiteral("function:schedule"), body->mapToGlobal(QPoint(0, 0)));
    card = child<GlossaryCard>("glossary-card");
    ASSERT_NE(card, nullptr);
    EXPECT_EQ(card->findChild<QLabel*>("glossary-title")->text(), "schedule()");
    EXPECT_GT(card->findChild<QLabel*>("glossary-says")->text().at(0).unicode(), 0x2e80);
    card->close();
}

TEST_F(LessonWindow, LinesDoNotBreakWithinACallOrBeforeAUnit) {
    MarkdownView view;
    view.setTheme(makeTheme(ThemeKind::light));
    view.setMarkdownText(QStringLiteral("`skb_put(skb, 100)` on CPU 0 takes 1 KiB and 4 ms of time"));
    const QString text = view.document()->toRawText();
    EXPECT_TRUE(text.contains(QStringLiteral("skb_put(skb,\u00a0100)")));
    EXPECT_TRUE(text.contains(QStringLiteral("CPU\u00a00 takes 1\u00a0KiB and 4\u00a0ms of")));
}

TEST_F(LessonWindow, AStepHasAnAddress) {
    open("wire-to-recvfrom#ip");
    EXPECT_EQ(stepId(), "ip");
    EXPECT_EQ(session().run.position(), momentOf(player().step()));
    EXPECT_EQ(player().questionState(1), QuestionState::skipped);
    window->actions()[Act::copy_link]->trigger();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), "wire-to-recvfrom#ip");
    session().opening.openNamed("wire-to-recvfrom#nowhere");
    auto* bar = window->findChild<MessageBar*>();
    ASSERT_TRUE(until([&] { return bar->isVisible(); }));
    EXPECT_EQ(stepId(), "ip") << "what was open stays";
    session().opening.close();
    EXPECT_FALSE(window->actions()[Act::copy_link]->isEnabled());
    EXPECT_FALSE(window->actions()[Act::save_handout]->isEnabled());
}

TEST_F(LessonWindow, ANoteStaysWithItsStepAndIsPrinted) {
    open("wire-to-recvfrom");
    const CentreView centre = window->centre();
    key(Qt::Key_N);
    auto* note = child<QPlainTextEdit>("step-note");
    ASSERT_TRUE(note->hasFocus());
    for (const char letter : {'l', 'i', '5', 'n', ' ', 'f'}) QTest::keyClick(note, letter);
    settle();
    EXPECT_EQ(note->toPlainText(), "li5n f") << "its keys are no commands";
    EXPECT_EQ(window->centre(), centre);
    const std::string step = stepId().toStdString();
    key(Qt::Key_Escape);
    session().travel.goToStep(1);
    settle();
    EXPECT_EQ(note->toPlainText(), "");
    session().travel.goToStep(0);
    settle();
    EXPECT_EQ(note->toPlainText(), "li5n f");
    beginAgain();
    open("wire-to-recvfrom");
    EXPECT_EQ(window->notes().note("wire-to-recvfrom", step), "li5n f") << "also after a restart";
    const Lesson& lesson = player().lesson();
    const auto pages = [&](const HandoutOptions& options) {
        const QString file = folder.filePath(QStringLiteral("a.pdf"));
        EXPECT_TRUE(writeHandout(lesson, session().texts, file, options));
        QFile pdf(file);
        return pdf.open(QIODevice::ReadOnly) ? pdf.readAll().count("/Type /Page\n") : 0;
    };
    const auto plain = pages({});
    EXPECT_GT(plain, 10);
    EXPECT_EQ(pages({ThemeKind::light, {{step, "short"}}}), plain);
    EXPECT_GT(pages({ThemeKind::light, {{step, QString(6000, QLatin1Char('w')) + QString("\nmore").repeated(90)}}}),
              plain)
        << "a long note has a page of its own, it is not cut";
}

TEST_F(LessonWindow, ThePrinterGetsTheSamePages) {
    open("wire-to-recvfrom");
    QPrinter printer(QPrinter::ScreenResolution);
    printer.setResolution(kHandoutDpi);
    printer.setFullPage(true);
    printer.setPageSize(QPageSize(QPageSize::A4));
    printer.setOutputFormat(QPrinter::PdfFormat);
    printer.setOutputFileName(folder.filePath(QStringLiteral("printed.pdf")));
    ASSERT_FALSE(printHandout(player().lesson(), session().texts, printer));
    QFile pdf(printer.outputFileName());
    ASSERT_TRUE(pdf.open(QIODevice::ReadOnly));
    EXPECT_GT(pdf.readAll().count("/Type /Page\n"), 10);
}

TEST_F(LessonWindow, WhatIsTypedLeadsThere) {
    auto* bar = window->findChild<MessageBar*>();
    open("wire-to-recvfrom");
    player().skipAll();
    window->goToTyped("#ip");
    EXPECT_EQ(stepId(), "ip");
    window->goToTyped("12");
    EXPECT_EQ(session().run.position(), 12U);
    window->goToTyped("packet 1");
    EXPECT_GT(session().run.position(), 0U);
    EXPECT_EQ(session().run.event()->packet, 1U);
    const Position here = session().run.position();
    for (const char* wrong : {"what now", "packet 99", "99999999", "#nowhere"}) {
        bar->dismiss();
        window->goToTyped(wrong);
        EXPECT_TRUE(bar->isVisible()) << wrong;
        EXPECT_EQ(session().run.position(), here) << wrong;
    }
    QSignalSpy taken(&session().opening, &Opening::taken);
    window->goToTyped("skb-anatomy");
    ASSERT_TRUE(until([&] { return taken.count() > 0; }));
    EXPECT_EQ(player().lesson().id, "skb-anatomy");
}

TEST_F(LessonWindow, EveryActionStandsInOneMenu) {
    open("wire-to-recvfrom");
    QMenu* menu = child<QToolButton>("menu")->menu();
    emit menu->aboutToShow();
    QStringList titles;
    for (QAction* each : menu->actions()) titles << each->text();
    EXPECT_EQ(titles.join(' '), "File Go View Lesson Help");
    std::map<QAction*, int> seen;
    const std::function<void(QMenu*)> count = [&](QMenu* in) {
        for (QAction* each : in->actions()) each->menu() ? count(each->menu()) : void(++seen[each]);
    };
    count(menu);
    for (int act = 0; act < static_cast<int>(Act::count_); ++act) {
        QAction* action = window->actions()[static_cast<Act>(act)];
        // what only the keyboard needs: back to the scene, from panel to panel
        const bool keys = act == static_cast<int>(Act::focus_scene) || act == static_cast<int>(Act::next_panel) ||
                          act == static_cast<int>(Act::previous_panel);
        EXPECT_EQ(seen[action], keys ? 0 : 1) << action->text().toStdString();
    }
}

}  // namespace
}  // namespace ringside::test
