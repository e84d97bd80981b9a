// Home at every size, in both languages and with every text size: nothing is cut and nothing needs to be scrolled
// sideways. Where RINGSIDE_PICTURES names a folder, the pictures are saved there.
#include <QScrollArea>

#include "tests/app/window/clipped_text.h"
#include "tests/app/window/window_fixture.h"
#include "views/home/home_page.h"

namespace ringside::test {
namespace {

class HomePictures : public WindowTest {
  protected:
    void remember() {
        window->close();
        window.reset();
        Memory memory(folder.path());
        Progress progress;
        progress.lessons["wire-to-recvfrom"] = {"ip", {}, {}, false};
        progress.lessons["skb-anatomy"].done = true;
        progress.last = "wire-to-recvfrom";
        ASSERT_TRUE(memory.keep(progress));
        Settings settings;
        settings.language = QStringLiteral("en");
        const QDateTime now = QDateTime::currentDateTimeUtc();
        settings.remember({QStringLiteral("/nowhere/a-capture-with-a-rather-long-name-of-its-own.pcapng"), now, 3});
        settings.remember({sample("mix.pcap"), now.addDays(-1), 30});
        settings.remember({sample("dns-lookup.pcap"), now, 6});
        ASSERT_TRUE(memory.keep(settings));
        begin();
    }
    void lookAtAll(const QString& prefix) {
        ASSERT_TRUE(until([&] { return window->findChild<QWidget*>("course-wire-to-recvfrom") != nullptr; }));
        const ThemeKind themes[] = {ThemeKind::light, ThemeKind::dark, ThemeKind::high_contrast};
        int n = 0;
        for (const QSize size : {QSize(1024, 700), QSize(1280, 720), QSize(1600, 1000), QSize(1920, 1080)}) {
            for (const int percent : {100, 150, 200}) {
                for (const char* language : {"en", "zh_CN"}) {
                    window->setTheme(themes[n++ / 2 % 3]);
                    window->setTextSize(percent);
                    window->setLanguage(QString::fromLatin1(language));
                    window->resize(size);
                    settle();
                    look(QStringLiteral("%1-%2x%3-%4-%5")
                             .arg(prefix)
                             .arg(size.width())
                             .arg(size.height())
                             .arg(percent)
                             .arg(QLatin1String(language)));
                }
            }
        }
    }
    void look(const QString& name) {
        until([&] { return clipped(*window).isEmpty(); }, 1000);
        EXPECT_EQ(clipped(*window).join(QLatin1Char('\n')).toStdString(), "") << "in picture " << name.toStdString();
        auto* page = child<QWidget>("home-page");
        EXPECT_EQ(page->width(), window->width()) << "Home is all there is to see";
        const auto* inside = page->findChild<QScrollArea*>()->widget();
        EXPECT_LE(inside->width(), page->width()) << "something is out of sight at the side, in " << name.toStdString();
        EXPECT_LE(inside->minimumSizeHint().width(), page->width()) << name.toStdString();
        if (!qEnvironmentVariableIsSet("RINGSIDE_PICTURES")) return;
        const QString file =
            qEnvironmentVariable("RINGSIDE_PICTURES") + QLatin1Char('/') + name + QStringLiteral(".png");
        EXPECT_TRUE(window->grab().save(file)) << file.toStdString();
    }
};

TEST_F(HomePictures, AtTheFirstStart) { lookAtAll(QStringLiteral("home-first")); }

TEST_F(HomePictures, WhenOneComesBack) {
    remember();
    lookAtAll(QStringLiteral("home-back"));
}

}  // namespace
}  // namespace ringside::test
