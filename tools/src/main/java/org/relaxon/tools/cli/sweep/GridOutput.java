package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.text.Launcher;
import org.relaxon.tools.report.RunPage;

/** Where the result of a grid goes: a run directory, the terminal, a JSON object. */
final class GridOutput {
    private final OutputOptions output;
    private final PrintWriter out;
    private final PrintWriter err;

    GridOutput(OutputOptions output, PrintWriter out, PrintWriter err) {
        this.output = output;
        this.out = out;
        this.err = err;
    }

    /** Prints a remark for the user. */
    void remark(String text) {
        err.println("relaxon: " + text);
        err.flush();
    }

    /**
     * Writes a result.
     *
     * @param directory null for none
     * @param kept false if a row could not be stored, so that all are printed
     */
    void write(GridResult result, SweepDirectory directory, boolean kept) throws IOException {
        ObjectNode json = GridJson.of(result);
        if (directory != null) {
            output.directory(
                    json,
                    directory.path(),
                    place -> {
                        if (directory.restore()) {
                            remark(directory.path() + " had vanished; it was made again");
                        }
                        directory.write(result, json);
                        RunPage.write(directory.path(), true); // replacing an earlier one
                        return directory.path();
                    });
        }
        GridJson.end(json, result);
        boolean lost = !kept || json.has("directoryLost");
        List<String> rows = lost ? GridJson.rows(json, result) : List.of();
        if (output.prose()) {
            out.print(GridText.of(result, Launcher::typed));
            result.advice().print(out);
            if (result.isInVain()) {
                out.println("\nNo run of this grid was completed: nothing is claimed.");
            }
            rows.forEach(out::println);
            OutputOptions.announce(out, json);
        }
        if (!result.whole() && directory != null && lost) {
            remark("go on, once there is room, with: " + Launcher.typed(directory.goOn()));
        }
        output.write(json, out);
    }
}
