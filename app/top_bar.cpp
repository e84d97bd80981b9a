#include "app/top_bar.h"

#include <QComboBox>
#include <QEvent>
#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

#include "views/transport/icons.h"

namespace ringside {
namespace {

constexpr Act kViews[] = {Act::view_path, Act::view_skb,     Act::view_cpu,
                          Act::view_lab,  Act::view_capture, Act::view_charts};

}  // namespace

TopBar::TopBar(const RunState& run, const Texts& texts, Acting& acting, Actions& actions, QWidget* parent)
    : QWidget(parent),
      m_run(run),
      m_texts(texts),
      m_acting(acting),
      m_actions(actions),
      m_theme(makeTheme(ThemeKind::light)) {
    setObjectName("top-bar");
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 7, 16, 7);
    row->setSpacing(6);
    m_mark = new QLabel;
    m_name = new QLabel(QStringLiteral("Ringside"));  // not translated: its name
    m_home = new QToolButton;
    m_home->setObjectName("home");
    m_home->setProperty("flat", true);
    connect(m_home, &QToolButton::clicked, m_actions[Act::home], &QAction::trigger);
    m_crumb = new QLabel;
    m_crumb->setObjectName("breadcrumb");
    m_crumb->setProperty("tone", "secondary");
    m_crumb->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_crumb->installEventFilter(this);
    row->addWidget(m_mark);
    row->addWidget(m_name);
    row->addSpacing(6);
    row->addWidget(m_home);
    row->addWidget(m_crumb, 1);

    auto* segments = new QFrame;
    segments->setProperty("segments", true);
    m_segments = segments;
    auto* inside = new QHBoxLayout(segments);
    inside->setContentsMargins(2, 2, 2, 2);
    inside->setSpacing(0);
    m_combo = new QComboBox;
    m_combo->setObjectName("view-combo");
    for (const Act view : kViews) {
        auto* button = new QToolButton;
        button->setDefaultAction(m_actions[view]);
        button->setProperty("segment", true);
        button->setObjectName(QStringLiteral("view-%1").arg(m_views.size()));
        inside->addWidget(button);
        m_views.push_back(button);
        m_combo->addItem({});
    }
    connect(m_combo, &QComboBox::activated, this, [this](int index) { m_actions[kViews[index]]->trigger(); });
    m_searchField = new QPushButton;
    m_searchField->setObjectName("search-field");
    m_searchField->setProperty("field", true);
    m_searchField->installEventFilter(this);
    m_searchField->setAutoDefault(true);
    m_searchField->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_searchField, &QPushButton::clicked, m_actions[Act::search], &QAction::trigger);
    row->addWidget(segments);
    row->addWidget(m_combo);
    row->addWidget(m_searchField, 2);
    row->addStretch(1);

    const auto button = [&](Act act, const char* name) {
        auto* b = new QToolButton;
        b->setDefaultAction(m_actions[act]);
        b->setObjectName(name);
        row->addWidget(b);
        return b;
    };
    m_search = button(Act::search, "search");
    m_search->setProperty("flat", true);
    m_search->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_open = button(Act::open_capture, "open-capture");
    m_language = new QToolButton;
    m_language->setObjectName("language");
    m_language->setProperty("flat", true);
    connect(m_language, &QToolButton::clicked, this,
            [this] { m_actions[m_texts.language() == "en" ? Act::chinese : Act::english]->trigger(); });
    row->addWidget(m_language);
    m_projector = button(Act::projector, "projector");
    m_projector->setProperty("flat", true);
    m_help = button(Act::shortcuts, "help");
    m_help->setProperty("flat", true);
    m_help->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_menuButton = new QToolButton;
    m_menuButton->setObjectName("menu");
    m_menuButton->setPopupMode(QToolButton::InstantPopup);
    m_menu = new QMenu(this);
    m_branches = new QMenu(m_menu);
    m_menuButton->setMenu(m_menu);
    m_menuButton->setShortcut(QKeySequence(QStringLiteral("F10")));
    row->addWidget(m_menuButton);
    // by the mouse they do what they say and leave the keys to the scene: Space plays, it presses nothing again
    for (auto* clicked : findChildren<QToolButton*>()) clicked->setFocusPolicy(Qt::TabFocus);
    // with its submenus it is a good part of the window's widgets: made when it is opened
    connect(m_menu, &QMenu::aboutToShow, this, &TopBar::fillMenu);
    connect(m_branches, &QMenu::aboutToShow, this, &TopBar::fillBranches);
    connect(&m_run, &RunState::runChanged, this, &TopBar::refresh);
    connect(&m_texts, &Texts::languageChanged, this, &TopBar::refresh);
    retranslate();
}

