#include "views/home/home_side.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include "views/home/held_file.h"
#include "views/session/format.h"
#include "views/transport/icons.h"

namespace ringside {
namespace {

/// How many of the files that were open are shown.
constexpr std::size_t kShown = 5;

struct Sample {
    const char *file, *says;
};
constexpr Sample kSamples[] = {
    {"dns-lookup.pcap", QT_TRANSLATE_NOOP("ringside::HomeSide", "6 packets: a name is asked for, and found")},
    {"mix.pcap", QT_TRANSLATE_NOOP("ringside::HomeSide", "30 packets: ARP, ping, UDP, fragments, HTTP")},
    {"burst-with-losses.yaml", QT_TRANSLATE_NOOP("ringside::HomeSide", "300 datagrams at once for a busy process")},
};

/// "today", "yesterday", a weekday, or the day.
QString dayOf(const QDateTime& when, const QLocale& locale) {
    const QDate day = when.toLocalTime().date();
    const qint64 days = day.daysTo(QDate::currentDate());
    if (days == 0) return HomeSide::tr("today");
    if (days == 1) return HomeSide::tr("yesterday");
    if (days > 1 && days < 7) return locale.standaloneDayName(day.dayOfWeek());
    return locale.toString(day, QLocale::ShortFormat);
}

}  // namespace

DropZone::DropZone(QWidget* parent) : QWidget(parent), m_theme(makeTheme(ThemeKind::light)) {
    setObjectName("drop-zone");
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 14);
    column->setSpacing(8);
    m_icon = new QLabel;
    m_icon->setAlignment(Qt::AlignCenter);
    m_text = new QLabel;
    m_text->setObjectName("drop-text");
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    m_open = new QPushButton;
    m_open->setObjectName("home-open");
    m_open->setAutoDefault(true);
    m_key = new QLabel(QStringLiteral("Ctrl O"));
    m_key->setProperty("tone", "tertiary");
    row->addStretch();
    row->addWidget(m_open);
    row->addWidget(m_key);
    row->addStretch();
    column->addStretch();
    column->addWidget(m_icon);
    column->addWidget(m_text);
    column->addLayout(row);
    column->addStretch();
    retranslate();
}

void DropZone::setTheme(const Theme& theme) {
    m_theme = theme;
    m_text->setFont(theme.font(TextToken::ui_bold));
    m_key->setFont(theme.font(TextToken::mono_small));
    const int size = qRound(30 * theme.text_percent / 100.0);
    m_icon->setPixmap(makePixmap(Icon::open, theme.color(Role::text3), size, devicePixelRatioF()));
    setMinimumHeight(qRound(148 * theme.text_percent / 100.0));
    update();
}

void DropZone::retranslate() {
    m_open->setText(tr("Open capture…"));
    m_text->setText(m_held.isEmpty() ? tr("Drop a .pcap or .pcapng file here")
                    : m_refused      ? tr("%1 is no capture, scenario or lesson").arg(m_held)
                                     : tr("Let go to open %1").arg(m_held));
}

void DropZone::setHeld(const QString& path) {
    m_held = QFileInfo(path).fileName();
    m_refused = !path.isEmpty() && !seemsOpenable(path);
    retranslate();
    update();
}

QString DropZone::sentence() const { return m_text->text(); }

void DropZone::paintEvent(QPaintEvent*) {
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const bool held = !m_held.isEmpty();
    p.setBrush(m_theme.color(held ? Role::hover : Role::surface));
    QPen pen(m_theme.color(m_refused ? Role::drop_solid : held ? Role::ink : Role::border2), held ? 2 : 1.4);
    if (!held) pen.setDashPattern({4, 3});
    p.setPen(pen);
    p.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 8, 8);
}

