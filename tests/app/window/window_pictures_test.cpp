// Pictures of the window for people to look at; made only where RINGSIDE_PICTURES names a folder.
#include "tests/app/window/window_fixture.h"

namespace ringside::test {
namespace {

class WindowPictures : public WindowTest {
  protected:
    void SetUp() override {
        if (qEnvironmentVariableIsEmpty("RINGSIDE_PICTURES")) GTEST_SKIP() << "RINGSIDE_PICTURES names no folder";
        WindowTest::SetUp();
    }
    void save(const QString& name) {
        QTest::qWait(600);
        const QString path =
            qEnvironmentVariable("RINGSIDE_PICTURES") + QLatin1Char('/') + name + QStringLiteral(".png");
        EXPECT_TRUE(window->grab().save(path)) << path.toStdString();
    }
};

TEST_F(WindowPictures, All) {
    save(QStringLiteral("00-empty"));
    open(QStringLiteral("wire-to-recvfrom"));
    save(QStringLiteral("01-lesson"));
    session().goToStep(1);
    save(QStringLiteral("02-question"));
    ASSERT_TRUE(session().player()->openQuestion());
    static_cast<void>(session().answer("cpu"));
    save(QStringLiteral("03-answered"));
    for (std::size_t step = 2; step < 12; ++step) {
        session().skipQuestion();
        session().goToStep(step);
    }
    window->setCentre(CentreView::path);
    save(QStringLiteral("04-last"));
    session().goToStep(8);
    window->setCentre(CentreView::path);
    save(QStringLiteral("05-ip"));
    window->setTheme(ThemeKind::dark);
    window->setLanguage(QStringLiteral("zh_CN"));
    save(QStringLiteral("06-dark-zh"));
    window->setTheme(ThemeKind::high_contrast);
    save(QStringLiteral("07-contrast-zh"));
    window->setTheme(ThemeKind::light);
    window->setLanguage(QStringLiteral("en"));
    window->setCentre(CentreView::skb);
    save(QStringLiteral("08-skb"));
    window->setCentre(CentreView::cpus);
    save(QStringLiteral("09-stacks"));
    window->setCentre(CentreView::charts);
    save(QStringLiteral("10-charts"));
    window->setCentre(CentreView::lab);
    save(QStringLiteral("11-lab"));
    window->setCentre(CentreView::path);
    window->resize(1280, 720);
    save(QStringLiteral("12-small"));
    window->setProjector(true);
    save(QStringLiteral("13-projector"));
    window->setProjector(false);
    window->setTextSize(150);
    save(QStringLiteral("14-large-text"));
    window->setTextSize(100);
    window->resize(1600, 1000);
    open(sample("burst-with-losses.pcapng"));
    save(QStringLiteral("15-capture"));
    session().seek(session().explored() / 2);
    window->setCentre(CentreView::path);
    save(QStringLiteral("16-capture-path"));
    window->setCentre(CentreView::charts);
    save(QStringLiteral("17-capture-charts"));
    session().openNamed(QStringLiteral("/nowhere/at-all.pcap"));
    save(QStringLiteral("18-error"));
    window->actions()[Act::shortcuts]->trigger();
    QTest::qWait(100);
    if (QWidget* sheet = window->findChild<QWidget*>("shortcut-sheet")) {
        sheet->grab().save(qEnvironmentVariable("RINGSIDE_PICTURES") + QStringLiteral("/19-keys.png"));
        sheet->close();
    }
}

}  // namespace
}  // namespace ringside::test
