#include "app/session_file.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include "app/notes_file.h"
#include "app/progress_file.h"
#include "app/session_acts.h"

namespace ringside {
namespace {

constexpr const char* kWhat = "ringside session";
constexpr int kSessionVersion = 1;
/// Far more than a session ever is: a file above it is not read into memory to find that out.
constexpr qint64 kMostSessionBytes = 64 << 20;

constexpr const char* kKinds[] = {"lesson", "scenario", "capture", "exercise"};

QString asText(const std::string& word) { return QString::fromStdString(word); }
std::string wordOf(const QJsonObject& from, const char* key) {
    return from.value(QLatin1String(key)).toString().toStdString();
}

QJsonObject contentOf(const ReplayOptions& replay) {
    return {{QStringLiteral("host"), replay.host ? asText(replay.host->toString()) : QString()},
            {QStringLiteral("sockets"), replay.sockets},
            {QStringLiteral("pace"),
             replay.pace == Pace::recorded ? QStringLiteral("recorded") : QStringLiteral("unlost")}};
}

ReplayOptions replayFrom(const QJsonObject& content) {
    ReplayOptions replay;
    replay.host = IpAddr::parse(wordOf(content, "host"));
    replay.sockets = content.value(QLatin1String("sockets")).toBool(true);
    replay.pace = wordOf(content, "pace") == "recorded" ? Pace::recorded : Pace::unlost;
    return replay;
}

QJsonObject inputOf(const SavedSession& session) {
    const OpenRequest& request = session.request;
    QJsonObject settings;
    for (const auto& [knob, value] : request.settings) settings.insert(asText(knob), asText(value));
    return {{QStringLiteral("kind"), QLatin1String(kKinds[static_cast<std::size_t>(request.kind)])},
            {QStringLiteral("name"), asText(request.name)},
            {QStringLiteral("content"), session.content},
            {QStringLiteral("scenario"), asText(request.text)},
            {QStringLiteral("replay"), contentOf(request.replay)},
            {QStringLiteral("exercise"), asText(request.exercise)},
            {QStringLiteral("settings"), settings},
            {QStringLiteral("progress"), ringside::contentOf(request.progress)},
            {QStringLiteral("atEnd"), request.at_end}};
}

bool inputFrom(const QJsonObject& content, SavedSession& session) {
    OpenRequest& request = session.request;
    const QString kind = content.value(QLatin1String("kind")).toString();
    std::size_t known = 0;
    while (known < std::size(kKinds) && kind != QLatin1String(kKinds[known])) ++known;
    if (known == std::size(kKinds)) return false;
    request.kind = static_cast<OpenRequest::Kind>(known);
    request.name = wordOf(content, "name");
    request.text = wordOf(content, "scenario");
    request.replay = replayFrom(content.value(QLatin1String("replay")).toObject());
    request.exercise = wordOf(content, "exercise");
    const QJsonObject settings = content.value(QLatin1String("settings")).toObject();
    for (auto it = settings.begin(); it != settings.end(); ++it)
        request.settings[it.key().toStdString()] = it.value().toString().toStdString();
    request.progress = lessonProgressFrom(content.value(QLatin1String("progress")).toObject());
    request.at_end = content.value(QLatin1String("atEnd")).toBool();
    session.content = content.value(QLatin1String("content")).toString();
    return !request.name.empty();
}

QJsonObject contentOf(const View& view) {
    QJsonArray series;
    for (const QString& expression : view.series) series.append(expression);
    QJsonObject content{
        {QStringLiteral("selection"), static_cast<int>(view.selection.kind)},
        {QStringLiteral("selected"), static_cast<qint64>(view.selection.id)},
        {QStringLiteral("packet"), static_cast<qint64>(view.followed.packet)},
        {QStringLiteral("pinned"), view.followed.pinned},
        {QStringLiteral("axis"), view.axis == TimelineAxis::time ? QStringLiteral("time") : QStringLiteral("events")},
        {QStringLiteral("filter"), view.filter},
        {QStringLiteral("stepBy"), static_cast<int>(view.step_by)},
        {QStringLiteral("speed"), view.speed},
        {QStringLiteral("series"), series}};
    if (view.zoom) content.insert(QLatin1String("zoom"), QJsonArray{view.zoom->from, view.zoom->to});
    return content;
}

View viewFrom(const QJsonObject& content) {
    const auto whole = [&](const char* key, int most) {
        return std::clamp(content.value(QLatin1String(key)).toInt(), 0, most);
    };
    View view;
    view.selection = {static_cast<Selection::Kind>(whole("selection", static_cast<int>(Selection::Kind::frame))),
                      static_cast<std::uint32_t>(content.value(QLatin1String("selected")).toInteger())};
    view.followed = {static_cast<std::uint32_t>(content.value(QLatin1String("packet")).toInteger()),
                     content.value(QLatin1String("pinned")).toBool()};
    view.axis = wordOf(content, "axis") == "time" ? TimelineAxis::time : TimelineAxis::events;
    view.filter = content.value(QLatin1String("filter")).toString();
    view.step_by = static_cast<StepBy>(whole("stepBy", static_cast<int>(StepBy::lesson)));
    view.speed = whole("speed", kSpeedStops - 1);
    for (const auto& expression : content.value(QLatin1String("series")).toArray())
        view.series.push_back(expression.toString());
    const QJsonArray zoom = content.value(QLatin1String("zoom")).toArray();
    if (zoom.size() == 2 && zoom[0].toDouble() < zoom[1].toDouble())
        view.zoom = AxisRange{zoom[0].toDouble(), zoom[1].toDouble()};
    return view;
}

/// Of all that is in the file but itself: a file that was changed by accident is not used.
QString checkOf(const QJsonObject& content) {
    QJsonObject all = content;
    all.remove(QLatin1String("check"));
    const QByteArray bytes = QJsonDocument(all).toJson(QJsonDocument::Compact);
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

}  // namespace

QByteArray bytesOf(const SavedSession& session) {
    QJsonObject content{{QStringLiteral("what"), QLatin1String(kWhat)},
                        {QStringLiteral("version"), kSessionVersion},
                        {QStringLiteral("input"), inputOf(session)},
                        {QStringLiteral("run"), contentOf(session.run)},
                        {QStringLiteral("view"), contentOf(session.view)},
                        {QStringLiteral("window"),
                         QJsonObject{{QStringLiteral("centre"), session.centre},
                                     {QStringLiteral("layout"), QString::fromLatin1(session.layout.toBase64())},
                                     {QStringLiteral("gaveWay"), QJsonArray::fromStringList(session.gave_way)}}},
                        {QStringLiteral("notes"), contentOf(session.notes)},
                        {QStringLiteral("marks"), session.marks}};
    content.insert(QLatin1String("check"), checkOf(content));
    // first of all what it is: a file that was cut off is known for a session
    content.remove(QLatin1String("what"));
    QByteArray bytes = QJsonDocument(content).toJson();
    return bytes.insert(2, QByteArray("    \"what\": \"") + kWhat + "\",\n");
}

std::optional<SavedSession> sessionFrom(const QByteArray& bytes, SessionProblem& problem) {
    QJsonParseError error{};
    const QJsonObject content = QJsonDocument::fromJson(bytes, &error).object();
    const bool ours = bytes.left(64).contains(kWhat);
    problem = ours ? SessionProblem::damaged : SessionProblem::foreign;
    if (error.error != QJsonParseError::NoError) return std::nullopt;
    if (content.value(QLatin1String("what")).toString() != QLatin1String(kWhat)) return std::nullopt;
    problem = SessionProblem::newer;
    if (content.value(QLatin1String("version")).toInt() > kSessionVersion) return std::nullopt;
    problem = SessionProblem::damaged;
    if (content.value(QLatin1String("check")).toString() != checkOf(content)) return std::nullopt;
    SavedSession session;
    std::optional<SavedRun> run = savedRunFrom(content.value(QLatin1String("run")).toObject());
    if (!run || !inputFrom(content.value(QLatin1String("input")).toObject(), session)) return std::nullopt;
    session.run = std::move(*run);
    session.view = viewFrom(content.value(QLatin1String("view")).toObject());
    const QJsonObject window = content.value(QLatin1String("window")).toObject();
    session.centre = window.value(QLatin1String("centre")).toString();
    session.layout = QByteArray::fromBase64(window.value(QLatin1String("layout")).toString().toLatin1());
    for (const auto& dock : window.value(QLatin1String("gaveWay")).toArray()) session.gave_way << dock.toString();
    session.notes = lessonNotesFrom(content.value(QLatin1String("notes")).toObject());
    session.marks = content.value(QLatin1String("marks")).toObject();
    return session;
}

std::optional<SavedSession> readSession(const QString& file, SessionProblem& problem) {
    QFile in(file);
    problem = SessionProblem::unreadable;
    if (!QFileInfo(file).isFile() || !in.open(QIODevice::ReadOnly)) return std::nullopt;
    problem = SessionProblem::foreign;
    if (in.size() > kMostSessionBytes) return std::nullopt;
    return sessionFrom(in.readAll(), problem);
}

SessionWritten writeSession(const QString& file, const SavedSession& session) {
    SessionProblem problem{};
    if (QFileInfo::exists(file) && QFileInfo(file).size() > 0 && !readSession(file, problem))
        return SessionWritten::not_ours;
    const QByteArray bytes = bytesOf(session);
    QSaveFile out(file);
    return out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size() && out.commit() ? SessionWritten::yes
                                                                                              : SessionWritten::failed;
}

QString contentMark(const QString& file) {
    constexpr qint64 piece = 64 << 10, places = 16;
    QFile in(file);
    if (!in.open(QIODevice::ReadOnly)) return {};
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArray::number(in.size()));
    for (qint64 i = 0; i < places; ++i) {
        const qint64 at = std::max<qint64>(0, in.size() - piece) * i / (places - 1);
        if (!in.seek(at)) return {};
        hash.addData(in.read(piece));
    }
    return QString::fromLatin1(hash.result().toHex());
}

}  // namespace ringside
