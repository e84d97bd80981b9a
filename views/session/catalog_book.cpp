#include "views/session/catalog_book.h"

#include <memory>

namespace ringside {

CatalogBook::CatalogBook(std::filesystem::path data, QObject* parent) : QObject(parent), m_data(std::move(data)) {}

void CatalogBook::read() {
    if (m_catalog || m_reading.busy()) return;
    m_reading.start([this, folder = catalogFolder(m_data)](const std::stop_token&) -> Background::Done {
        auto catalog = std::make_shared<Catalog>(readCatalog(folder));
        auto glossary = std::make_shared<Result<Glossary>>(Glossary::load(glossaryFile(folder)));
        return [this, catalog, glossary] {
            m_catalog = std::move(*catalog);
            if (*glossary) m_glossary = std::move(**glossary);
            emit ready();
        };
    });
}

}  // namespace ringside
