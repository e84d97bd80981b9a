// What the window looks like: no label or button cuts its text, in both languages, every theme and several sizes. Where
// RINGSIDE_PICTURES names a folder, the pictures are saved there for people to look at.
#include "tests/app/window/clipped_text.h"
#include "tests/app/window/window_fixture.h"

namespace ringside::test {
namespace {

class WindowPictures : public WindowTest {
  protected:
    void look(const QString& name) {
        const bool keep = qEnvironmentVariableIsSet("RINGSIDE_PICTURES");
        if (keep) QTest::qWait(600);
        until([&] { return clipped(*window).isEmpty(); });  // layouts follow a change of language soon
        EXPECT_EQ(clipped(*window).join(QLatin1Char('\n')).toStdString(), "") << "in picture " << name.toStdString();
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

TEST_F(WindowPictures, English) { lookAtAll(QStringLiteral("en")); }

TEST_F(WindowPictures, ChineseAndDark) {
    window->setLanguage(QStringLiteral("zh_CN"));
    window->setTheme(ThemeKind::dark);
    lookAtAll(QStringLiteral("zh-dark"));
}

TEST_F(WindowPictures, SmallChinese) {
    window->setLanguage(QStringLiteral("zh_CN"));
    window->resize(1280, 720);
    lookAtAll(QStringLiteral("zh-small"));
}

TEST_F(WindowPictures, SmallEnglishHighContrast) {
    window->setTheme(ThemeKind::high_contrast);
    window->resize(1280, 720);
    lookAtAll(QStringLiteral("en-small-contrast"));
}

TEST_F(WindowPictures, AsItOpensFirst) {
    window->resize(1440, 900);
    lookAtAll(QStringLiteral("en-first"));
}

TEST_F(WindowPictures, LargeText) {
    window->setTextSize(150);
    lookAtAll(QStringLiteral("en-large"));
}

TEST_F(WindowPictures, ProjectorInBothLanguages) {
    window->setProjector(true);
    lookAtAll(QStringLiteral("en-projector"));
    // somebody else, who answered nothing yet
    window->close();
    window.reset();
    ASSERT_TRUE(QFile::remove(folder.filePath(QStringLiteral("progress.json"))));
    begin();
    window->setProjector(true);
    window->setLanguage(QStringLiteral("zh_CN"));
    window->setTheme(ThemeKind::dark);
    lookAtAll(QStringLiteral("zh-projector-dark"));
}

}  // namespace
}  // namespace ringside::test
