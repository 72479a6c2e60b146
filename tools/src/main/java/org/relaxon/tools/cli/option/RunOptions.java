package org.relaxon.tools.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.math.Kernels;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Conditions;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.DelayOn;
import org.relaxon.runtime.delay.Durations;
import org.relaxon.runtime.discipline.Discipline;
import org.relaxon.runtime.fault.Burst;
import org.relaxon.runtime.fault.Chance;
import org.relaxon.runtime.fault.Crash;
import org.relaxon.runtime.fault.Cut;
import org.relaxon.runtime.fault.Delivery;
import org.relaxon.runtime.fault.Faults;
import org.relaxon.runtime.fault.SlowCell;
import org.relaxon.runtime.fault.Starvation;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that fix how a network settles, other than those that a check varies. */
public final class RunOptions {
    @Mixin private ClusterOptions cluster;
    @Mixin private CellPlacement placement;

    @Option(
            names = "--threshold",
            paramLabel = "X",
            description =
                    "Smallest change that is sent: absolute for an activity, relative"
                            + " to its size for an error; 0 means any changed bit. Default a"
                            + " hundredth of --tolerance, or 1e-10 without it, and smaller where"
                            + " a smaller error is measured or a projection's update would not"
                            + " be resolved.")
    private Double threshold;

    @Option(
            names = "--tolerance",
            paramLabel = "X",
            description =
                    "Required resolution of each projection's update, relative to its"
                            + " size, and largest audited defect that counts as settled. Default"
                            + " 1e-4, with defects up to 100 x threshold.")
    private Double tolerance;

    @Option(
            names = "--refractory",
            paramLabel = "SPAN",
            description =
                    "Mean pause of a cell between two relaxations. Default the mean delay; without"
                            + " delay 100us, 0 for whole layers.")
    private String refractory;

    @Option(
            names = "--cut",
            paramLabel = "A->B[@FROM..TO]",
            description =
                    "Outage from one layer or cell to another, permanent or for a"
                            + " span, such as 2->3@0ms..5ms. May be repeated.")
    private List<String> cuts = new ArrayList<>();

    @Option(
            names = "--kernels",
            paramLabel = "K",
            defaultValue = "strict",
            description = "strict or fast arithmetic. Default ${DEFAULT-VALUE}.")
    private String kernels;

    @Option(
            names = "--precision",
            paramLabel = "P",
            defaultValue = "double",
            description =
                    "Precision of weights and of their products: double or float, for networks of"
                            + " matrices and algorithms that hold errors as variables. In float"
                            + " the threshold is at least 5e-7, and 1e-6 by default. Default"
                            + " ${DEFAULT-VALUE}.")
    private String precision;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the akka host. Default one per processor.")
    private Integer threads;

    @Option(
            names = "--audit-rounds",
            paramLabel = "N",
            defaultValue = "12",
            description =
                    "Number of audits after which a network that is quiescent away"
                            + " from its equilibrium counts as not settled. Default"
                            + " ${DEFAULT-VALUE}.")
    private int auditRounds;

    @Option(
            names = "--budget-messages",
            paramLabel = "N",
            description = "Signals that one settling may send. Default 10000000.")
    private Long budgetMessages;

    @Option(
            names = "--budget-time",
            paramLabel = "SPAN",
            description =
                    "Host time that one settling may take, virtual or wall-clock."
                            + " Default 60s; not for hosts that sweep.")
    private String budgetTime;

    @Option(
            names = "--budget-sweeps",
            paramLabel = "N",
            description = "Sweeps of the hosts synchronous and red-black, which have no time.")
    private Long budgetSweeps;

    @Option(
            names = "--budget-relaxations",
            paramLabel = "N",
            description =
                    "Relaxations of all cells in one settling. Default 10000000, or"
                            + " --budget-messages if that is larger.")
    private Long budgetRelaxations;

    @Option(
            names = "--budget-memory",
            paramLabel = "MIB",
            description = "Heap that cells and links may need. Default four fifths of the heap.")
    private Long budgetMemory;

