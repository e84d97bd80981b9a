// SceneWidget: mouse, keys, screen readers, motion, and that nothing is painted while nothing changes.
#include <gtest/gtest.h>

#include <QAccessible>
#include <QAccessibleWidget>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "scene_path_samples.h"
#include "tests/support/qt/wait.h"
#include "views/scene/scene_accessible.h"
#include "views/scene/scene_export.h"

namespace ringside {
namespace {

/// Three items in a row, and a moving one that travels over them.
DisplayList threeItems(const SceneRequest& request) {
    DisplayList list(request.size);
    for (int i = 0; i < 3; ++i) {
        const QRectF rect(20 + 100 * i, 20, 60, 30);
        list.begin({QStringLiteral("item:%1").arg(i), QStringLiteral("Function"), QStringLiteral("f%1").arg(i),
                    QStringLiteral("done"), QStringLiteral("tip"), rect, 4, i != 1});
        list.rect(rect, {Role::surface}, {Role::border2, 1}, 4);
        list.end();
    }
    list.setLayer(Layer::moving);
    const QRectF rect(10 + 200 * request.phase, 80, 30, 20);
    list.begin({QStringLiteral("packet:1"), QStringLiteral("Packet"), QStringLiteral("1"), {}, {}, rect, 10, false});
    list.rect(rect, {Role::ink}, {}, 10);
    list.end();
    return list;
}

/// Counts paint events.
class CountingScene : public SceneWidget {
  public:
    int painted = 0;

