package org.relaxon.tools.output;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * Whether pictures with letters can be drawn here: Java draws them by libraries of the system,
 * which a small container may not have. Everything else is written without them.
 */
public final class Drawing {
    private static final Optional<String> OBSTACLE = obstacle(Drawing::measureLetters);

    private Drawing() {}

    /** {@return why no picture can be drawn, with what to do; empty where they can} */
    public static Optional<String> obstacle() {
        return OBSTACLE;
    }

    /** The same of any drawing. */
    static Optional<String> obstacle(Runnable drawing) {
        try {
            drawing.run();
            return Optional.empty();
        } catch (LinkageError | InternalError | RuntimeException e) {
            return Optional.of(
                    "pictures (PNG) are left out, as letters cannot be drawn here; install fontconfig"
                            + " and a font, on Debian fontconfig, libfreetype6, libharfbuzz0b and"
                            + " fonts-dejavu-core ("
                            + e
                            + ")");
        }
    }

    private static void measureLetters() {
        Graphics2D pen = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        pen.getFontMetrics(new Font(Font.SANS_SERIF, Font.PLAIN, 12)).stringWidth("x");
        pen.dispose();
    }
}