void TopBar::fillMenu() {
    const auto add = [this](QMenu* menu, std::initializer_list<Act> acts) {
        for (const Act act : acts) menu->addAction(m_actions[act]);
    };
    m_menu->clear();
    qDeleteAll(m_submenus);
    m_submenus.clear();
    const auto submenu = [this](QMenu* in, const QString& title) {
        auto* menu = in->addMenu(title);
        // what stands in another submenu goes with it
        if (in == m_menu) m_submenus.push_back(menu);
        return menu;
    };
    auto* file = submenu(m_menu, tr("File"));
    add(file, {Act::home, Act::open_capture, Act::open_scenario, Act::open_session});
    fillRecent(submenu(file, tr("Open recent")));
    file->addSeparator();
    add(file, {Act::save_session, Act::save_session_as});
    file->addSeparator();
    add(file, {Act::export_picture, Act::print_picture});
    file->addSeparator();
    add(file, {Act::quit});
    auto* go = submenu(m_menu, tr("Go"));
    add(go, {Act::search, Act::open_at});
    go->addSeparator();
    add(go, {Act::play, Act::step, Act::back, Act::next_function, Act::previous_function, Act::next_packet,
             Act::previous_packet});
    auto* fine = submenu(go, tr("Along the call, the packet, the CPU"));
    for (const Act act : kCallSteps) fine->addAction(m_actions[act]);
    for (const Act act : kAlongSteps) fine->addAction(m_actions[act]);
    add(submenu(go, tr("Breakpoints and marks")),
        {Act::run_on_to_stop, Act::run_back_to_stop, Act::break_here, Act::who_changed, Act::marker_a, Act::marker_b,
         Act::bookmark, Act::breakpoints, Act::watch, Act::bookmarks});
    add(go, {Act::why, Act::next_drop, Act::previous_drop});
    go->addSeparator();
    add(go, {Act::start, Act::end, Act::slower, Act::faster, Act::run_on});
    go->addSeparator();
    m_branches->setTitle(tr("Branches"));
    go->addMenu(m_branches);
    auto* view = submenu(m_menu, tr("View"));
    for (const Act act : kViews) view->addAction(m_actions[act]);
    view->addSeparator();
    add(view, {Act::lesson_panel, Act::inspector, Act::timeline, Act::events});
    view->addActions(m_panels);
    add(view, {Act::filter, Act::restore_layout});
    view->addSeparator();
    add(view, {Act::projector});
    auto* size = submenu(view, tr("Text size"));
    add(size, {Act::text_larger, Act::text_smaller, Act::text_normal});
    auto* look = submenu(view, tr("Appearance"));
    add(look, {Act::light, Act::dark, Act::high_contrast});
    look->addSeparator();
    add(look, {Act::reduced_motion});
    add(submenu(view, tr("Language")), {Act::english, Act::chinese});
    auto* lesson = submenu(m_menu, tr("Lesson"));
    add(lesson, {Act::next_lesson_step, Act::previous_lesson_step});
    lesson->addSeparator();
    add(lesson, {Act::copy_link, Act::edit_note, Act::save_handout, Act::print_handout});
    lesson->addSeparator();
    add(lesson, {Act::undo, Act::redo});
    add(submenu(m_menu, tr("Help")), {Act::shortcuts, Act::about});
}

void TopBar::fillRecent(QMenu* menu) {
    const std::vector<RecentFile> recent = m_recent ? m_recent() : std::vector<RecentFile>();
    for (const RecentFile& file : recent) {
        auto* action = menu->addAction(QFileInfo(file.path).fileName());
        action->setToolTip(file.path);
        connect(action, &QAction::triggered, this, [this, path = file.path] { emit recentChosen(path); });
    }
    menu->setToolTipsVisible(true);
    if (recent.empty()) menu->addAction(tr("Nothing opened yet"))->setEnabled(false);
}

void TopBar::fillBranches() {
    m_branches->clear();
    if (!m_run.hasRun()) return;
    const std::vector<BranchInfo> branches = m_run.branches();
    m_branches
        ->addAction(branches.size() > 1 ? tr("Each change you made to the past began a branch of the run:")
                                        : tr("A change made to the past begins a branch of the run here."))
        ->setEnabled(false);
    m_branches->addSeparator();
    for (const BranchInfo& branch : branches) {
        const QString label =
            branch.parent
                ? tr("%1, from step %2 on").arg(QString::fromStdString(branch.label)).arg(branch.fork.position)
                : tr("The run without a change");
        auto* action = m_branches->addAction(label);
        action->setCheckable(true);
        action->setChecked(branch.id == m_run.branch());
        connect(action, &QAction::triggered, this, [this, id = branch.id] { m_acting.switchBranch(id); });
    }
}

void TopBar::addPanel(QAction* toggle) { m_panels.push_back(toggle); }

