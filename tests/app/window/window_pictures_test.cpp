// What the window looks like: no label or button cuts its text or lies on another, in both languages, at every size and
// text size, each theme in turn. Where RINGSIDE_PICTURES names a folder, every theme has its turn everywhere and the
// pictures are saved there for people to look at (tests/screens).
#include "tests/app/window/clipped_text.h"
#include "tests/app/window/window_fixture.h"

namespace ringside::test {
namespace {

/// How the window is set up for one series of pictures.
struct Look {
    const char* language;
    ThemeKind theme;
    const char* size;  ///< as its pictures are called
};
constexpr const char* kSizes[] = {"1024x700", "1280x720", "1600x1000", "1920x1080", "projector", "text150", "text200"};

std::vector<Look> looks() {
    constexpr ThemeKind themes[] = {ThemeKind::light, ThemeKind::dark, ThemeKind::high_contrast};
    std::vector<Look> all;
    for (const char* language : {"en", "zh_CN"}) {
        for (const char* size : kSizes) {
            if (qEnvironmentVariableIsSet("RINGSIDE_PICTURES")) {
                for (const ThemeKind theme : themes) all.push_back({language, theme, size});
            } else {
                all.push_back({language, themes[all.size() % std::size(themes)], size});
            }
        }
    }
    return all;
}
std::string nameOf(const Look& look) {
    std::string name = std::string(look.size) + "_" + look.language + "_" +
                       (look.theme == ThemeKind::light  ? "light"
                        : look.theme == ThemeKind::dark ? "dark"
                                                        : "contrast");
    return name;
}

class WindowPictures : public WindowTest, public ::testing::WithParamInterface<Look> {
  protected:
    void SetUp() override {
        WindowTest::SetUp();
        const Look& look = GetParam();
        window->setLanguage(QString::fromLatin1(look.language));
        window->setTheme(look.theme);
        const QString size = QString::fromLatin1(look.size);
        if (const qsizetype by = size.indexOf(QLatin1Char('x')); by > 0 && size.front().isDigit())
            window->resize(size.left(by).toInt(), size.mid(by + 1).toInt());
        if (size.startsWith(QLatin1String("text"))) window->setTextSize(size.mid(4).toInt());
        if (size == QLatin1String("projector")) {
            window->resize(1920, 1080);
            window->setProjector(true);
            settle();
            window->setWindowState(Qt::WindowNoState);
            window->resize(1920, 1080);  // the screen that is none is small
        }
    }
    void look(const QString& name) {
        const bool keep = qEnvironmentVariableIsSet("RINGSIDE_PICTURES");
        if (keep) QTest::qWait(400);  // what moves has come to its place
        // layouts follow a change of language soon
        until([&] { return clipped(*window).isEmpty() && overlapping(*window).isEmpty(); }, 2000);
        EXPECT_EQ(clipped(*window).join(QLatin1Char('\n')).toStdString(), "") << "in picture " << name.toStdString();
        EXPECT_EQ(overlapping(*window).join(QLatin1Char('\n')).toStdString(), "")
            << "in picture " << name.toStdString();
        if (!keep) return;
        const QString path =
            qEnvironmentVariable("RINGSIDE_PICTURES") + QLatin1Char('/') + name + QStringLiteral(".png");
        EXPECT_TRUE(window->grab().save(path)) << path.toStdString();
    }
    /// Every view of the lesson's end and of a capture, with a question answered on the way.
    void lookAtAll(const QString& prefix) {
        look(prefix + QStringLiteral("-00-empty"));
        open(QStringLiteral("wire-to-recvfrom"));
        look(prefix + QStringLiteral("-01-lesson"));
        session().travel.goToStep(1);
        look(prefix + QStringLiteral("-02-question"));
        ASSERT_TRUE(session().run.player()->openQuestion());
        static_cast<void>(session().acting.answer("cpu"));
        look(prefix + QStringLiteral("-03-answered"));
        for (std::size_t step = 2; step < 9; ++step) {
            session().acting.skipQuestion();
            session().travel.goToStep(step);
        }
        session().run.player()->skipAll();
        session().travel.goToStep(session().run.player()->stepCount() - 1);
        session().travel.finishLesson();
        look(prefix + QStringLiteral("-03b-end"));
        session().travel.goToStep(8);
        window->setCentre(CentreView::path);
        look(prefix + QStringLiteral("-04-path"));
        window->setCentre(CentreView::skb);
        look(prefix + QStringLiteral("-05-skb"));
        window->setCentre(CentreView::cpus);
        look(prefix + QStringLiteral("-06-stacks"));
        window->setCentre(CentreView::charts);
        look(prefix + QStringLiteral("-07-charts"));
        window->setCentre(CentreView::lab);
        look(prefix + QStringLiteral("-08-lab"));
        open(sample("burst-with-losses.pcapng"));
        look(prefix + QStringLiteral("-09-capture"));
        session().travel.seek(session().run.explored() / 2);
        window->setCentre(CentreView::path);
        look(prefix + QStringLiteral("-10-capture-path"));
        session().opening.openNamed(QStringLiteral("/nowhere/at-all.pcap"));
        look(prefix + QStringLiteral("-11-error"));
        window->actions()[Act::shortcuts]->trigger();
        settle();
        QWidget* sheet = child<QWidget>("shortcut-sheet");
        ASSERT_NE(sheet, nullptr);
        EXPECT_EQ(clipped(*sheet).join(QLatin1Char('\n')).toStdString(), "") << prefix.toStdString();
        if (qEnvironmentVariableIsSet("RINGSIDE_PICTURES")) {
            EXPECT_TRUE(sheet->grab().save(qEnvironmentVariable("RINGSIDE_PICTURES") + QLatin1Char('/') + prefix +
                                           QStringLiteral("-12-keys.png")));
        }
        sheet->close();
    }
};

TEST_P(WindowPictures, CutNothing) { lookAtAll(QString::fromStdString(nameOf(GetParam()))); }

INSTANTIATE_TEST_SUITE_P(All, WindowPictures, ::testing::ValuesIn(looks()),
                         [](const auto& one) { return nameOf(one.param); });

}  // namespace
}  // namespace ringside::test
