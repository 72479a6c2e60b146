package org.relaxon.tools.site;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where on the site a file or directory of the source tree is shown, and links between pages. */
final class Places {
    private Places() {}

    /** Whether a file is shown as a picture, as it is. */
    static boolean isPicture(Path file) {
        return file.toString().matches(".*[.](png|svg)");
    }

    /**
     * The page of a file or directory: index.html for README.md and for a directory, NAME.html for
     * NAME.md, and NAME.EXTENSION.html for any other text.
     */
    static Path page(Path root, Path path) {
        if (Files.isDirectory(root.resolve(path))) {
            return path.resolve("index.html");
        }
        String name = path.getFileName().toString();
        if (isPicture(path)) {
            return path;
        }
        if (name.equals("README.md")) {
            return path.resolveSibling("index.html");
        }
        return path.resolveSibling(name.replaceFirst("[.]md$", "") + ".html");
    }

    /** A link from one page to another. */
    static String link(Path from, Path to) {
        Path directory = from.getParent();
        Path relative = directory == null ? to : directory.relativize(to);
        return relative.toString().replace('\\', '/');
    }
}
