package org.relaxon.tools.serve;

import java.util.List;

/** The pages that can be served, each with its scripts. */
public enum LivePage {
    /** A settling, with controls. */
    SETTLING(
            "index.html",
            List.of(
                    "main.js",
                    "desk.js",
                    "controls.js",
                    "network.js",
                    "charts.js",
                    "film.js",
                    "verdict.js")),

    /** The curves of trainings. */
    TRAINING("training.html", List.of("training.js", "curves.js", "desk.js"));

    private final String file;
    private final List<String> scripts;

    LivePage(String file, List<String> scripts) {
        this.file = file;
        this.scripts = scripts;
    }

    /** The page itself. */
    String file() {
        return file;
    }

    /** The scripts, each an ES module. */
    List<String> scripts() {
        return scripts;
    }
}
