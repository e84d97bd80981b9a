#pragma once
// What the reusable parts of pictures draw with: the list they add to and the measure of texts.

#include <QCoreApplication>

#include "views/scene/display_list.h"
#include "views/scene/text_metrics.h"

namespace ringside {

struct Canvas {
    DisplayList& list;
    const TextMetrics& metrics;

    [[nodiscard]] double width(const QString& text, TextToken token, double size = 0) const {
        return metrics.width(text, token, size);
    }
    /// A text whose middle is at `y`, from `x` to the right.
    void textAt(double x, double y, const QString& text, TextToken token, Role role) const {
        list.text({x, y - 10, width(text, token) + 2, 20}, text, token, role);
    }
};

/// `hover`, focus and selection know where an item ends; this grows a rectangle by the same on every side.
inline QRectF grown(const QRectF& rect, double by) { return rect.adjusted(-by, -by, by, by); }

}  // namespace ringside
