package org.relaxon.tools.output;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.relaxon.experiments.storage.WholeFile;

/** A picture as PNG, at twice the size for sharp letters. */
final class BitmapCanvas implements Canvas {
    private static final int SCALE = 2;

    private final BufferedImage image;
    private final Graphics2D pen;

    BitmapCanvas(int width, int height) {
        image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        pen = image.createGraphics();
        pen.scale(SCALE, SCALE);
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        rectangle(0, 0, width, height, Color.WHITE);
    }

    @Override
    public void rectangle(double x, double y, double width, double height, Color fill) {
        pen.setColor(fill);
        pen.fill(new Rectangle2D.Double(x, y, width, height));
    }

    @Override
    public void line(double x0, double y0, double x1, double y1, Stroke stroke) {
        pen.setColor(stroke.colour());
        float[] dashes = new float[stroke.dashes().length];
        for (int k = 0; k < dashes.length; k++) {
            dashes[k] = (float) stroke.dashes()[k];
        }
        pen.setStroke(
                new BasicStroke(
                        (float) stroke.width(),
                        BasicStroke.CAP_ROUND,
                        BasicStroke.JOIN_ROUND,
                        10f,
                        dashes.length == 0 ? null : dashes,
                        0f));
        pen.draw(new Line2D.Double(x0, y0, x1, y1));
    }

    @Override
    public void text(double x, double y, String text, Anchor anchor, int size, Color colour) {
        pen.setColor(colour);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
        double width = pen.getFontMetrics().stringWidth(text);
        double share = anchor == Anchor.START ? 0.0 : anchor == Anchor.MIDDLE ? 0.5 : 1.0;
        pen.drawString(text, (float) (x - share * width), (float) y);
    }

    @Override
    public void upright(double x, double y, String text, int size) {
        pen.translate(x, y);
        pen.rotate(-Math.PI / 2);
        text(0, 0, text, Anchor.MIDDLE, size, Color.BLACK);
        pen.rotate(Math.PI / 2);
        pen.translate(-x, -y);
    }

    @Override
    public void write(Path file) throws IOException {
        pen.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        WholeFile.replace(file, png::writeTo);
    }
}
