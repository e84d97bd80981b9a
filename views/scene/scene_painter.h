#pragma once
// Puts a display list on any paint device: screen, picture, SVG, PDF, printer.

#include <QBrush>
#include <QFont>
#include <QHash>
#include <QPainter>
#include <QPixmap>
#include <QRegion>
#include <map>

#include "views/scene/display_list.h"
#include "views/theme/theme.h"

namespace ringside {

/// Which layers of a list to paint.
enum class Part : std::uint8_t { still, moving, all };

/// Paints lists in one theme; keeps the fonts and textures it made. `ratio` is the device's pixels per logical pixel.
class ScenePainter {
  public:
    ScenePainter(const Theme& theme, double ratio = 1);
    /// Paints with the list's origin at the painter's; edges are put on whole device pixels. Antialiasing is switched
    /// on.
    void paint(QPainter& painter, const DisplayList& list, Part part = Part::all);
    /// Paints the still layer within a region of widget pixels only.
    void paintStill(QPainter& painter, const DisplayList& list, const QRegion& region);
    /// A rectangle of the list in widget pixels.
    [[nodiscard]] QRectF toWidget(const QRectF& rect) const;
    [[nodiscard]] const Theme& theme() const { return m_theme; }

  private:
    struct FontOf {
        QFont font;
        double cap = 0;  ///< height of capitals in widget pixels
    };
    void draw(QPainter& painter, const Primitive& p);
    void paintMoving(QPainter& painter, const DisplayList& list);
    void drawSprite(QPainter& painter, const DisplayList& list, std::size_t first, std::size_t last, const Item& item);
    void drawRect(QPainter& painter, const Primitive& p);
    void drawLine(QPainter& painter, const Primitive& p);
    void drawArc(QPainter& painter, const Primitive& p);
    void drawGlyph(QPainter& painter, const Primitive& p);
    void drawText(QPainter& painter, const Primitive& p);
    [[nodiscard]] double snap(double value) const;
    [[nodiscard]] QPen penOf(const Stroke& stroke) const;
    [[nodiscard]] QColor colorOf(const Fill& fill) const;
    const QBrush& textureOf(const Fill& fill);
    const FontOf& fontOf(TextToken token, double size);

    Theme m_theme;
    double m_ratio;
    double m_scale;
    std::map<std::pair<Texture, Role>, QBrush> m_textures;
    std::map<std::pair<TextToken, double>, FontOf> m_fonts;
    QHash<std::size_t, QPixmap> m_sprites;  ///< moving items that look alike, by what they draw
};

/// A number for what a primitive looks like, its place taken relative to `origin` in tenths of a pixel.
std::size_t lookOf(const Primitive& primitive, QPointF origin = {});

/// Paints a list once; for pictures and tests.
void paint(QPainter& painter, const DisplayList& list, const Theme& theme, double ratio = 1);

}  // namespace ringside