    @Option(
            names = "--discipline",
            paramLabel = "D",
            description =
                    "When a cell may relax: eager, poisson:RATE, handshake, turn-taking, or a clock"
                            + " of your own, see relaxon list. Default eager; turn-taking in a training of pc, pc-clamped, ep, hep,"
                            + " coupled, chl or chl-clamped by phases on virtual or akka.")
    private String discipline;

    @Option(
            names = "--delivery",
            paramLabel = "D",
            description =
                    "best-effort or reliable-latest, which repeats the newest signal until it has"
                            + " arrived. Default what the discipline needs.")
    private String delivery;

    @Option(
            names = "--delay-on",
            paramLabel = "A->B=MODEL",
            description =
                    "A different delay from one layer or cell to another; activity"
                            + " goes up, feedback down. May be repeated.")
    private List<String> delaysOn = new ArrayList<>();

    @Option(
            names = "--drop",
            paramLabel = "[A->B=]P",
            description = "Share of signals lost, on all links or on one. May be repeated.")
    private List<String> drops = new ArrayList<>();

    @Option(
            names = "--duplicate",
            paramLabel = "[A->B=]P",
            description = "Share of signals that arrive twice, likewise. May be repeated.")
    private List<String> duplicates = new ArrayList<>();

    @Option(
            names = "--reorder",
            paramLabel = "[A->B=]P",
            description =
                    "Share of signals held back until the next signal on their link"
                            + " has overtaken them, likewise. May be repeated.")
    private List<String> reorders = new ArrayList<>();

    @Option(
            names = "--late",
            paramLabel = "[A->B=]P",
            description =
                    "Share of signals that arrive only in the next phase, likewise; needs an"
                            + " algorithm with two phases. May be repeated.")
    private List<String> lates = new ArrayList<>();

    @Option(
            names = "--starve",
            paramLabel = "CELL[@N]",
            description =
                    "Cell whose incoming signals wait for N deliveries to other cells,"
                            + " or until nothing else is left; virtual host only. Default 10000."
                            + " May be repeated.")
    private List<String> starved = new ArrayList<>();

    @Option(
            names = "--burst",
            paramLabel = "PERIOD,LENGTH",
            description =
                    "In every PERIOD each link is down for LENGTH, at a random moment,"
                            + " such as 10ms,2ms. May be repeated.")
    private List<String> bursts = new ArrayList<>();

    @Option(
            names = "--slow",
            paramLabel = "CELL=SPAN",
            description =
                    "Pause of a cell or layer after each of its relaxations. May be repeated.")
    private List<String> slow = new ArrayList<>();

    @Option(
            names = "--crash",
            paramLabel = "CELL@N[+]",
            description =
                    "The cell loses its state when its n-th signal of a phase arrives;"
                            + " with +, also at every later signal. May be repeated.")
    private List<String> crashes = new ArrayList<>();

    /** {@return the threshold; NaN if not given} */
    public double threshold() {
        return threshold == null ? Double.NaN : requireNumber("threshold", threshold);
    }

    /** {@return the tolerance; NaN if not given} */
    public double tolerance() {
        return tolerance == null ? Double.NaN : requireNumber("tolerance", tolerance);
    }

    /** {@return the pause of a cell; -1 if not given} */
    public long refractoryNanos() {
        return refractory == null ? -1 : Durations.parse("refractory", refractory);
    }

    /** {@return discipline, delivery and faults} */
    public Conditions conditions() {
        return conditions(Discipline.EAGER);
    }

    /**
     * The same with another default discipline, unless a requested fault rules it out.
     *
     * @param preset default
     * @return discipline, delivery and faults
     */
    public Conditions conditions(Discipline preset) {
        Faults faults = faults();
        Discipline own = faults.overtakes() ? Discipline.EAGER : preset;
        Delivery chosen =
                delivery == null
                        ? null
                        : ProblemOptions.choice("delivery", Delivery.values(), delivery);
        return new Conditions(
                discipline == null ? own : Discipline.parse(discipline),
                chosen,
                faults,
                delaysOn.stream().map(DelayOn::parse).toList());
    }