HomeSide::HomeSide(std::filesystem::path folder, QWidget* parent)
    : QWidget(parent), m_data(std::move(folder)), m_theme(makeTheme(ThemeKind::light)) {
    setProperty("panel", "lowered");
    setAttribute(Qt::WA_StyledBackground);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(28, 32, 28, 20);
    column->setSpacing(6);
    m_own = heading(column);
    m_drop = new DropZone;
    column->addWidget(m_drop);
    column->addSpacing(14);
    m_samples = heading(column);
    for (const Sample& sample : kSamples) {
        const std::filesystem::path file = m_data / "assets" / "samples" / sample.file;
        std::error_code none;
        if (!std::filesystem::exists(file, none)) continue;
        HomeRow* made = row(column, sample.file);
        made->setObjectName(QStringLiteral("sample-%1").arg(QLatin1String(sample.file)));
        m_sampleRows.push_back(made);
        connect(made, &HomeRow::clicked, this,
                [this, file] { emit fileChosen(QString::fromStdString(file.string())); });
    }
    column->addSpacing(14);
    m_recent = heading(column);
    m_nothing = new QLabel;
    m_nothing->setProperty("tone", "tertiary");
    m_nothing->setWordWrap(true);
    column->addWidget(m_nothing);
    m_recentRows = new QVBoxLayout;
    m_recentRows->setSpacing(2);
    column->addLayout(m_recentRows);
    column->addSpacing(14);
    m_try = heading(column);
    m_lab = row(column, "home-lab");
    connect(m_lab, &HomeRow::clicked, this, &HomeSide::labChosen);
    column->addStretch();
    m_keys = new QPushButton;
    m_keys->setObjectName("home-keys");
    m_keys->setProperty("flat", true);
    m_keys->setAutoDefault(true);
    column->addWidget(m_keys, 0, Qt::AlignLeft);
    connect(m_keys, &QPushButton::clicked, this, &HomeSide::keysWanted);
    connect(m_drop->button(), &QPushButton::clicked, this, &HomeSide::openRequested);
    retranslate();
}

QLabel* HomeSide::heading(QVBoxLayout* column) {
    auto* label = new QLabel;
    column->addWidget(label);
    return label;
}

HomeRow* HomeSide::row(QVBoxLayout* column, const char* name) {
    auto* made = new HomeRow;
    made->setObjectName(QLatin1String(name));
    column->addWidget(made);
    return made;
}

void HomeSide::setTheme(const Theme& theme) {
    m_theme = theme;
    m_drop->setTheme(theme);
    for (QLabel* label : {m_own, m_recent, m_samples, m_try}) label->setFont(theme.font(TextToken::layer));
    m_nothing->setFont(theme.font(TextToken::small));
    for (HomeRow* made : m_sampleRows) made->setTheme(theme);
    for (HomeRow* made : m_recentFiles) made->setTheme(theme);
    m_lab->setTheme(theme);
}

void HomeSide::retranslate() {
    m_drop->retranslate();
    m_own->setText(tr("Your own packets"));
    m_samples->setText(tr("Captures to try"));
    m_recent->setText(tr("Recent"));
    m_nothing->setText(tr("Nothing opened yet."));
    m_try->setText(tr("Try things"));
    m_keys->setText(tr("?  all keys"));
    m_keys->setAccessibleName(tr("All keys"));
    std::size_t shown = 0;
    for (const Sample& sample : kSamples) {
        if (shown == m_sampleRows.size()) break;
        if (m_sampleRows[shown]->objectName() != QStringLiteral("sample-%1").arg(QLatin1String(sample.file))) continue;
        HomeRowContent content;
        content.title = QLatin1String(sample.file);
        content.code = true;
        content.detail = tr(sample.says);
        m_sampleRows[shown++]->setContent(content);
    }
    HomeRowContent lab;
    lab.picture = HomeRowContent::Picture::lab;
    lab.title = tr("sk_buff lab");
    lab.detail = tr("put, push, pull: every byte shown");
    m_lab->setContent(lab);
    fillRecent();
}

void HomeSide::setRecent(std::vector<RecentFile> files) {
    m_files = std::move(files);
    fillRecent();
}

void HomeSide::fillRecent() {
    for (HomeRow* made : m_recentFiles) delete made;
    m_recentFiles.clear();
    m_nothing->setVisible(m_files.empty());
    for (const RecentFile& file : m_files) {
        if (m_recentFiles.size() == kShown) break;
        const QFileInfo info(file.path);
        const bool there = info.exists();
        HomeRowContent content;
        content.title = info.fileName();
        content.code = true;
        content.faint = !there;
        content.right = there ? dayOf(file.opened, locale()) : tr("not found");
        if (there && file.packets)
            content.right = tr("%1 packets").arg(countText(file.packets)) + QStringLiteral("   ") + content.right;
        HomeRow* made = row(m_recentRows, "recent");
        made->setTheme(m_theme);
        made->setContent(content);
        made->setToolTip(there ? file.path
                               : tr("%1 is not there any more; choosing it takes it off the list.").arg(file.path));
        connect(made, &HomeRow::clicked, this, [this, path = file.path, there] {
            if (there && QFileInfo::exists(path))
                emit fileChosen(path);
            else
                emit missingChosen(path);
        });
        m_recentFiles.push_back(made);
    }
}

}  // namespace ringside
