// Palette and style sheet of the standard widgets, both made from the theme's roles.
#include <QRegularExpression>

#include "views/theme/theme.h"

namespace ringside {
namespace {

/// `@role` is a colour, `$n` is n logical pixels at the chosen text size.
constexpr const char* kSheet = R"(
QWidget { color: @text; }
QMainWindow, QDialog { background: @bg; }
QToolTip { color: @text; background: @surface; border: 1px solid @border2; padding: 6px; }
QPushButton, QToolButton { min-height: $28; padding: 0 $12; border: 1px solid @border; border-radius: 6px; background: @surface; font-weight: 500; }
QToolButton { padding: 0 $8; }
QPushButton:hover, QToolButton:hover { background: @hover; }
QPushButton:pressed, QToolButton:pressed, QToolButton:checked { background: @sunken; }
QPushButton[primary="true"], QToolButton[primary="true"] { background: @ink; color: @onink; border-color: @ink; }
QPushButton[primary="true"]:hover, QToolButton[primary="true"]:hover { background: @text2; border-color: @text2; }
QPushButton[flat="true"], QToolButton[flat="true"] { border-color: transparent; background: transparent; }
QPushButton[flat="true"]:hover, QToolButton[flat="true"]:hover { background: @hover; }
QPushButton[field="true"] { text-align: left; border-color: @border2; color: @text2; font-weight: 400; }
QPushButton:disabled, QToolButton:disabled { color: @route_next; background: @sunken; border-color: @border; }
QPushButton:focus, QToolButton:focus { border: 2px solid @ink; }
QPushButton:focus { padding: 0 $11; }
QToolButton:focus { padding: 0 $7; }
QPushButton[primary="true"]:focus, QToolButton[primary="true"]:focus { border: 2px solid @route_next; outline: none; }
QPushButton[segment="true"], QToolButton[segment="true"] { border: 1px solid transparent; background: transparent; color: @text2; min-height: $24; }
QPushButton[segment="true"]:checked, QToolButton[segment="true"]:checked { background: @surface; color: @text; border-color: @border; }
QPushButton[segment="true"]:hover, QToolButton[segment="true"]:hover { color: @text; }
QPushButton[segment="true"]:focus, QToolButton[segment="true"]:focus { border: 2px solid @ink; }
QFrame[segments="true"] { background: @sunken; border: 1px solid @sunken; border-radius: 6px; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { min-height: $28; padding: 0 $8; border: 1px solid @border2; border-radius: 6px; background: @surface; color: @text; selection-background-color: @ink; selection-color: @onink; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus { border: 2px solid @ink; }
QLineEdit QToolButton { min-height: 0; padding: 0; border: 0; background: transparent; }
QLineEdit:disabled, QSpinBox:disabled, QComboBox:disabled { color: @route_next; background: @sunken; }
QComboBox::drop-down { border: 0; width: $20; }
QComboBox::down-arrow { image: url(:/icons/chevron-@scheme.svg); width: $12; height: $12; }
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button { border: 0; width: 0; }
QComboBox QAbstractItemView { background: @surface; color: @text; selection-background-color: @ink; selection-color: @onink; border: 1px solid @border2; }
QCheckBox, QRadioButton { spacing: $8; background: transparent; }
QCheckBox:focus, QRadioButton:focus { outline: 2px solid @ink; }
QRadioButton::indicator { width: $14; height: $14; border: 1px solid @border2; border-radius: 8px; background: @surface; }
QRadioButton::indicator:checked { width: $6; height: $6; border: 5px solid @ink; }
QRadioButton::indicator:focus { border-color: @ink; }
QCheckBox::indicator { width: $14; height: $14; border: 1px solid @border2; border-radius: 3px; background: @surface; }
QCheckBox::indicator:checked { border: 1px solid @ink; background: @ink; image: url(:/icons/check-@scheme.svg); }
QLabel { background: transparent; }
QTextEdit, QTextBrowser, QPlainTextEdit { background: @surface; color: @text; border: 0; selection-background-color: @ink; selection-color: @onink; }
QTreeView, QTableView, QListView { border: 0; background: @surface; alternate-background-color: @hover; color: @text; selection-background-color: @ink; selection-color: @onink; outline: 0; gridline-color: @grid; }
QTreeView::item:hover, QTableView::item:hover, QListView::item:hover { background: @hover; }
QTreeView::item:selected, QTableView::item:selected, QListView::item:selected { background: @ink; color: @onink; }
QTreeView:focus, QTableView:focus, QListView:focus { border: 2px solid @ink; }
QHeaderView { background: @sunken; }
QHeaderView::section { border: 0; padding: 6px 8px; background: @sunken; color: @text2; font-weight: 600; }
QTableCornerButton::section { background: @sunken; border: 0; }
QScrollArea { border: 0; background: transparent; }
QScrollBar:vertical { width: 10px; background: transparent; border: 0; }
QScrollBar:horizontal { height: 10px; background: transparent; border: 0; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px; border-radius: 3px; background: @border2; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 2px; border-radius: 3px; background: @border2; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle, QMainWindow::separator { background: @border; width: 1px; height: 1px; }
QWidget[dock-title="true"] { background: @surface; color: @text2; border-bottom: 1px solid @border; }
QWidget[dock-title="true"] QToolButton { min-height: $22; padding: 0 $4; }
QTabBar { background: @bg; }
QTabBar::tab { padding: 6px 12px; background: transparent; color: @text2; border: 0; border-bottom: 3px solid transparent; }
QTabBar::tab:selected { color: @text; border-bottom: 3px solid @ink; font-weight: 600; }
QTabBar::tab:hover { color: @text; background: @hover; }
QTabBar::tab:focus { border: 2px solid @ink; }
QTabWidget::pane { border: 0; border-top: 1px solid @border; }
QMenuBar { background: @surface; color: @text; border-bottom: 1px solid @border; }
QMenuBar::item { padding: 4px 10px; background: transparent; }
QMenuBar::item:selected { background: @hover; }
QMenu { background: @surface; color: @text; border: 1px solid @border2; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: @ink; color: @onink; }
QMenu::item:disabled { color: @route_next; }
QMenu::separator { height: 1px; margin: 4px 8px; background: @border; }
QStatusBar { background: @surface; color: @text2; border-top: 1px solid @border; }
QProgressBar { border: 0; background: @sunken; color: @text; max-height: 4px; }
QProgressBar::chunk { background: @ink; }
QSlider::groove:horizontal { height: 2px; background: @border2; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -6px 0; border-radius: 7px; border: 2px solid @ink; background: @surface; }
QSlider::handle:horizontal:focus { background: @ink; }
QFrame[card="true"] { background: @surface; border: 1px solid @border; border-radius: 8px; }
QFrame[card="here"] { background: @surface; border: 2px solid @ink; border-radius: 8px; }
QWidget[panel="true"] { background: @surface; }
QWidget[panel="lowered"] { background: @bg; }
QFrame[messageKind="info"] { background: @sunken; border: 0; }
QFrame[messageKind="warning"] { background: @changed_tint; border-bottom: 1px solid @changed_solid; }
QFrame[messageKind="error"] { background: @drop_tint; border-bottom: 1px solid @drop_solid; }
QFrame[messageKind="warning"] QLabel { color: @changed_text; }
QFrame[messageKind="error"] QLabel { color: @drop_text; }
QLabel[tone="secondary"] { color: @text2; }
QLabel[tone="tertiary"] { color: @text3; }
)";

QString hexOf(const Theme& theme, QStringView role) {
    for (std::size_t i = 1; i < kRoles; ++i) {
        const auto name = nameOf(static_cast<Role>(i));
        if (role == QLatin1String(name.data(), static_cast<qsizetype>(name.size())))
            return theme.color(static_cast<Role>(i)).name();
    }
    qFatal("style sheet names a role that does not exist: %s", qUtf8Printable(role.toString()));
    return {};
}

}  // namespace

QPalette paletteOf(const Theme& theme) {
    QPalette palette;
    const auto set = [&](QPalette::ColorRole at, Role role) { palette.setColor(at, theme.color(role)); };
    set(QPalette::Window, Role::bg);
    set(QPalette::WindowText, Role::text);
    set(QPalette::Base, Role::surface);
    set(QPalette::AlternateBase, Role::hover);
    set(QPalette::Text, Role::text);
    set(QPalette::PlaceholderText, Role::text3);
    set(QPalette::Button, Role::surface);
    set(QPalette::ButtonText, Role::text);
    set(QPalette::BrightText, Role::onink);
    set(QPalette::Highlight, Role::ink);
    set(QPalette::HighlightedText, Role::onink);
    set(QPalette::Light, Role::surface);
    set(QPalette::Midlight, Role::border);
    set(QPalette::Mid, Role::border);
    set(QPalette::Dark, Role::border2);
    set(QPalette::Shadow, Role::shadow);
    set(QPalette::ToolTipBase, Role::surface);
    set(QPalette::ToolTipText, Role::text);
    set(QPalette::Link, Role::text);
    set(QPalette::LinkVisited, Role::text2);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, theme.color(Role::route_next));
    }
    return palette;
}

QString styleSheetOf(const Theme& theme) {
    static const QRegularExpression token(QStringLiteral("@([a-z0-9_]+)|\\$([0-9]+)"));
    const QString sheet = QLatin1String(kSheet);
    QString out;
    qsizetype done = 0;
    for (auto matches = token.globalMatch(sheet); matches.hasNext();) {
        const auto match = matches.next();
        out += sheet.mid(done, match.capturedStart() - done);
        if (match.capturedView(1).isEmpty()) {
            out += QString::number(qRound(match.capturedView(2).toInt() * theme.text_percent / 100.0)) +
                   QStringLiteral("px");
        } else if (match.capturedView(1) == QLatin1String("scheme")) {
            out += theme.dark() ? QStringLiteral("dark")
                                : QStringLiteral("light");  // of the few icons a style sheet shows
        } else {
            out += hexOf(theme, match.capturedView(1));
        }
        done = match.capturedEnd();
    }
    return out + sheet.mid(done);
}

}  // namespace ringside
