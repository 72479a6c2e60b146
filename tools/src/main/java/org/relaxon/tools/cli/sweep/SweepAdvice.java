package org.relaxon.tools.cli.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.relaxon.experiments.advice.Advice;
import org.relaxon.experiments.advice.Setting;
import org.relaxon.experiments.sweep.GridPoint;
import org.relaxon.experiments.sweep.ResolvedRun;
import org.relaxon.experiments.sweep.SweepRow;
import org.relaxon.experiments.sweep.SweepRun;
import org.relaxon.model.settle.Reason;
import org.relaxon.runtime.Host;
import org.relaxon.tools.cli.process.Interruption;
import org.relaxon.tools.cli.run.AdviceByKind;
import org.relaxon.tools.cli.run.JudgedSettling;
import org.relaxon.tools.cli.run.RefusedRun;

/** Advice about the runs of a grid. */
final class SweepAdvice {
    private final SweepRun runs;
    private final SweepConfig config;
    private final Host host;
    private final Interruption interruption;

    SweepAdvice(SweepRun runs, SweepConfig config, Host host, Interruption interruption) {
        this.runs = runs;
        this.config = config;
        this.host = host;
        this.interruption = interruption;
    }

    /** Advice about runs that did not settle, except those refused beforehand or stopped. */
    AdviceByKind of(Collection<SweepRow> rows) throws IOException {
        List<RefusedRun> refused = new ArrayList<>();
        for (SweepRow row : rows) {
            reason(row).ifPresent(reason -> refused.add(refused(row, reason)));
        }
        return AdviceByKind.of(refused);
    }

    private static Optional<Reason> reason(SweepRow row) {
        return Arrays.stream(Reason.values())
                .filter(r -> r != Reason.CANCELLED && r.reportName().equals(row.reason()))
                .findFirst();
    }

    private RefusedRun refused(SweepRow row, Reason reason) {
        GridPoint point = runs.grid().point(row.index());
        ResolvedRun run = runs.resolve(point);
        return new RefusedRun(
                "run " + row.index(),
                run.method().algorithm().label(),
                reason,
                () -> find(point, run, reason));
    }

    private RefusedRun.Found find(GridPoint point, ResolvedRun run, Reason reason)
            throws IOException {
        Setting setting =
                Setting.of(
                        run.method(),
                        other -> run.plan().withRule(other.algorithm().rule()),
                        run.budget());
        Advice found =
                new JudgedSettling(
                                run.problem().build().in(run.plan().kernels().precision()),
                                null,
                                interruption)
                        .advice(host, setting, reason);
        String command =
                found.isFound()
                        ? config.repeat(runs, point, Set.copyOf(found.replaced()), found.words())
                        : "";
        return new RefusedRun.Found(found, command);
    }
}
