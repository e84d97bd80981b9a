#include "views/capture/capture_panel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

#include "views/session/format.h"
#include "views/theme/keyboard_entry.h"

namespace ringside {

CapturePanel::CapturePanel(const RunState& run, const Texts& texts, Travel& travel, Opening& opening, Acting& acting,
                           QWidget* parent)
    : QWidget(parent),
      m_run(run),
      m_texts(texts),
      m_travel(travel),
      m_opening(opening),
      m_acting(acting),
      m_theme(makeTheme(ThemeKind::light)),
      m_model(run, texts),
      m_talking(this) {
    setProperty("panel", true);
    setAttribute(Qt::WA_StyledBackground);
    build();
    m_filterTimer.setInterval(0);
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(200);
    connect(&m_filterTimer, &QTimer::timeout, this, &CapturePanel::filterSlice);
    // fates come in by the thousand while the run is played in the background; the table need not follow each
    connect(&m_refreshTimer, &QTimer::timeout, this, [this] {
        recount();
        m_model.refreshFates();
        // what is filtered by fates follows them
        const bool byFate = m_fates->chosen() || m_functions->chosen() || !m_filterText.isEmpty();
        if (m_shown && byFate && !m_filterTimer.isActive()) startFilter();
        if (m_table->currentIndex().isValid() && !m_why->isVisible()) m_whyTimer.start();
    });
    // the values of a drop cost some seeks: not for every row that the arrows run over
    m_whyTimer.setSingleShot(true);
    m_whyTimer.setInterval(120);
    connect(&m_whyTimer, &QTimer::timeout, this, [this] {
        const QModelIndex at = m_table->currentIndex();
        m_why->setPacket(at.isValid() ? m_model.packetAt(at.row()) : 0);
        showWalk(at.isValid() ? m_model.packetAt(at.row()) : 0);
    });
    connect(m_why, &DropCard::goRequested, this, &CapturePanel::enterPacket);
    connect(m_why, &DropCard::tryRequested, this, &CapturePanel::tryAgain);
    connect(m_steps, &QListWidget::itemActivated, this, [this](const QListWidgetItem* item) {
        m_travel.goToPacket(m_model.packetAt(m_table->currentIndex().row()));
        m_travel.seek(item->data(Qt::UserRole).toULongLong());
    });
    connect(m_clear, &QPushButton::clicked, this, &CapturePanel::clearFilter);
    connect(m_reload, &QPushButton::clicked, &m_opening, &Opening::reloadCapture);
    connect(m_functions, &FacetList::chosenChanged, this, &CapturePanel::startFilter);
    connect(m_conversations, &FacetList::chosenChanged, this, &CapturePanel::startFilter);
    connect(m_histogram, &TimeHistogram::rangeChanged, this, &CapturePanel::startFilter);
    connect(m_histogram, &TimeHistogram::packetWanted, this, [this](std::uint32_t packet) {
        if (const int row = m_model.rowOf(packet); row >= 0) {
            m_table->selectRow(row);
            m_table->scrollTo(m_model.index(row, 0), QAbstractItemView::PositionAtTop);
        }
    });
    connect(&m_run, &RunState::runChanged, this, &CapturePanel::reload);
    connect(&m_run, &RunState::knownChanged, this, [this] {
        if (!m_refreshTimer.isActive()) m_refreshTimer.start();
    });
    connect(m_fates, &FateSummary::chosenChanged, this, &CapturePanel::startFilter);
    connect(m_filter, &QLineEdit::textChanged, this, &CapturePanel::startFilter);
    connect(m_open, &QPushButton::clicked, this, &CapturePanel::openRequested);
    connect(m_walk, &QPushButton::clicked, this, &CapturePanel::followPacket);
    connect(m_host, &QComboBox::activated, this, &CapturePanel::reopen);
    connect(m_pace, &QComboBox::activated, this, &CapturePanel::reopen);
    connect(m_sockets, &QCheckBox::clicked, this, &CapturePanel::reopen);
    connect(m_table, &QTableView::activated, this, &CapturePanel::enterPacket);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &CapturePanel::showPacket);
    retranslate();
    reload();
}

