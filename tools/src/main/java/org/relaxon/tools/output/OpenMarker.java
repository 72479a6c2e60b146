package org.relaxon.tools.output;

import java.awt.Color;
import java.awt.Graphics2D;
import org.knowm.xchart.style.markers.Marker;

/** A filled marker with a white core, which is another one in grey as well. */
final class OpenMarker extends Marker {
    private static final double CORE = 0.5; // of its width

    private final Marker filled;

    OpenMarker(Marker filled) {
        this.filled = filled;
    }

    @Override
    public void paint(Graphics2D pen, double x, double y, int size) {
        filled.paint(pen, x, y, size);
        Color own = pen.getColor();
        pen.setColor(Color.WHITE);
        filled.paint(pen, x, y, (int) Math.round(CORE * size));
        pen.setColor(own);
    }
}
