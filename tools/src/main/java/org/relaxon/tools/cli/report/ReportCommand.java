package org.relaxon.tools.cli.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.relaxon.tools.cli.option.OutputOptions;
import org.relaxon.tools.cli.process.ExitCode;
import org.relaxon.tools.cli.text.ErrorLine;
import org.relaxon.tools.report.FigureFiles;
import org.relaxon.tools.report.Overview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes pages about finished runs. */
@Command(
        name = "report",
        description = {
            "Writes a self-contained report.html into each run directory: question, verdict"
                    + " and the picture that answers it; the other pictures, each with its data;"
                    + " the command, and folded tables, among them the worst rows with the command"
                    + " that repeats each.",
            "With --out, also writes one page for all of them, worst first; if all are of one"
                    + " kind, such as settle, it compares their settings and figures. Several runs of"
                    + " one kind without --out: comparison.html in the directory above them. Data"
                    + " that a run did not record is marked as missing.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  relaxon report runs/check/20260131-120000-0123abcd",
            "  relaxon report runs/settle/*             with runs/settle/comparison.html",
            "  relaxon report runs/*/* --out runs/overview.html",
            "  relaxon report runs/*/* --out page.html --force    page.html is no report",
            "  relaxon report runs/check/20260131-120000-0123abcd --figures pdf"
        })
public final class ReportCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "DIR", arity = "1..*", description = "Run directories.")
    private List<Path> directories;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "One page for all directories, with links to their pages.")
    private Path out;

    @Option(
            names = "--force",
            description =
                    "Also replace files that are not earlier reports. Earlier"
                            + " reports are always replaced.")
    private boolean force;

    @Option(
            names = "--figures",
            paramLabel = "svg|pdf",
            description =
                    "Also write the figures that a page draws into the directory figures of"
                            + " each run, in the width of a column (85 mm), in light colours: svg, or"
                            + " pdf with its font embedded.")
    private FigureFiles.Kind figures;

    @Override
    public Integer call() throws IOException {
        PrintWriter stdout = spec.commandLine().getOut();
        for (Path file : Overview.write(whole(), out, force)) {
            OutputOptions.announce(stdout, file);
        }
        if (figures != null) {
            for (Path directory : whole()) {
                List<Path> written = FigureFiles.write(directory, figures);
                for (Path file : written) {
                    OutputOptions.announce(stdout, file);
                }
                if (written.isEmpty()) {
                    ErrorLine.print(
                            spec.commandLine().getErr(),
                            "figures: the page of %s draws none; its maps are PNG files beside it"
                                    .formatted(directory));
                }
            }
        }
        stdout.flush();
        return ExitCode.DONE;
    }

    /**
     * All directories except those of runs that were killed before they wrote a file; all if there
     * is no other.
     */
    private List<Path> whole() throws IOException {
        List<Path> whole = new ArrayList<>();
        for (Path directory : directories) {
            if (directories.size() > 1 && Overview.isPage(directory)) {
                continue; // that of an earlier comparison, which runs/settle/* names as well
            }
            if (directories.size() > 1 && Overview.isStillborn(directory)) {
                ErrorLine.print(
                        spec.commandLine().getErr(),
                        directory + ": its run was killed before it wrote a file; left out");
            } else {
                whole.add(directory);
            }
        }
        return whole.isEmpty() ? directories : whole;
    }
}
