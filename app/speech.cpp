#include "app/speech.h"

#include <QCoreApplication>
#include <QTranslator>

#include "app/language.h"
#include "app/open_input.h"
#include "views/session/format.h"
#include "views/session/texts.h"

namespace ringside {
namespace {

/// What Qt needs in order to translate: a program and a table.
struct Translated {
    int argc = 1;
    char name[9] = "ringside";
    char* argv[2] = {name, nullptr};
    QCoreApplication app{argc, argv};
    QTranslator table;
    Texts texts{dataFolder()};
};

/// Never taken down: that would be after what Qt itself keeps to the end.
Translated*& translated() {
    static Translated* one = nullptr;
    return one;
}

QString line(const char* english) { return QCoreApplication::translate("Command", english); }

}  // namespace

void speak(const std::string& asked) {
    const std::string language = languageOf(asked);
    if (language == "en" || translated() != nullptr || QCoreApplication::instance() != nullptr) return;
    translated() = new Translated;
    Translated& t = *translated();
    if (t.table.load(QStringLiteral(":/i18n/ringside_%1.qm").arg(QString::fromStdString(language))))
        QCoreApplication::installTranslator(&t.table);
    static_cast<void>(t.texts.setLanguage(QString::fromStdString(language)));
}

std::string said(const Error& error) {
    return translated() != nullptr ? translated()->texts.text(error).toStdString() : error.message();
}

std::string saidOfDamage(const Capture& capture) {
    if (translated() == nullptr) return capture.damageLine();
    const CaptureDamage& damage = *capture.damage();
    const QString path = QString::fromStdString(capture.path()), why = translated()->texts.damage(damage.reason);
    return (damage.afterPacket == 0
                ? line(QT_TRANSLATE_NOOP("Command", "%1: the capture ends before the first packet: %2")).arg(path, why)
                : line(QT_TRANSLATE_NOOP("Command", "%1: the capture ends after packet %2: %3"))
                      .arg(path, countText(damage.afterPacket), why))
        .toStdString();
}

std::string saidOfEmpty(const Capture& capture) {
    return line(QT_TRANSLATE_NOOP("Command", "%1: a capture without packets"))
        .arg(QString::fromStdString(capture.path()))
        .toStdString();
}

std::string saidOfHost(const IpAddr& host) {
    return line(QT_TRANSLATE_NOOP("Command", "our host is taken to be %1 (--host chooses another)"))
        .arg(QString::fromStdString(host.toString()))
        .toStdString();
}

std::string saidOfCheck(std::size_t lessons, std::size_t scenarios, bool good) {
    const QString counted =
        line(good ? QT_TRANSLATE_NOOP("Command", "%1 lessons and %2 scenarios checked: nothing wrong")
                  : QT_TRANSLATE_NOOP("Command", "%1 lessons and %2 scenarios checked: not good yet"));
    return counted.arg(lessons).arg(scenarios).toStdString();
}

std::string saidOfOutput(const std::string& found) {
    return line(QT_TRANSLATE_NOOP("Command", "standard output: expected to write all of it, found %1"))
        .arg(QString::fromStdString(found))
        .toStdString();
}

std::string saidOfOops(const std::string& what) {
    return line(QT_TRANSLATE_NOOP("Command", "the kernel stopped: %1")).arg(QString::fromStdString(what)).toStdString();
}

}  // namespace ringside
