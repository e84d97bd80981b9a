#include <QApplication>
#include <QTranslator>

#include "app/commands.h"
#include "app/handout.h"
#include "app/language.h"
#include "app/open_input.h"
#include "app/step_picture.h"
#include "engine/history/timeline.h"
#include "lessons/player.h"
#include "views/scene/scene_export.h"

namespace ringside {
namespace {

ThemeKind themeOf(const std::string& name) {
    if (name == "dark") return ThemeKind::dark;
    if (name == "high-contrast") return ThemeKind::high_contrast;
    return ThemeKind::light;
}

std::optional<Error> exportStep(const ExportOptions& options, std::FILE* err) {
    Result<OpenedInput> opened = openInput(options.input, err);
    if (!opened) return opened.error();
    if (!opened->lesson) return Error{"export", "a lesson", "\"" + options.input.input + "\""};
    const Lesson& lesson = *opened->lesson;
    if (!options.handout.empty()) {
        Texts texts(dataFolder());
        if (std::optional<Error> error = texts.setLanguage(QString::fromStdString(languageOf(options.lang))))
            return error;
        const Result<QString> written =
            writeHandout(lesson, texts, QString::fromStdString(options.handout), {themeOf(options.theme), {}});
        return written ? std::nullopt : std::optional(written.error());
    }
    const std::optional<std::size_t> step = lesson.stepIndex(options.step);
    if (!step) {
        std::string known;
        for (const LessonStep& s : lesson.steps) known += (known.empty() ? "" : ", ") + s.id;
        return Error{"--step", "a step of the lesson (" + known + ")", "\"" + options.step + "\""};
    }
    Result<Start> start = opened->scenario.start();
    if (!start) return start.error();
    Timeline timeline(std::move(*start));
    LabPlayer lab(timeline);
    if (std::optional<Error> error = lab.play(lesson.lab)) return error;
    TimelineRun run(timeline);
    Player player(opened->lesson, run);
    player.skipAll();
    const Result<Position> moment = player.goTo(*step);
    if (!moment) return moment.error();
    timeline.seek(*moment);

    const Theme theme = makeTheme(themeOf(options.theme));
    std::string scene = options.scene.empty() ? lesson.steps[*step].scene : options.scene;
    const Result<QString> written =
        exportScene(drawStep(timeline, scene, theme), theme, QString::fromStdString(options.out));
    return written ? std::nullopt : std::optional(written.error());
}

}  // namespace

int exportCommand(const ExportOptions& options, std::FILE* err) {
    // a picture needs fonts, not a display
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
    int argc = 1;
    char name[] = "ringside";
    char* argv[] = {name, nullptr};
    const QApplication app(argc, argv);
    loadFonts();
    QTranslator translator;
    const std::string lang = languageOf(options.lang);
    if (lang != "en" && translator.load(QStringLiteral(":/i18n/ringside_%1").arg(QString::fromStdString(lang))))
        QCoreApplication::installTranslator(&translator);
    if (const std::optional<Error> error = exportStep(options, err)) {
        complain(err, error->message());
        return 1;
    }
    return 0;
}

}  // namespace ringside
