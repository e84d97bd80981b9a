#include "views/scene/scene_export.h"

#include <QBuffer>
#include <QFileInfo>
#include <QPdfWriter>
#include <QPrinter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <algorithm>

#include "views/scene/scene_painter.h"

namespace ringside {
namespace {

QSize pixelSize(const DisplayList& list, const Theme& theme) {
    return (list.size() * theme.scale()).toSize().expandedTo(QSize(1, 1));
}
/// What a CSS pixel is: one logical pixel of the scene is one of these.
constexpr int kDotsPerInch = 96;

void paintOn(QPaintDevice& device, const DisplayList& list, const Theme& theme, double ratio) {
    QPainter painter(&device);
    painter.fillRect(QRectF(QPointF(0, 0), list.size() * theme.scale()), theme.color(Role::bg));
    paint(painter, list, theme, ratio);
}

void writeSvg(QIODevice& out, const DisplayList& list, const Theme& theme) {
    QSvgGenerator svg;
    svg.setOutputDevice(&out);
    svg.setSize(pixelSize(list, theme));
    svg.setViewBox(QRect(QPoint(0, 0), pixelSize(list, theme)));
    svg.setResolution(kDotsPerInch);
    svg.setTitle(QStringLiteral("Ringside"));  // not translated: the name of the program
    paintOn(svg, list, theme, 1);
}

void writePdf(QIODevice& out, const DisplayList& list, const Theme& theme) {
    QPdfWriter pdf(&out);
    pdf.setResolution(kDotsPerInch);
    const QSizeF points = QSizeF(pixelSize(list, theme)) * 72.0 / kDotsPerInch;
    pdf.setPageSize(QPageSize(points, QPageSize::Point, QString(), QPageSize::ExactMatch));
    pdf.setPageMargins(QMarginsF());
    pdf.setCreator(QStringLiteral("Ringside"));
    paintOn(pdf, list, theme, 1);
}

}  // namespace

QImage renderImage(const DisplayList& list, const Theme& theme, double ratio) {
    QImage image(pixelSize(list, theme) * ratio, QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(theme.color(Role::bg));
    QPainter painter(&image);
    paint(painter, list, theme, ratio);
    return image;
}

Result<QString> exportScene(const DisplayList& list, const Theme& theme, const QString& path, double ratio) {
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix != QLatin1String("png") && suffix != QLatin1String("svg") && suffix != QLatin1String("pdf")) {
        return Error{path.toStdString(), "a file name ending in .png, .svg or .pdf",
                     "\"." + suffix.toStdString() + "\""};
    }
    QSaveFile file(path);
    // Unbuffered: what the system says of a failure is then still there to be told.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        return Error{path.toStdString(), "a file that can be written", file.errorString().toStdString()};
    // Made in memory first: Qt's writers do not tell that a device takes no more.
    QByteArray bytes;
    QBuffer picture(&bytes);
    picture.open(QIODevice::WriteOnly);
    bool written = true;
    if (suffix == QLatin1String("png"))
        written = renderImage(list, theme, ratio).save(&picture, "PNG");
    else if (suffix == QLatin1String("svg"))
        writeSvg(picture, list, theme);
    else
        writePdf(picture, list, theme);
    if (!written) return Error{path.toStdString(), "a picture that can be encoded", "an error of the encoder"};
    qint64 done = 0;
    for (qint64 n = 1; n > 0 && done < bytes.size(); done += std::max<qint64>(n, 0))
        n = file.write(bytes.constData() + done, bytes.size() - done);
    if (done != bytes.size() || !file.commit())
        return Error{path.toStdString(), "room for the picture", file.errorString().toStdString()};
    return path;
}

Result<QString> printScene(const DisplayList& list, const Theme& theme, QPrinter& printer) {
    printer.setResolution(kDotsPerInch);
    QPainter painter;
    if (!painter.begin(&printer))
        return Error{printer.printerName().toStdString(), "a printer that accepts a page", "an error of the printer"};
    const QRectF page = printer.pageLayout().paintRectPixels(printer.resolution());
    const QSizeF size = list.size() * theme.scale();
    const double fit = std::min({1.0, page.width() / size.width(), page.height() / size.height()});
    painter.scale(fit, fit);
    paint(painter, list, theme, 1);
    return printer.printerName();
}

}  // namespace ringside
