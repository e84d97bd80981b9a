#include "views/help/shortcut_sheet.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QVBoxLayout>

#include "views/transport/icons.h"

namespace ringside {
namespace {

QWidget* capsOf(const ShortcutRow& row, const Theme& theme) {
    auto* caps = new QWidget;
    auto* line = new QHBoxLayout(caps);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    for (const QString& text : row.caps) {
        auto* cap = new QLabel(text);
        cap->setAlignment(Qt::AlignCenter);
        cap->setFont(theme.font(TextToken::mono));
        if (text != QStringLiteral("…")) {
            cap->setStyleSheet(QStringLiteral("border: 1px solid %1; border-bottom: 2px solid %1; border-radius: 5px;"
                                              "background: %2; padding: 3px 8px;")
                                   .arg(theme.color(Role::border2).name(), theme.color(Role::surface).name()));
        }
        line->addWidget(cap);
    }
    line->addStretch();
    return caps;
}

}  // namespace

ShortcutSheet::ShortcutSheet(const std::vector<ShortcutRow>& rows, const Theme& theme, QWidget* parent)
    : QDialog(parent) {
    setObjectName("shortcut-sheet");
    setWindowTitle(tr("Keys"));
    setModal(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(28, 22, 28, 22);
    column->setSpacing(16);
    auto* title = new QLabel(tr("Keys"));
    title->setFont(theme.font(TextToken::title));
    column->addWidget(title);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(10);
    constexpr int kColumns = 3;
    const int perColumn = (static_cast<int>(rows.size()) + kColumns - 1) / kColumns;
    for (int i = 0; i < static_cast<int>(rows.size()); ++i) {
        const int at = i / perColumn * 3, row = i % perColumn;
        const ShortcutRow& key = rows[static_cast<std::size_t>(i)];
        auto* text = new QLabel(key.text);
        text->setAccessibleName(QStringLiteral("%1: %2").arg(key.caps.join(QLatin1Char(' ')), key.text));
        grid->addWidget(capsOf(key, theme), row, at);
        grid->addWidget(text, row, at + 1);
        if (at > 0) grid->setColumnMinimumWidth(at - 1, 20);
    }
    column->addLayout(grid);
    auto* hint = new QLabel(tr("In a text box or a table, arrows belong to it; Esc returns to the scene."));
    hint->setProperty("tone", "secondary");
    column->addWidget(hint);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

void ShortcutSheet::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Question) return reject();
    QDialog::keyPressEvent(event);
}

AboutBox::AboutBox(const QString& version, const QString& kernel, const Theme& theme, QWidget* parent)
    : QDialog(parent) {
    setObjectName("about-box");
    setWindowTitle(tr("About Ringside"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(28, 22, 28, 22);
    column->setSpacing(12);
    auto* head = new QHBoxLayout;
    auto* mark = new QLabel;
    mark->setPixmap(makePixmap(Icon::mark, theme.color(Role::ink), 40, devicePixelRatioF()));
    auto* title = new QLabel(QStringLiteral("Ringside %1").arg(version));  // not translated: its name
    title->setFont(theme.font(TextToken::title));
    head->addWidget(mark);
    head->addWidget(title, 1);
    column->addLayout(head);
    auto* text =
        new QLabel(tr("A ringside seat inside the Linux kernel: steps through what Linux %1 does with a packet, "
                      "forwards and backwards.")
                       .arg(kernel));
    text->setWordWrap(true);
    text->setMinimumWidth(440);
    column->addWidget(text);
    auto* licence =
        new QLabel(tr("Free software under the GNU General Public License, version 3 or later. "
                      "It comes without any warranty."));
    licence->setWordWrap(true);
    column->addWidget(licence);
    auto* parts = new QLabel(tr("Qt %1 (GPL-3.0), libpcap, yaml-cpp, muParser, nlohmann-json, CLI11, fmt; "
                                "fonts Inter and JetBrains Mono (SIL OFL).")
                                 .arg(QString::fromLatin1(qVersion())));
    parts->setWordWrap(true);
    parts->setProperty("tone", "secondary");
    column->addWidget(parts);
    auto* buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

}  // namespace ringside