  protected:
    void paintEvent(QPaintEvent* event) override {
        ++painted;
        SceneWidget::paintEvent(event);
    }
};

struct SceneWidgetTest : ::testing::Test {
    CountingScene scene;
    void SetUp() override {
        loadFonts();
        scene.resize(400, 200);
        scene.setBuilder(threeItems);
        scene.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&scene, 20'000));
        ASSERT_TRUE(test::until([this] { return scene.painted > 0; }));
        test::settle();
    }
};

TEST_F(SceneWidgetTest, ClickActivatesTheItemUnderThePointer) {
    QSignalSpy spy(&scene, &SceneWidget::itemActivated);
    QTest::mouseClick(&scene, Qt::LeftButton, {}, {150, 30});
    ASSERT_EQ(spy.size(), 1);
    EXPECT_EQ(spy[0][0].toString(), QStringLiteral("item:1"));
    QTest::mouseClick(&scene, Qt::LeftButton, {}, {150, 150});
    EXPECT_EQ(spy.size(), 1) << "nothing is there";
}

TEST_F(SceneWidgetTest, ClicksFollowTheScale) {
    scene.setTheme(makeTheme(ThemeKind::dark, 150));
    QSignalSpy spy(&scene, &SceneWidget::itemActivated);
    QTest::mouseClick(&scene, Qt::LeftButton, {}, {225, 45});
    ASSERT_EQ(spy.size(), 1);
    EXPECT_EQ(spy[0][0].toString(), QStringLiteral("item:1"));
}

TEST_F(SceneWidgetTest, TabWalksFocusableItemsAndEnterActivates) {
    QSignalSpy spy(&scene, &SceneWidget::itemActivated);
    scene.setFocus(Qt::OtherFocusReason);
    QTest::keyClick(&scene, Qt::Key_Tab);
    EXPECT_EQ(scene.focusedItem(), QStringLiteral("item:0"));
    QTest::keyClick(&scene, Qt::Key_Tab);
    EXPECT_EQ(scene.focusedItem(), QStringLiteral("item:2")) << "the second is not focusable";
    QTest::keyClick(&scene, Qt::Key_Return);
    ASSERT_EQ(spy.size(), 1);
    EXPECT_EQ(spy[0][0].toString(), QStringLiteral("item:2"));
    QTest::keyClick(&scene, Qt::Key_Backtab, Qt::ShiftModifier);
    EXPECT_EQ(scene.focusedItem(), QStringLiteral("item:0"));
}

TEST_F(SceneWidgetTest, PausedItNeverRepaints) {
    const int before = scene.painted;
    QTest::qWait(200);
    EXPECT_EQ(scene.painted, before);
    EXPECT_FALSE(scene.animating());
}

TEST_F(SceneWidgetTest, AnimationMovesAndEnds) {
    QSignalSpy finished(&scene, &SceneWidget::motionFinished);
    const int before = scene.painted;
    scene.animate(120);
    EXPECT_TRUE(scene.animating());
    EXPECT_EQ(scene.itemRect(QStringLiteral("packet:1")).left(), 10);
    ASSERT_TRUE(test::until([&] { return !finished.empty(); }));
    test::settle();  // the last picture is painted
    EXPECT_EQ(finished.size(), 1);
    EXPECT_EQ(scene.itemRect(QStringLiteral("packet:1")).left(), 210);
    EXPECT_GT(scene.painted, before);
    const int after = scene.painted;
    QTest::qWait(100);
    EXPECT_EQ(scene.painted, after);
}

TEST_F(SceneWidgetTest, ReducedMotionShowsTheEndAtOnce) {
    scene.setReducedMotion(true);
    scene.animate(400);
    EXPECT_FALSE(scene.animating());
    EXPECT_EQ(scene.itemRect(QStringLiteral("packet:1")).left(), 210);
}

TEST_F(SceneWidgetTest, HoverTellsTheItemAndLeavingClearsIt) {
    QSignalSpy spy(&scene, &SceneWidget::itemHovered);
    QTest::mouseMove(&scene, {50, 30});
    ASSERT_GE(spy.size(), 1);
    EXPECT_EQ(spy.last()[0].toString(), QStringLiteral("item:0"));
    QTest::mouseMove(&scene, {390, 190});
    EXPECT_EQ(spy.last()[0].toString(), QString());
}

TEST_F(SceneWidgetTest, ScreenReadersHearTheItems) {
    QAccessibleInterface* reader = QAccessible::queryAccessibleInterface(&scene);
    ASSERT_NE(reader, nullptr);
    ASSERT_EQ(reader->childCount(), 4);
    QAccessibleInterface* child = reader->child(2);
    ASSERT_NE(child, nullptr);
    EXPECT_EQ(child->text(QAccessible::Name), QStringLiteral("Function f2, done"));
    EXPECT_EQ(child->text(QAccessible::Description), QStringLiteral("tip"));
    EXPECT_EQ(child->rect().size(), QSize(60, 30));
    EXPECT_EQ(reader->indexOfChild(child), 2);
    EXPECT_EQ(reader->child(2), child) << "asked twice it is the same object";
    const QPoint inside = scene.mapToGlobal(QPoint(230, 30));
    EXPECT_EQ(reader->childAt(inside.x(), inside.y()), child);
    QSignalSpy spy(&scene, &SceneWidget::itemActivated);
    child->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    EXPECT_EQ(spy.size(), 1);
    // Fewer items after a rebuild: the old interface says that it is gone.
    scene.setBuilder([](const SceneRequest& r) { return DisplayList(r.size); });
    EXPECT_FALSE(child->isValid());
    EXPECT_EQ(child->text(QAccessible::Name), QString());
}

TEST_F(SceneWidgetTest, ManyMovingPacketsArriveWhereAFreshPictureHasThem) {
    // What a frame costs is the benchmark's.
    PathInput in = samplePath();
    for (std::uint32_t n = 10; n < 210; ++n) {
        in.packets.push_back({n,
                              CapsuleKind::other,
                              {PathPlace::At::ring, static_cast<int>(n % 16), 0},
                              {PathPlace::At::stop, static_cast<int>(n % 15), 0},
                              {}});
    }
    const auto build = [&](const SceneRequest& r) { return buildPathScene(in, r); };
    scene.resize(960, 732);
    scene.setBuilder(build);
    test::settle();
    QSignalSpy finished(&scene, &SceneWidget::motionFinished);
    for (int step = 1; step < 3; ++step) {
        const QImage before = scene.grab().toImage();
        scene.animate(100);
        EXPECT_NE(scene.grab().toImage(), before) << "they are where they come from";
        ASSERT_TRUE(test::until([&] { return finished.size() == step; }));
    }
    SceneWidget fresh;
    fresh.resize(960, 732);
    fresh.setBuilder(build);
    EXPECT_EQ(scene.grab().toImage(), fresh.grab().toImage());
}

TEST_F(SceneWidgetTest, AfterManyStepsTheWindowIsTheSameAsPaintedAnew) {
    // Only what changed is painted again: a step by step picture must not differ from one made at once.
    PathInput in;
    scene.resize(960, 732);
    scene.setBuilder([&](const SceneRequest& r) { return buildPathScene(in, r); });
    for (const int at : {0, 1, 2, 4, 7, 11, 12, 15, 14, 3, 11}) {
        in = samplePath(at, at);
        if (at % 2 == 1) in.tasks.erase(in.tasks.begin());  // something that is there in other steps is gone
        if (at % 2 == 1) in.reader = 0;
        scene.refresh();
        scene.grab();
    }
    const QImage stepped = scene.grab().toImage();
    SceneWidget fresh;
    fresh.resize(960, 732);
    fresh.setBuilder([&](const SceneRequest& r) { return buildPathScene(in, r); });
    fresh.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&fresh, 20'000));
    EXPECT_EQ(stepped, fresh.grab().toImage());
}

TEST(SceneExport, WritesEachFormatAndNamesWhatIsWrong) {
    loadFonts();
    QTemporaryDir folder;
    const Theme theme = makeTheme(ThemeKind::light);
    const FontTextMetrics metrics(theme);
    const DisplayList list = buildPathScene(samplePath(), {{960, 732}, theme, metrics, 1});
    for (const char* suffix : {"png", "svg", "pdf"}) {
        const QString path = folder.filePath(QStringLiteral("scene.") + QLatin1String(suffix));
        const auto written = exportScene(list, theme, path);
        ASSERT_TRUE(written.ok()) << written.error().message();
        EXPECT_GT(QFileInfo(path).size(), 10'000) << suffix;
    }
    QImage image(folder.filePath(QStringLiteral("scene.png")));
    EXPECT_EQ(image.size(), QSize(1920, 1464));
    const auto wrong = exportScene(list, theme, folder.filePath(QStringLiteral("scene.gif")));
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().expected, "a file name ending in .png, .svg or .pdf");
    EXPECT_EQ(wrong.error().found, "\".gif\"");
    const auto nowhere = exportScene(list, theme, folder.filePath(QStringLiteral("no/such/scene.png")));
    ASSERT_FALSE(nowhere.ok());
    EXPECT_NE(nowhere.error().message().find("scene.png: expected a file that can be written"), std::string::npos)
        << nowhere.error().message();
}

TEST(SceneDisplayList, HitTestPrefersWhatMovesAndTheInnermost) {
    DisplayList list({100, 100});
    list.setLayer(Layer::moving);
    list.begin({QStringLiteral("packet"), {}, {}, {}, {}, {0, 0, 10, 10}});
    list.end();
    list.setLayer(Layer::still);
    list.begin({QStringLiteral("outer"), {}, {}, {}, {}, {0, 0, 100, 100}});
    list.begin({QStringLiteral("inner"), {}, {}, {}, {}, {20, 20, 10, 10}});
    list.end();
    list.end();
    EXPECT_EQ(list.hitTest({5, 5}), list.find(QStringLiteral("packet")));
    EXPECT_EQ(list.hitTest({25, 25}), list.find(QStringLiteral("inner")));
    EXPECT_EQ(list.hitTest({50, 50}), list.find(QStringLiteral("outer")));
    EXPECT_EQ(list.hitTest({200, 50}), -1);
    EXPECT_EQ(unhittableItems(list).size(), 3U) << "none of them draws anything";
}

TEST(SceneDisplayList, DumpRoundsAndNests) {
    DisplayList list({100, 50});
    list.begin({QStringLiteral("a"),
                QStringLiteral("Kind"),
                QStringLiteral("name"),
                QStringLiteral("state"),
                {},
                {0, 0, 10.04, 10}});
    list.rect({0.26, -0.04, 10, 10}, {Role::ink}, {Role::border2, 1.5, Dash::dashed}, 4);
    list.text({0, 0, 10, 10}, QStringLiteral("x"), TextToken::mono, Role::text, Align::right);
    list.end();
    EXPECT_EQ(list.dump(),
              "scene 100x50\nitem a \"Kind name, state\" 0,0 10x10\n  rect 0.3,0 10x10 r4 fill ink stroke border2 1.5 "
              "dashed\n"
              "  text 0,0 10x10 \"x\" mono right fill text\n");
}

}  // namespace
}  // namespace ringside
