#pragma once
// A tree of named values with what this step changed in it: old value, new value, signed difference.

#include <QAbstractItemModel>
#include <functional>
#include <memory>
#include <vector>

#include "engine/core/value.h"
#include "views/theme/theme.h"

namespace ringside {

class InspectorModel : public QAbstractItemModel {
    Q_OBJECT
  public:
    enum Roles { changedRole = Qt::UserRole, oldRole, deltaRole, groupRole, pathRole, valueRole };
    explicit InspectorModel(QObject* parent = nullptr);
    ~InspectorModel() override;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    /// Shows `now`, with what differs from `before` (null: nothing to compare with). Where the shape stays, rows stay.
    void setValues(const Value& now, const Value* before);
    void setFilter(const QString& filter);
    void setTheme(const Theme& theme);
    /// How a group's name and a field's doc are said to the learner.
    void setWords(std::function<QString(const std::string&)> groupName, std::function<QString(std::string_view)> doc);
    [[nodiscard]] bool empty() const;
    /// Names and values of the rows that changed, for tests and screen readers.
    [[nodiscard]] QStringList changes() const;

  private:
    struct Node;
    void build(Node& node, const Value& now, const Value* before, bool shown);
    [[nodiscard]] Node* nodeOf(const QModelIndex& index) const;
    void rebuild();

    Value m_now, m_before;
    bool m_compare = false;
    QString m_filter;
    Theme m_theme;
    std::unique_ptr<Node> m_root;
    std::function<QString(const std::string&)> m_groupName;
    std::function<QString(std::string_view)> m_doc;
};

}  // namespace ringside
