// The projector: the whole screen, text that a room can read, answers that wait for a key, the keys of a presenter.
#include <QAction>
#include <QLabel>

#include "app/presenter.h"
#include "tests/app/window/clipped_text.h"
#include "tests/app/window/window_fixture.h"
#include "views/lesson/caption_strip.h"
#include "views/scene/scene_widget.h"

namespace ringside::test {
namespace {

class Projector : public WindowTest {
  protected:
    /// A lesson in a room of this size.
    void project(QSize size = {1920, 1080}) {
        open("wire-to-recvfrom");
        window->actions()[Act::projector]->trigger();
        asLargeAs(size);
        ASSERT_EQ(window->size(), size);
    }
    /// The screen of these tests is a small one.
    void asLargeAs(QSize size) {
        settle();
        window->setWindowState(Qt::WindowNoState);
        window->resize(size);
        settle();
    }
    SceneWidget& scene() { return *child<SceneWidget>("path-scene"); }
    QString question() { return child<MarkdownView>("caption-question")->toPlainText(); }
    Presenter& presenter() { return *child<Presenter>("presenter"); }
    /// The smallest text that is drawn, in pixels, and what it says.
    std::pair<int, QString> smallest() {
        std::pair<int, QString> least{1000, {}};
        const auto see = [&](int size, const QString& text) {
            if (!text.isEmpty() && size < least.first) least = {size, text};
        };
        for (const Primitive& p : scene().displayList().primitives())
            if (p.shape == Shape::text) see(scene().theme().font(p.token, p.size).pixelSize(), p.text);
        for (const QLabel* label : window->findChildren<QLabel*>())
            if (label->isVisible()) see(label->font().pixelSize(), label->text());
        for (const QAbstractButton* button : window->findChildren<QAbstractButton*>())
            if (button->isVisible()) see(button->font().pixelSize(), button->text());
        for (const MarkdownView* view : window->findChildren<MarkdownView*>())
            if (view->isVisible()) see(view->document()->defaultFont().pixelSize(), view->toPlainText());
        return least;
    }
};

TEST_F(Projector, NoTextIsSmallerThanARoomCanRead) {
    for (const QSize size : {QSize(1920, 1080), QSize(1280, 720)}) {
        project(size);
        const int least = static_cast<int>(size.height() * kLeastRoomText);
        session().run.player()->skipAll();
        for (const std::size_t step : {1, 8, 10}) {
            session().travel.goToStep(step);
            settle();
            const auto [pixels, text] = smallest();
            EXPECT_GE(pixels, least) << text.toStdString() << ", step " << step << ", " << size.width();
            EXPECT_EQ(clipped(*window).join('\n').toStdString(), "") << step;
        }
        window->actions()[Act::projector]->trigger();
        window->resize(1600, 1000);
        settle();
    }
}

TEST_F(Projector, TextIsHalfAsLargeAgainAtLeast) {
    open("wire-to-recvfrom");
    window->resize(1920, 1080);
    session().run.player()->skipAll();
    session().travel.goToStep(8);
    settle();
    const int before = smallest().first;
    window->actions()[Act::projector]->trigger();
    asLargeAs({1920, 1080});
    EXPECT_GE(smallest().first * 2, before * 3);
}

TEST_F(Projector, AnAnswerWaitsForItsKey) {
    project();
    session().travel.goToStep(1);
    settle();
    EXPECT_TRUE(question().contains("Predict"));
    EXPECT_FALSE(question().contains(QStringLiteral("✓")));
    EXPECT_FALSE(child<CaptionStrip>("caption-strip")->revealed());
    key(Qt::Key_A);
    EXPECT_TRUE(question().contains(QStringLiteral("✓")));
    EXPECT_EQ(session().run.player()->questionState(1), QuestionState::open) << "nobody has answered it";
    key(Qt::Key_PageDown);
    EXPECT_TRUE(until([&] { return session().run.player()->step() == 2; }));
    settle();
    key(Qt::Key_PageUp);
    settle();
    EXPECT_FALSE(question().contains(QStringLiteral("✓"))) << "hidden again for the next class";
    window->setLanguage("zh_CN");
    settle();
    EXPECT_TRUE(question().contains(QStringLiteral("预测")));
    session().run.player()->skipAll();
    session().travel.goToStep(session().run.player()->stepCount() - 1);
    session().travel.finishLesson();
    settle();
    EXPECT_FALSE(question().isEmpty()) << "the exercise";
    EXPECT_EQ(clipped(*window).join('\n').toStdString(), "");
}

TEST_F(Projector, EveryCpuIsDrawnAboveAQuestion) {
    project(QSize(1920, 1080));
    session().travel.goToStep(1);
    settle();
    ASSERT_FALSE(question().isEmpty());
    EXPECT_GE(scene().displayList().find(QStringLiteral("cpu:0")), 0);
    EXPECT_GE(scene().displayList().find(QStringLiteral("cpu:1")), 0) << "the caption leaves too little room";
}

TEST_F(Projector, APresenterHasBlackSpotlightAndZoom) {
    project();
    const QPoint middle = scene().mapTo(window.get(), scene().rect().center());
    key(Qt::Key_B);
    EXPECT_TRUE(presenter().black());
    EXPECT_EQ(window->grab().toImage().pixelColor(middle), QColor(Qt::black));
    const std::size_t step = session().run.player()->step();
    key(Qt::Key_PageDown);
    EXPECT_FALSE(presenter().black()) << "first the picture comes back";
    EXPECT_EQ(session().run.player()->step(), step);
    const QColor plain = window->grab().toImage().pixelColor(5, 5);
    key(Qt::Key_S);
    presenter().pointAt(middle);
    EXPECT_LT(window->grab().toImage().pixelColor(5, 5).lightness(), plain.lightness()) << "away from the spot";
    const QColor lit = window->grab().toImage().pixelColor(middle);
    presenter().pointAt({5, 5});
    EXPECT_EQ(window->grab().toImage().pixelColor(5, 5), plain) << "it follows";
    EXPECT_NE(window->grab().toImage().pixelColor(middle), lit);
    key(Qt::Key_S);
    key(Qt::Key_Z);
    EXPECT_EQ(presenter().zoom(), 2);
    key(Qt::Key_Plus);
    EXPECT_EQ(presenter().zoom(), 2.5);
    key(Qt::Key_Escape);
    EXPECT_EQ(presenter().zoom(), 1);
    EXPECT_TRUE(window->projector()) << "Esc leaves the zoom first";
    key(Qt::Key_Z);
    EXPECT_EQ(presenter().zoom(), 2);
    key(Qt::Key_Z);
    EXPECT_EQ(presenter().zoom(), 1);
    key(Qt::Key_Escape);
    EXPECT_FALSE(window->projector());
}

}  // namespace
}  // namespace ringside::test
