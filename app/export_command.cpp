#include <QApplication>
#include <QTranslator>

#include "app/commands.h"
#include "app/language.h"
#include "app/open_input.h"
#include "engine/history/fate_book.h"
#include "engine/history/timeline.h"
#include "lessons/player.h"
#include "views/scene/path_adapter.h"
#include "views/scene/scene_export.h"
#include "views/scene/skb_adapter.h"

namespace ringside {
namespace {

/// Logical pixels of an exported picture: the scene's part of an ordinary window.
constexpr QSizeF kPage{1100, 760};

ThemeKind themeOf(const std::string& name) {
    if (name == "dark") return ThemeKind::dark;
    if (name == "high-contrast") return ThemeKind::high_contrast;
    return ThemeKind::light;
}

/// The step's moment in its scene.
DisplayList draw(Timeline& timeline, const std::string& scene, const Theme& theme) {
    const FontTextMetrics metrics(theme);
    const SceneRequest request{kPage, theme, metrics};
    const World& world = timeline.world();
    const std::optional<Event>& event = timeline.event();
    if (scene == "skb") {
        const World before = timeline.position() ? timeline.at(timeline.position() - 1) : world;
        return buildSkbScene(skbInput(world, event ? event->skb : 0, &before), request);
    }
    PathView view;
    view.followed = packetToFollow(event ? &*event : nullptr, 0);
    const PacketWalk walk = timeline.walk(view.followed);
    FateBook fates;
    fates.learn(world.fates);
    view.walk = &walk;
    view.fate = fates.find(view.followed, timeline.position());
    return buildPathScene(pathInput(world, timeline.inputs(), event ? &*event : nullptr, view), request);
}

std::optional<Error> exportStep(const ExportOptions& options, std::FILE* err) {
    Result<OpenedInput> opened = openInput(options.input, err);
    if (!opened) return opened.error();
    if (!opened->lesson) return Error{"export", "a lesson", "\"" + options.input.input + "\""};
    const Lesson& lesson = *opened->lesson;
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
        exportScene(draw(timeline, scene, theme), theme, QString::fromStdString(options.out));
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