void CapturePanel::build() {
    m_stack = new QStackedLayout(this);
    auto* nothing = new QWidget;
    auto* middle = new QVBoxLayout(nothing);
    m_empty = new QLabel;
    m_empty->setProperty("tone", "secondary");
    m_open = new QPushButton;
    m_open->setObjectName("capture-open");
    middle->addStretch();
    middle->addWidget(m_empty, 0, Qt::AlignCenter);
    middle->addWidget(m_open, 0, Qt::AlignCenter);
    middle->addStretch();
    m_stack->addWidget(nothing);

    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(20, 12, 20, 12);
    column->setSpacing(10);
    auto* choices = new QHBoxLayout;
    choices->setSpacing(8);
    m_hostLabel = new QLabel;
    m_host = new QComboBox;
    m_host->setObjectName("capture-host");
    m_host->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_sockets = new QCheckBox;
    m_sockets->setObjectName("capture-sockets");
    m_paceLabel = new QLabel;
    m_pace = new QComboBox;
    m_pace->setObjectName("capture-pace");
    m_filter = new QLineEdit;
    m_filter->setObjectName("capture-filter");
    m_filter->setClearButtonEnabled(true);
    m_count = new QLabel;
    m_count->setProperty("tone", "secondary");
    choices->addWidget(m_hostLabel);
    choices->addWidget(m_host);
    choices->addWidget(m_sockets);
    choices->addWidget(m_paceLabel);
    choices->addWidget(m_pace);
    choices->addStretch();
    m_reload = new QPushButton;
    m_reload->setObjectName("capture-reload");
    choices->addWidget(m_reload);
    column->addLayout(choices);
    m_histogram = new TimeHistogram(m_counts);
    auto* search = new QHBoxLayout;
    search->setSpacing(8);
    search->addWidget(m_filter, 1);
    search->addWidget(m_count);
    m_clear = new QPushButton;
    m_clear->setObjectName("capture-clear");
    search->addWidget(m_clear);
    column->addLayout(search);
    m_nothing = new QLabel;
    m_nothing->setObjectName("capture-nothing");
    m_nothing->setWordWrap(true);
    column->addWidget(m_nothing);

    m_table = new QTableView;
    m_table->setObjectName("capture-table");
    m_table->setTabKeyNavigation(false);  // Tab leaves the list, arrows browse in it
    m_table->setProperty(kKeyboardEntry, true);
    m_table->setModel(&m_model);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(PacketModel::fate, QHeaderView::Stretch);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto* side = new QWidget;
    auto* right = new QVBoxLayout(side);
    right->setContentsMargins(12, 0, 0, 0);
    m_fates = new FateSummary(m_counts);
    m_functions = new FacetList("facet-functions");
    m_conversations = new FacetList("facet-conversations");
    m_why = new DropCard(m_run, m_texts);
    m_walk = new QPushButton;
    m_walk->setObjectName("capture-walk");
    m_walk->setProperty("primary", true);
    right->addWidget(m_fates);
    right->addWidget(m_why);
    right->addWidget(m_functions);
    right->addWidget(m_conversations);
    m_steps = new QListWidget;
    m_steps->setObjectName("capture-steps");
    m_steps->setUniformItemSizes(true);
    right->addWidget(m_steps, 1);
    right->addWidget(m_walk, 0, Qt::AlignLeft);

    auto* upper = new QSplitter(Qt::Horizontal);
    auto* list = new QWidget;
    auto* listed = new QVBoxLayout(list);
    listed->setContentsMargins(0, 0, 0, 0);
    listed->addWidget(m_histogram);
    listed->addWidget(m_table, 1);
    upper->addWidget(list);
    // a card with all that it tells is taller than a low window: it scrolls and is never cut
    auto* scroll = new QScrollArea;
    scroll->setObjectName("capture-side");
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(side);
    m_steps->setMinimumHeight(120);
    upper->addWidget(scroll);
    upper->setStretchFactor(0, 3);
    upper->setStretchFactor(1, 2);
    m_detail = new PacketDetail(m_texts);
    auto* both = new QSplitter(Qt::Vertical);
    both->addWidget(upper);
    both->addWidget(m_detail);
    both->setStretchFactor(0, 3);
    both->setStretchFactor(1, 2);
    column->addWidget(both, 1);
    m_stack->addWidget(page);
}

void CapturePanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_fates->setTheme(theme);
    m_functions->setTheme(theme);
    m_conversations->setTheme(theme);
    m_histogram->setTheme(theme);
    m_detail->setTheme(theme);
    m_why->setTheme(theme);
    m_model.setTheme(theme);
    m_table->setFont(theme.font(TextToken::mono));
    const int row = qRound(28 * theme.text_percent / 100.0);
    m_table->verticalHeader()->setDefaultSectionSize(row);
    const QFontMetrics metrics(m_table->font());
    const int digit = metrics.horizontalAdvance(QLatin1Char('0'));
    m_table->setColumnWidth(PacketModel::number, 8 * digit);
    m_table->setColumnWidth(PacketModel::time, 13 * digit);
    m_table->setColumnWidth(PacketModel::length, 8 * digit);
    m_table->setColumnWidth(PacketModel::source, 22 * digit);
    m_table->setColumnWidth(PacketModel::destination, 22 * digit);
    m_table->setColumnWidth(PacketModel::protocol, 9 * digit);
}

void CapturePanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void CapturePanel::retranslate() {
    setAccessibleName(tr("Capture"));
    m_empty->setText(tr("No capture is open. Drop a pcap or pcapng file here, or open one."));
    m_open->setText(tr("Open capture…"));
    m_walk->setText(tr("Show on its path"));
    m_clear->setText(tr("Clear filter"));
    m_reload->setText(tr("Reload"));
    m_reload->setToolTip(tr("Reads the file again (F5): it may have grown since"));
    m_reload->setShortcut(QKeySequence::Refresh);
    m_functions->setTitle(tr("Died in"));
    m_conversations->setTitle(tr("Conversations"));
    m_steps->setAccessibleName(tr("Walk of the packet"));
    m_steps->setToolTip(tr("The functions it passed, from the wire to its end. Enter or a double click goes there."));
    m_hostLabel->setText(tr("Our host"));
    m_host->setAccessibleName(tr("Which host is ours"));
    m_host->setToolTip(tr("Traffic to this address is received; what it sent itself is not."));
    m_sockets->setText(tr("Sockets open"));
    m_sockets->setToolTip(tr("Off: no port is bound, and datagrams die with NO_SOCKET."));
    m_paceLabel->setText(tr("Pace"));
    m_pace->setToolTip(
        tr("Costs in the model are notional, so by default an arrival waits until there is room; \"as recorded\" keeps "
           "the times and lets the ring overrun."));
    m_pace->setAccessibleName(tr("Pace of the replay"));
    const int pace = m_pace->currentIndex();
    m_pace->clear();
    m_pace->addItem(tr("lose nothing"));
    m_pace->addItem(tr("as recorded"));
    m_pace->setCurrentIndex(std::max(0, pace));
    m_filter->setPlaceholderText(tr("Filter: number, address, port, protocol, fate, reason or function"));
    m_filter->setAccessibleName(tr("Filter packets"));
    m_table->setAccessibleName(tr("Packets"));
    emit m_model.headerDataChanged(Qt::Horizontal, 0, PacketModel::columns_ - 1);
    m_model.refreshFates();
}

void CapturePanel::focusFilter() {
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void CapturePanel::reload() {
    const Capture* capture = m_run.hasRun() ? m_run.capture().get() : nullptr;
    m_stack->setCurrentIndex(capture ? 1 : 0);
    m_filterTimer.stop();
    const bool same = capture && capture == m_shown;  // with another host, pace or branch: the filter stays
    m_shown = capture;
    m_model.reload();
    m_detail->setPacket(nullptr, {});
    m_counts.open(capture);
    if (!same) {
        m_fates->clear();
        m_functions->clear();
        m_conversations->clear();
        m_histogram->restart();
        findConversations();
    }
    recount();
    if (!capture) return;
    fillHosts();
    startFilter();
    m_table->selectRow(0);
    m_table->setFocus();
}

void CapturePanel::fillHosts() {
    m_filling = true;
    const ReplayOptions& replay = m_run.request().replay;
    const std::optional<IpAddr> ours = replay.host ? replay.host : m_shown->guessHost();
    m_host->clear();
    const std::vector<AddressUse> addresses = m_shown->addresses();
    for (std::size_t i = 0; i < addresses.size() && i < 200; ++i) {
        const AddressUse& use = addresses[i];
        if (use.address.isMulticast() || use.address.isBroadcast() || use.address.isUnspecified()) continue;
        m_host->addItem(tr("%1 (%2 received)").arg(fromView(use.address.toString()), countText(use.received)),
                        fromView(use.address.toString()));
        if (ours == use.address) m_host->setCurrentIndex(m_host->count() - 1);
    }
    m_host->setEnabled(m_host->count() > 0);
    m_sockets->setChecked(replay.sockets);
    m_pace->setCurrentIndex(replay.pace == Pace::recorded ? 1 : 0);
    m_filling = false;
}

void CapturePanel::reopen() {
    if (m_filling || !m_shown) return;
    ReplayOptions replay = m_run.request().replay;
    replay.host = IpAddr::parse(m_host->currentData().toString().toStdString());
    replay.sockets = m_sockets->isChecked();
    replay.pace = m_pace->currentIndex() == 1 ? Pace::recorded : Pace::unlost;
    m_opening.reopenCapture(replay);
}

void CapturePanel::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_shown) m_table->setFocus();
}

