#pragma once
// A real main window on a lesson, a scenario or a capture, driven with mouse and keys.

#include <gtest/gtest.h>

#include <QApplication>
#include <QDir>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include "app/main_window.h"
#include "tests/support/paths.h"
#include "tests/support/qt/wait.h"

namespace ringside::test {

/// What the program finds beside itself, with the two lessons that the tests of the window speak of and no others.
inline const std::string& dataDir() {
    static const QTemporaryDir made;
    static const std::string path = [] {
        const QDir data(made.path()), source(QString::fromStdString(sourceDir()));
        const auto link = [&](const char* name) {
            EXPECT_TRUE(QFile::link(source.filePath(QLatin1String(name)), data.filePath(QLatin1String(name)))) << name;
        };
        EXPECT_TRUE(data.mkpath(QStringLiteral("lessons/catalog")));
        link("assets");
        link("lessons/catalog/010-wire-to-recvfrom");
        link("lessons/catalog/310-skb-anatomy");
        link("lessons/catalog/glossary.yaml");
        return made.path().toStdString();
    }();
    return path;
}

class WindowTest : public ::testing::Test {
  protected:
    void SetUp() override {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        static const bool fonts = (loadFonts(), true);
        static_cast<void>(fonts);
        begin();
    }
    /// The window as it starts with what was remembered, which at first is nothing.
    void begin() {
        auto memory = std::make_unique<Memory>(folder.path());
        Settings settings = memory->settings();
        if (settings.language.isEmpty()) {
            settings.language = QStringLiteral("en");
            settings.theme = ThemeKind::light;  // not the desktop's, which here is the last test's
        }
        window = std::make_unique<MainWindow>(dataDir(), settings, std::move(memory));
        if (settings.geometry.isEmpty()) window->resize(1600, 1000);
        window->show();
        window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window.get(), 20'000));
    }
    /// Closed and started again.
    void beginAgain() {
        window->close();
        window.reset();
        begin();
    }
    void TearDown() override {
        window.reset();
        qApp->setStyleSheet({});
    }
    /// Opens and waits until the run is there and known to its end.
    void open(const QString& name) {
        QSignalSpy changed(&session().run, &RunState::runChanged);
        session().opening.openNamed(name);
        ASSERT_TRUE(until([&] { return changed.count() > 0 && session().run.hasRun(); }))
            << "did not open " << name.toStdString();
        ASSERT_TRUE(until([&] { return session().run.ended(); })) << "did not come to its end";
        settle();
    }
    Session& session() { return window->session(); }
    template <class T>
    T* child(const char* name) {
        T* found = window->findChild<T*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << "no widget called " << name;
        return found;
    }
    void key(Qt::Key k, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QWidget* to = QApplication::focusWidget() ? QApplication::focusWidget() : window.get();
        QTest::keyClick(to, k, modifiers);
        settle();
    }
    void click(QWidget* widget) {
        QTest::mouseClick(widget, Qt::LeftButton);
        settle();
    }
    static QString sample(const char* name) {
        return QString::fromStdString(sourceDir() + "/assets/samples/") + QLatin1String(name);
    }
    QTemporaryDir folder;
    std::unique_ptr<MainWindow> window;
};

}  // namespace ringside::test
