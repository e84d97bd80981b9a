// The sk_buff lab: operations change exactly what they should, refused ones nothing, undo and redo are seeks, and the
// panel's controls do it.

#include <gtest/gtest.h>

#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

#include "lessons/catalog.h"
#include "tests/support/paths.h"
#include "views/lab/lab_panel.h"
#include "views/scene/skb_adapter.h"
#include "views/session/session.h"

namespace ringside {
namespace {

const SkBuff& skbOf(const LabModel& model) { return model.world().machine().skbs[model.chosen()]; }

TEST(Lab, OperationsMoveThePointersAsTheKernelDoes) {
    LabModel model;
    EXPECT_FALSE(model.canApply(LabOp::skb_put));  // there is nothing to put into
    EXPECT_FALSE(model.apply(LabOp::skb_put, 10));
    ASSERT_TRUE(model.apply(LabOp::alloc_skb, 256));
    EXPECT_EQ(skbOf(model).data, 0U);
    EXPECT_GE(skbOf(model).end, 256U);
    ASSERT_TRUE(model.apply(LabOp::skb_reserve, 64));
    ASSERT_TRUE(model.apply(LabOp::skb_put, 100));
    ASSERT_TRUE(model.apply(LabOp::skb_push, 8));
    EXPECT_EQ(skbOf(model).data, 56U);
    EXPECT_EQ(skbOf(model).tail, 164U);
    EXPECT_EQ(skbOf(model).len, 108U);
    ASSERT_TRUE(model.apply(LabOp::skb_pull, 8));
    ASSERT_TRUE(model.apply(LabOp::skb_trim, 60));
    EXPECT_EQ(skbOf(model).len, 60U);
    EXPECT_EQ(skbOf(model).tail, 124U);
}

TEST(Lab, ARefusedCallShowsTheKernelsLineAndChangesNothing) {
    LabModel model;
    model.apply(LabOp::alloc_skb, 256);
    model.apply(LabOp::skb_put, 10);
    const std::uint64_t before = worldHash(model.world(), model.inputs());
    EXPECT_FALSE(model.apply(LabOp::skb_put, 60000));
    ASSERT_TRUE(model.refusal());
    EXPECT_NE(model.refusal()->line.find("skb_over_panic"), std::string::npos) << model.refusal()->line;
    EXPECT_NE(model.refusal()->line.find("put:60000"), std::string::npos) << model.refusal()->line;
    EXPECT_EQ(worldHash(model.world(), model.inputs()), before);
    EXPECT_EQ(model.entries().size(), 2U);
    EXPECT_FALSE(model.apply(LabOp::skb_push, 1));  // no headroom
    EXPECT_NE(model.refusal()->line.find("skb_under_panic"), std::string::npos) << model.refusal()->line;
    EXPECT_EQ(model.refusal()->data, -1);
    ASSERT_TRUE(model.apply(LabOp::skb_put, 5));  // life goes on
    EXPECT_FALSE(model.refusal());
    EXPECT_EQ(skbOf(model).len, 15U);
}

TEST(Lab, UndoAndRedoAreExact) {
    LabModel model;
    std::vector<std::uint64_t> hashes{worldHash(model.world(), model.inputs())};
    const std::pair<LabOp, std::uint32_t> calls[] = {{LabOp::alloc_skb, 256},
                                                     {LabOp::skb_reserve, 64},
                                                     {LabOp::skb_put, 100},
                                                     {LabOp::skb_clone, 0},
                                                     {LabOp::skb_pull, 20}};
    for (const auto& [op, n] : calls) {
        ASSERT_TRUE(model.apply(op, n));
        hashes.push_back(worldHash(model.world(), model.inputs()));
    }
    for (std::size_t i = 5; i-- > 0;) {
        ASSERT_TRUE(model.canUndo());
        model.undo();
        EXPECT_EQ(worldHash(model.world(), model.inputs()), hashes[i]) << i;
    }
    EXPECT_FALSE(model.canUndo());
    for (std::size_t i = 1; i <= 5; ++i) {
        model.redo();
        EXPECT_EQ(worldHash(model.world(), model.inputs()), hashes[i]) << i;
    }
    EXPECT_FALSE(model.canRedo());
    model.goTo(2);
    ASSERT_TRUE(model.apply(LabOp::skb_put, 7));  // a new way: what was undone is gone from the list
    EXPECT_EQ(model.entries().size(), 3U);
    EXPECT_EQ(skbOf(model).len, 7U);
    model.undo();
    EXPECT_EQ(worldHash(model.world(), model.inputs()), hashes[2]);
}

TEST(Lab, CloneSharesAndCopyDoesNot) {
    LabModel model;
    model.apply(LabOp::alloc_skb, 256);
    model.apply(LabOp::skb_put, 20);
    const BufferId shared = skbOf(model).head;
    ASSERT_TRUE(model.apply(LabOp::skb_clone, 0));
    EXPECT_EQ(skbOf(model).head, shared);
    EXPECT_EQ(model.world().machine().buffers[shared].dataref, 2U);
    const SkbInput picture = skbInput(model.world(), skbOf(model).id, nullptr);
    ASSERT_EQ(picture.skb.sharers.size(), 1U);
    EXPECT_EQ(picture.skb.sharers[0].tail, 20U);
    ASSERT_TRUE(model.apply(LabOp::skb_copy, 0));
    EXPECT_NE(skbOf(model).head, shared);
    EXPECT_TRUE(skbInput(model.world(), skbOf(model).id, nullptr).skb.sharers.empty());
    EXPECT_EQ(model.skbs().size(), 3U);
    model.choose(model.skbs().front());
    EXPECT_EQ(skbOf(model).head, shared);
}

TEST(Lab, APacketsBytesAreTakenAndComeBackWithRedo) {
    LabModel model;
    const std::vector<std::uint8_t> bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    ASSERT_TRUE(model.takePacket(17, bytes));
    const auto held = [&] {
        const SkBuff& skb = skbOf(model);
        const auto span = model.world().machine().buffers[skb.head].bytes.read(skb.data, skb.len);
        return std::vector<std::uint8_t>(span.begin(), span.end());
    };
    EXPECT_EQ(held(), bytes);
    EXPECT_EQ(model.packet(), 17U);
    EXPECT_EQ(skbOf(model).headroom(), 64U);
    model.undo();
    EXPECT_EQ(skbOf(model).len, 0U);
    model.redo();
    EXPECT_EQ(held(), bytes);
}

TEST(Lab, TheExerciseOfSkbAnatomyIsReachedByItsSolution) {
    const Result<Lesson> opened = openLesson("skb-anatomy", catalogFolder(sourceDir()));
    ASSERT_TRUE(opened.ok()) << opened.error().message();
    const auto lesson = std::make_shared<const Lesson>(*opened);
    LabModel model;
    model.begin(lesson, 0);
    EXPECT_FALSE(model.reached());
    for (const LabStep& step : lesson->exercises[0].lab_solution) {
        const std::string name = step.function == "__alloc_skb" ? "alloc_skb" : step.function;
        for (int op = 0; op < kLabOps; ++op) {
            if (name == nameOf(static_cast<LabOp>(op))) {
                ASSERT_TRUE(model.apply(static_cast<LabOp>(op), step.argument)) << name;
            }
        }
    }
    EXPECT_TRUE(model.reached());
    model.undo();
    EXPECT_FALSE(model.reached());
}

TEST(Lab, ThePanelsButtonsDoIt) {
    Session session{sourceDir()};
    LabPanel panel(session.run, session.texts, session.messages);
    panel.setTheme(makeTheme(ThemeKind::light));
    panel.resize(1280, 720);
    panel.show();
    const auto button = [&](const char* name) { return panel.findChild<QPushButton*>(QLatin1String(name)); };
    EXPECT_FALSE(button("lab-skb_put")->isEnabled());
    QTest::mouseClick(button("lab-alloc_skb"), Qt::LeftButton);
    ASSERT_TRUE(button("lab-skb_put")->isEnabled());
    panel.findChild<QSpinBox*>("lab-skb_put-number")->setValue(30);
    QTest::mouseClick(button("lab-skb_put"), Qt::LeftButton);
    EXPECT_EQ(skbOf(panel.model()).len, 30U);
    panel.findChild<QSpinBox*>("lab-skb_put-number")->setValue(5000);
    QTest::mouseClick(button("lab-skb_put"), Qt::LeftButton);
    EXPECT_TRUE(panel.findChild<QWidget*>("lab-refusal")->isVisible());
    // the call that was refused, once, and the kernel's line once
    const auto* scene = panel.findChild<SceneWidget*>("lab-scene");
    const std::string drawn = scene->displayList().dump();
    EXPECT_NE(drawn.find("\"skb_put(skb, 5000)\""), std::string::npos);
    EXPECT_EQ(drawn.find("skb_over_panic"), std::string::npos);
    EXPECT_NE(panel.findChild<QWidget*>("lab-refusal")->findChild<QLabel*>()->text().indexOf("skb_over_panic"), -1);
    EXPECT_EQ(skbOf(panel.model()).len, 30U);
    QTest::mouseClick(button("lab-undo"), Qt::LeftButton);
    EXPECT_EQ(skbOf(panel.model()).len, 0U);
    QTest::mouseClick(button("lab-redo"), Qt::LeftButton);
    EXPECT_EQ(skbOf(panel.model()).len, 30U);
    auto* history = panel.findChild<LabHistory*>("lab-history");
    QTest::mouseClick(history, Qt::LeftButton, {}, history->cardRect(0).center());
    EXPECT_EQ(panel.model().done(), 1U);
    history->setFocus();
    QTest::keyClick(history, Qt::Key_Right);
    EXPECT_EQ(panel.model().done(), 2U);
}

}  // namespace
}  // namespace ringside
