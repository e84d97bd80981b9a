#pragma once
// The lessons there are and the words they explain, read once off the GUI thread for whoever lists them.

#include <QObject>
#include <filesystem>
#include <optional>

#include "lessons/catalog.h"
#include "lessons/glossary.h"
#include "views/session/background.h"

namespace ringside {

class CatalogBook : public QObject {
    Q_OBJECT
  public:
    /// `data` is the folder with lessons/.
    explicit CatalogBook(std::filesystem::path data, QObject* parent = nullptr);
    /// Begins to read, unless that was done; ready() tells when it is.
    void read();
    /// Null until it is read.
    [[nodiscard]] const Catalog* catalog() const { return m_catalog ? &*m_catalog : nullptr; }
    /// Empty until it is read, and where there is none that can be read: `ringside check` tells what is wrong with it.
    [[nodiscard]] const Glossary& glossary() const { return m_glossary; }

  signals:
    void ready();

  private:
    std::filesystem::path m_data;
    std::optional<Catalog> m_catalog;
    Glossary m_glossary;
    Background m_reading{this};
};

}  // namespace ringside