void CapturePanel::showWalk(std::uint32_t packet) {
    m_steps->clear();
    if (packet == 0) return;
    const std::vector<WalkStep>& steps = m_run.walk(packet).steps;
    const bool died = m_run.whyDropped(packet) != nullptr;
    for (const WalkStep& step : steps) {
        const bool drops = step.how == WalkStep::How::dropped;
        if (step.how != WalkStep::How::enter && step.how != WalkStep::How::hardware && !drops) continue;
        QString text = m_run.functionName(step.function);
        if (step.how == WalkStep::How::hardware && m_steps->count() > 0 &&
            m_steps->item(m_steps->count() - 1)->text().startsWith(text))
            continue;  // the card's next step with the same frame
        text += QStringLiteral("   +%1").arg(timeText(step.time - steps.front().time));
        if (drops) text += QStringLiteral("   %1").arg(fromView(nameOf(step.drop)));
        auto* item = new QListWidgetItem(text, m_steps);
        item->setData(Qt::UserRole, QVariant::fromValue<qulonglong>(step.position));
        item->setFont(m_theme.font(TextToken::mono_small));
        item->setIcon(glyphIcon(drops ? Tone::drop : toneOf(step.context), m_theme));
        if (drops) item->setForeground(m_theme.color(Role::drop_text));
        if (drops && died) break;  // what follows frees it
    }
}

void CapturePanel::enterPacket() {
    const QModelIndex at = m_table->currentIndex();
    if (!at.isValid()) return;
    if (!m_travel.goToDrop(m_model.packetAt(at.row()))) return followPacket();
    emit pathRequested();
}

void CapturePanel::tryAgain(DropRemedy remedy) {
    ReplayOptions replay = m_run.request().replay;
    const auto set = [this](const char* name, std::int64_t value) {
        // a branch from before the packet arrived
        m_travel.goToPacket(m_why->packet());
        m_travel.seek(m_run.position() > 0 ? m_run.position() - 1 : 0);
        if (m_acting.intervene(SetSysctl{name, value})) emit pathRequested();
    };
    switch (remedy) {
        case DropRemedy::open_sockets:
            replay.sockets = true;
            return m_opening.reopenCapture(replay);
        case DropRemedy::lossless_pace:
            replay.pace = Pace::unlost;
            return m_opening.reopenCapture(replay);
        case DropRemedy::no_rp_filter:
            return set("net.ipv4.conf.all.rp_filter", 0);
        case DropRemedy::no_l2_multicast:
            return set("net.ipv4.conf.all.drop_unicast_in_l2_multicast", 0);
        case DropRemedy::forward:
            return set("net.ipv4.ip_forward", 1);
        case DropRemedy::none:
            return;
    }
}

void CapturePanel::showPacket() {
    m_why->setPacket(0);
    m_steps->clear();
    const QModelIndex at = m_table->currentIndex();
    m_walk->setEnabled(at.isValid());
    if (!at.isValid()) {
        m_detail->setPacket(nullptr, {});
        return;
    }
    const std::uint32_t packet = m_model.packetAt(at.row());
    m_detail->setPacket(m_model.decoded(packet), m_model.bytes(packet));
    m_whyTimer.start();
}

void CapturePanel::followPacket() {
    const QModelIndex at = m_table->currentIndex();
    if (!at.isValid()) return;
    m_travel.goToPacket(m_model.packetAt(at.row()));
    emit pathRequested();
}

}  // namespace ringside