    private Faults faults() {
        return new Faults(
                drops.stream().map(t -> Chance.parse("drop", t)).toList(),
                duplicates.stream().map(t -> Chance.parse("duplicate", t)).toList(),
                reorders.stream().map(t -> Chance.parse("reorder", t)).toList(),
                lates.stream().map(t -> Chance.parse("late", t)).toList(),
                cuts.stream().map(Cut::parse).toList(),
                bursts.stream().map(Burst::parse).toList(),
                slow.stream().map(SlowCell::parse).toList(),
                crashes.stream().map(Crash::parse).toList(),
                starved.stream().map(Starvation::parse).toList());
    }

    /** {@return the kind of arithmetic} */
    public Kernels.Kind kernels() {
        Kernels.Kind[] named = Kernels.Kind.named().toArray(Kernels.Kind[]::new);
        return ProblemOptions.choice("kernels", named, kernels).in(precision());
    }

    private Kernels.Precision precision() {
        return ProblemOptions.choice("precision", Kernels.Precision.values(), precision);
    }

    /**
     * A host.
     *
     * @param name as in options
     * @return the host, to be closed
     */
    public Host host(String name) {
        return name.equals(ClusterOptions.CLUSTER)
                ? cluster.open(placement)
                : Catalog.host(name, threads());
    }

    /** {@return threads of a host that has several} */
    public int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /** {@return the largest number of audits per phase} */
    public int auditRounds() {
        return auditRounds;
    }

    /**
     * The limits of one settling.
     *
     * @param sweeping whether the host counts sweeps instead of time
     * @return the budget
     */
    public Budget budget(boolean sweeping) {
        Budget budget = Budget.DEFAULT;
        if (budgetMessages != null) {
            budget = budget.withMessages(budgetMessages);
        }
        if (budgetRelaxations != null) {
            budget = budget.withRelaxations(budgetRelaxations);
        }
        if (sweeping) {
            return budgetSweeps == null ? budget : budget.withNanos(sweeps());
        }
        return budgetTime == null
                ? budget
                : budget.withNanos(Durations.parse("budget-time", budgetTime));
    }

    /**
     * The limits of one settling on one host.
     *
     * @param host its name
     * @return the budget
     */
    public Budget budget(String host) {
        return budget(Catalog.isSweeping(host));
    }

    private long sweeps() {
        if (budgetSweeps < 1) {
            throw new IllegalArgumentException(
                    "budget-sweeps: %d must be at least 1".formatted(budgetSweeps));
        }
        return budgetSweeps;
    }

    /**
     * Refuses options that none of these hosts would use.
     *
     * @param hosts their names
     */
    public void requireRead(List<String> hosts) {
        boolean sweeping = hosts.stream().anyMatch(Catalog::isSweeping);
        boolean timed = !hosts.stream().allMatch(Catalog::isSweeping);
        String names = String.join(", ", hosts);
        if (budgetSweeps != null && !sweeping) {
            throw new IllegalArgumentException(
                    "budget-sweeps: %s does not sweep; give --budget-time".formatted(names));
        }
        if (budgetTime != null && !timed) {
            throw new IllegalArgumentException(
                    "budget-time: %s counts sweeps and has no time; give --budget-sweeps"
                            .formatted(names));
        }
        cluster.requireRead(hosts, placement);
        if (threads != null && !hosts.contains("akka")) {
            throw new IllegalArgumentException(
                    "threads: applies only to the host akka, not to %s".formatted(names));
        }
    }

    /** {@return the limit for cells and links in bytes} */
    public long memoryLimitBytes() {
        if (budgetMemory == null) {
            return Runtime.getRuntime().maxMemory() / 5 * 4;
        }
        if (budgetMemory < 1 || budgetMemory > 1L << 30) {
            throw new IllegalArgumentException(
                    "budget-memory: %d MiB is not in 1..%d".formatted(budgetMemory, 1L << 30));
        }
        return budgetMemory << 20;
    }

    /**
     * Refuses faults that need more phases than a run has.
     *
     * @param phases of the run
     */
    public void requirePhases(int phases) {
        if (phases < 2 && !lates.isEmpty()) {
            throw new IllegalArgumentException(
                    "late: this run settles one phase, and a signal can be late only for a"
                            + " second one; use an algorithm with a free phase, such as ep");
        }
    }

    private static double requireNumber(String option, double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(option + ": need a number >= 0, got NaN");
        }
        return value;
    }
}
