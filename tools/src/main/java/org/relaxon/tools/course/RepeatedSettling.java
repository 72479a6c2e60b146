package org.relaxon.tools.course;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.relaxon.experiments.problem.Problem;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.network.Population;
import org.relaxon.model.phase.Phase;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.GradientEstimate;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.tools.output.Json;
import org.relaxon.tools.output.RunDirectory;

/**
 * A settling that is repeated to be drawn: its energy and residual over time, and the travel times
 * of its links. On the host virtual, or on a host that sweeps; within a bound of work, so that of a
 * long settling the beginning is repeated. Nothing of the run itself changes.
 */
public final class RepeatedSettling {
    /** Table of energy and residual. */
    public static final String COURSE = "course.csv";

    /** Table of travel times. */
    public static final String LINKS = "links.csv";

    private static final int CELLS_MAX = 5000;
    private static final long NEURONS_MAX = 50_000L;
    private static final long OPERATIONS_MAX = 200_000_000L;
    private static final long RELAXATIONS_MAX = 50_000L;
    private static final long MESSAGES_MAX = 100_000L;
    private static final long FRAMES_MAX = 20_000L;

    private final RunReport original;
    private final String host;
    private final List<List<String>> course;
    private final List<List<String>> links;
    private final RunReport repeated;
    private final boolean whole;

    private RepeatedSettling(
            RunReport original,
            String host,
            List<List<String>> course,
            List<List<String>> links,
            RunReport repeated,
            boolean whole) {
        this.original = original;
        this.host = host;
        this.course = course;
        this.links = links;
        this.repeated = repeated;
        this.whole = whole;
    }

    /**
     * Repeats a settling.
     *
     * @param problem network, inputs and targets
     * @param method phases; strength 0 for the free phase alone
     * @param plan of the settling
     * @param budget of the settling
     * @param original what it cost
     * @param host where it ran; one without time runs it again, virtual any other
     * @param stopping receives what ends it
     * @return what was recorded; null if the network is too large, nothing relaxed, or the settling
     *     fails where it is repeated
     */
    public static RepeatedSettling of(
            Problem problem,
            Method method,
            RunPlan plan,
            Budget budget,
            RunReport original,
            Host host,
            Consumer<Runnable> stopping) {
        if (original.relaxations() == 0 || isLarge(problem, host)) {
            return null;
        }
        double share = share(original);
        boolean whole = share >= 1.0;
        Budget bound =
                whole
                        ? budget
                        : budget.withMessages(Math.max(1L, (long) (share * original.messages())));
        long every = 1 + (long) (original.relaxations() * Math.min(1.0, share)) / FRAMES_MAX;
        LinkTimes times = new LinkTimes();
        boolean timed = host.keepsTime();
        try (Host own = timed ? Hosts.virtual() : null) {
            Host used = timed ? own : host;
            RunPlan recorded = timed ? times.recorded(plan) : plan;
            try (Session session = used.open(problem.network(), recorded)) {
                if (session.cells().size() > CELLS_MAX) {
                    return null;
                }
                stopping.accept(session::cancel);
                Course course =
                        new Course(
                                new CellReadings(
                                        problem.network(), plan.rule(), session.cells().size()),
                                every);
                session.observe(course.observation());
                settle(session, problem, method, bound);
                return new RepeatedSettling(
                        original,
                        used.optionName(),
                        course.rows(),
                        times.rows(problem.network(), plan),
                        session.report(),
                        whole);
            }
        } catch (RuntimeException e) { // a result is not lost for want of its picture
            return null;
        }
    }

    private static boolean isLarge(Problem problem, Host host) {
        long neurons = problem.network().populations().stream().mapToLong(Population::size).sum();
        return neurons > NEURONS_MAX || host.optionName().equals("cluster");
    }

    /** How much of a settling fits into the bound; 1 or more for all of it. */
    private static double share(RunReport original) {
        return Math.min(
                Math.min(
                        OPERATIONS_MAX / Math.max(1.0, (double) original.synapticOperations()),
                        RELAXATIONS_MAX / Math.max(1.0, (double) original.relaxations())),
                MESSAGES_MAX / Math.max(1.0, (double) original.messages()));
    }

    private static void settle(Session session, Problem problem, Method method, Budget budget) {
        if (method.strength() == 0.0) {
            var unused = session.settle(Phase.free(problem.input()), budget);
        } else {
            var unused =
                    GradientEstimate.withinOneBasin(
                            session, method, problem.input(), problem.target(), budget);
        }
    }

    /**
     * Writes the tables.
     *
     * @param directory of the run
     * @throws IOException if a file cannot be written
     */
    public void write(RunDirectory directory) throws IOException {
        directory.table(COURSE, Course.HEADER, course);
        if (!links.isEmpty()) {
            directory.table(LINKS, LinkTimes.HEADER, links);
        }
    }

    /** {@return what was repeated, for a page} */
    public ObjectNode json() {
        ObjectNode out = Json.object();
        out.put("host", host);
        out.put("whole", whole);
        out.put("messages", repeated.messages());
        out.put("sameEvents", isSame());
        out.put("seconds", repeated.wallNanos() / 1e9);
        return out;
    }

    private boolean isSame() {
        return whole
                && original.traceHash() == repeated.traceHash()
                && original.stateHash() == repeated.stateHash()
                && original.messages() == repeated.messages();
    }
}