void TopBar::setTheme(const Theme& theme) {
    m_theme = theme;
    const int size = qRound(22 * theme.text_percent / 100.0);
    m_mark->setPixmap(makePixmap(Icon::mark, theme.color(Role::ink), size, devicePixelRatioF()));
    m_name->setFont(theme.font(TextToken::layer));
    const QSize icon(qRound(18 * theme.text_percent / 100.0), qRound(18 * theme.text_percent / 100.0));
    for (QToolButton* b : {m_search, m_open, m_projector, m_help, m_language}) b->setIconSize(icon);
    m_searchField->setIconSize(icon);
    m_searchField->setIcon(makeIcon(Icon::search, theme));
    m_searchField->setMaximumWidth(qRound(480 * theme.text_percent / 100.0));
    m_searchField->setMinimumWidth(qRound(100 * theme.text_percent / 100.0));
    m_actions[Act::search]->setIcon(makeIcon(Icon::search, theme));
    m_actions[Act::open_capture]->setIcon(makeIcon(Icon::open, theme));
    m_actions[Act::projector]->setIcon(makeIcon(Icon::projector, theme));
    m_actions[Act::shortcuts]->setIcon(makeIcon(Icon::help, theme));
    m_language->setIcon(makeIcon(Icon::language, theme));
    fit();
}

void TopBar::showView(int index) {
    m_combo->setCurrentIndex(index);
    m_actions[kViews[index]]->setChecked(true);
    for (int i = 0; i < static_cast<int>(std::size(kViews)); ++i) m_actions[kViews[i]]->setChecked(i == index);
}

void TopBar::showHome(bool home) {
    m_atHome = home;
    if (home)
        for (const Act view : kViews) m_actions[view]->setChecked(false);
    refresh();
    fit();
}

void TopBar::retranslate() {
    setAccessibleName(tr("Top bar"));
    m_home->setText(m_actions[Act::home]->text());
    m_home->setToolTip(QStringLiteral("%1 (%2)").arg(
        m_actions[Act::home]->text(), m_actions[Act::home]->shortcut().toString(QKeySequence::NativeText)));
    m_searchField->setAccessibleName(tr("Search lessons, kernel functions, counters and commands"));
    m_language->setText(m_texts.language() == "en" ? QStringLiteral("中文") : QStringLiteral("English"));
    m_language->setToolTip(tr("Language"));
    m_language->setAccessibleName(tr("Language"));
    m_menuButton->setText(tr("Menu"));
    m_combo->setAccessibleName(tr("View"));
    for (std::size_t i = 0; i < m_views.size(); ++i) {
        m_combo->setItemText(static_cast<int>(i), m_actions[kViews[i]]->text());
        m_views[i]->setToolTip(QStringLiteral("%1 (%2)").arg(m_actions[kViews[i]]->text()).arg(i + 1));
    }
    refresh();
    fit();
    fitSearch();
}

void TopBar::refresh() {
    const QString crumb =
        m_run.hasRun() && !m_atHome ? QStringLiteral("/  %1").arg(m_run.title(m_texts.language())) : QString();
    m_crumb->setText(m_crumb->fontMetrics().elidedText(crumb, Qt::ElideRight, m_crumb->contentsRect().width()));
    m_crumb->setToolTip(m_run.title(m_texts.language()));
}

void TopBar::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

/// What does not fit gets shorter: the view switch becomes a box, buttons keep their icons.
bool TopBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_crumb && event->type() == QEvent::Resize) refresh();
    if (watched == m_searchField && event->type() == QEvent::Resize) fitSearch();
    return QWidget::eventFilter(watched, event);
}

void TopBar::fitSearch() {
    const QString key = m_actions[Act::search]->shortcut().toString(QKeySequence::NativeText);
    const QFontMetrics metrics(m_searchField->font());
    const int room = m_searchField->width() - m_searchField->iconSize().width() - metrics.height() * 2;
    for (const QString& text : {tr("Find a lesson, a kernel function, a counter") + QStringLiteral("    ") + key,
                                tr("Find a lesson, a kernel function, a counter"), m_actions[Act::search]->text()}) {
        m_searchField->setText(text);
        if (metrics.horizontalAdvance(text) <= room) break;
    }
}

void TopBar::fit() {
    const bool narrow = width() < 1360 * m_theme.text_percent / 100;
    m_segments->setVisible(!narrow && !m_atHome);
    m_combo->setVisible(narrow && !m_atHome);
    m_searchField->setVisible(m_atHome);
    m_search->setVisible(!m_atHome);
    m_projector->setVisible(!m_atHome);  // it is a scene that is shown to a room
    const Qt::ToolButtonStyle style = narrow ? Qt::ToolButtonIconOnly : Qt::ToolButtonTextOnly;
    for (QToolButton* b : {m_open, m_projector}) b->setToolButtonStyle(style);
    m_language->setToolButtonStyle(Qt::ToolButtonTextOnly);
}

}  // namespace ringside
