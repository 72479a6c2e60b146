package org.relaxon.tools.output;

import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.knowm.xchart.style.markers.Marker;

/** The outline of a circle, square or diamond; a larger one encloses the smaller ones. */
final class HollowMarker extends Marker {
    /** Width of the smallest, in pixels. */
    static final int SMALLEST = 6;

    private static final int GROWTH = 3;
    private static final int SHAPES = 3;
    private static final BasicStroke OUTLINE = new BasicStroke(1.8f);

    private final int size;

    /**
     * @param size 0 for the smallest
     */
    HollowMarker(int size) {
        this.size = size;
    }

    @Override
    public void paint(Graphics2D pen, double x, double y, int smallest) {
        pen.setStroke(OUTLINE);
        pen.draw(outline(x, y, (smallest + GROWTH * size) / 2.0));
    }

    private Shape outline(double x, double y, double half) {
        return switch (size % SHAPES) {
            case 0 -> new Ellipse2D.Double(x - half, y - half, 2 * half, 2 * half);
            case 1 -> new Rectangle2D.Double(x - half, y - half, 2 * half, 2 * half);
            default -> diamond(x, y, StrictMath.sqrt(2.0) * half);
        };
    }

    private static Shape diamond(double x, double y, double half) {
        Path2D out = new Path2D.Double();
        out.moveTo(x - half, y);
        out.lineTo(x, y - half);
        out.lineTo(x + half, y);
        out.lineTo(x, y + half);
        out.closePath();
        return out;
    }
}
