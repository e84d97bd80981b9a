// The sk_buff scene over every step of both lessons: no text lies on another, on a flag or beyond the picture, no value
// of a header is cut, at the window sizes and text sizes there are.
#include <gtest/gtest.h>

#include "engine/history/timeline.h"
#include "lessons/catalog.h"
#include "lessons/lab_script.h"
#include "lessons/player.h"
#include "tests/support/paths.h"
#include "views/scene/skb_adapter.h"

namespace ringside {
namespace {

struct Drawn {
    QRectF box;
    QString text;
    int item = -1;
};

/// Where the words of a picture are, as wide as they are drawn.
std::vector<Drawn> wordsOf(const DisplayList& list, const TextMetrics& metrics) {
    std::vector<Drawn> all;
    for (const Primitive& p : list.primitives()) {
        if (p.shape != Shape::text || p.text.isEmpty()) continue;
        double width = metrics.width(p.text, p.token, p.size);
        if (p.elide != Elide::none) width = std::min(width, std::max(0.0, p.rect.width()));
        if (width <= 1) continue;
        const double height = (p.size > 0 ? p.size : styleOf(p.token).size) * 1.1;
        double left = p.rect.left();
        if (p.align == Align::center) left = p.rect.center().x() - width / 2;
        if (p.align == Align::right) left = p.rect.right() - width;
        all.push_back({{left, p.rect.center().y() - height / 2, width, height}, p.text, p.item});
    }
    return all;
}

/// What is wrong with a picture; empty: nothing.
std::string wrongIn(const DisplayList& list, const TextMetrics& metrics) {
    const std::vector<Drawn> words = wordsOf(list, metrics);
    const QRectF page = QRectF({0, 0}, list.size()).adjusted(-0.5, -0.5, 0.5, 0.5);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const QRectF box = words[i].box.adjusted(0.7, 0.7, -0.7, -0.7);
        if (!page.contains(box)) return "\"" + words[i].text.toStdString() + "\" leaves the picture";
        for (std::size_t j = i + 1; j < words.size(); ++j) {
            if (box.intersects(words[j].box))
                return "\"" + words[i].text.toStdString() + "\" and \"" + words[j].text.toStdString() + "\" touch";
        }
        for (std::size_t k = 0; k < list.items().size(); ++k) {
            const Item& item = list.items()[k];
            if (!item.id.startsWith(QLatin1String("flag:")) || words[i].item == static_cast<int>(k)) continue;
            if (box.intersects(item.rect))
                return item.id.toStdString() + " covers \"" + words[i].text.toStdString() + "\"";
        }
    }
    for (const Primitive& p : list.primitives()) {
        if (p.shape != Shape::text || p.item < 0 || p.token != TextToken::mono_small) continue;
        if (!list.items()[static_cast<std::size_t>(p.item)].id.startsWith(QLatin1String("field:"))) continue;
        if (metrics.width(p.text, p.token, p.size) > p.rect.width() + 0.5)
            return "\"" + p.text.toStdString() + "\" is cut";
    }
    return {};
}

class SkbOfLessons : public testing::TestWithParam<const char*> {};

TEST_P(SkbOfLessons, NothingCoversNothingAndNoValueIsCut) {
    loadFonts();
    const Result<Lesson> opened = openLesson(GetParam(), catalogFolder(sourceDir()));
    ASSERT_TRUE(opened.ok()) << opened.error().message();
    const auto lesson = std::make_shared<const Lesson>(*opened);
    Result<Start> start = lesson->scenario.start();
    ASSERT_TRUE(start.ok());
    Timeline timeline(std::move(*start));
    LabPlayer lab(timeline);
    ASSERT_FALSE(lab.play(lesson->lab));
    TimelineRun run(timeline);
    Player player(lesson, run);
    player.skipAll();
    std::size_t pictures = 0;
    for (std::size_t step = 0; step < lesson->steps.size(); ++step) {
        const Result<Position> moment = player.goTo(step);
        ASSERT_TRUE(moment.ok());
        timeline.seek(*moment);
        const World before = *moment ? timeline.at(*moment - 1) : timeline.world();
        SkbInput input = skbInput(timeline.world(), timeline.event() ? timeline.event()->skb : 0, &before);
        if (!input.empty.isEmpty()) continue;
        showPanic(input, timeline.world());
        for (const int percent : {100, 150, 200}) {
            const Theme theme = makeTheme(ThemeKind::light, percent);
            const FontTextMetrics metrics(theme);
            for (const QSizeF window : {QSizeF(1024, 700), QSizeF(1280, 720), QSizeF(1600, 1000), QSizeF(1920, 1080)}) {
                for (const double panels : {0.0, 330.0, 660.0}) {
                    const QSizeF size = QSizeF(window.width() - panels, window.height() - 290) / theme.scale();
                    for (const double phase : {0.0, 0.5, 1.0}) {
                        const DisplayList list = buildSkbScene(input, {size, theme, metrics, phase});
                        const std::string wrong = wrongIn(list, metrics);
                        EXPECT_EQ(wrong, "") << lesson->steps[step].id << ", " << percent << " %, " << size.width()
                                             << " x " << size.height() << ", phase " << phase;
                        const auto lost = unhittableItems(list);
                        EXPECT_TRUE(lost.empty()) << lesson->steps[step].id << ": " << lost.front().toStdString();
                        ++pictures;
                    }
                }
            }
        }
    }
    EXPECT_GT(pictures, 300U);
}

INSTANTIATE_TEST_SUITE_P(Lessons, SkbOfLessons, testing::Values("wire-to-recvfrom", "skb-anatomy"),
                         [](const auto& one) { return std::string(one.index == 0 ? "WireToRecvfrom" : "SkbAnatomy"); });

}  // namespace
}  // namespace ringside
