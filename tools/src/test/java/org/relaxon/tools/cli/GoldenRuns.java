package org.relaxon.tools.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The commands whose results must not change while the inside does: every algorithm, host,
 * granularity, discipline, delay, fault, activation, estimator and kind of training, on networks so
 * small that all of them take less than a minute.
 */
final class GoldenRuns {
    /** How much of a run is determined by its options. */
    enum Kind {
        /** Everything but times. */
        EXACT,
        /** What settles, in every bit, but not the way there. */
        STATES,
        /** The verdict, and arrays within the tolerance. */
        VERDICT
    }

    /** One command and what of it has to repeat. */
    record Golden(Kind kind, String arguments) {}

    private static final String NET = " --layers 4,6,5,3 --batch 2";
    private static final List<String> ALGORITHMS =
            List.of(
                    "pc-nudge",
                    "pc",
                    "pc-clamped",
                    "fpa-pc",
                    "z-il",
                    "precision-pc --precisions 1,2,3",
                    "fy-pc --output-activation tanh",
                    "dual-propagation",
                    "ep",
                    "hep",
                    "chl",
                    "chl-clamped",
                    "coupled",
                    "ep --form difference",
                    "chl --form difference",
                    "chl-clamped --form difference",
                    "coupled --form difference",
                    "pc --dynamics coordinate",
                    "pc-nudge --dynamics gradient --beta 1e-2",
                    "ep --dynamics gradient",
                    "pc --dynamics safeguarded --discipline turn-taking",
                    "fy-pc --dynamics safeguarded:all --discipline turn-taking");
    private static final List<String> MEMBERS = List.of("pc-nudge", "ep", "chl");

    private final Set<Golden> all = new LinkedHashSet<>();

    private GoldenRuns() {}

    /** All of them, each once, in an order of their own. */
    static List<Golden> list() {
        GoldenRuns runs = new GoldenRuns();
        runs.families();
        runs.disciplines();
        runs.delays();
        runs.faults();
        runs.networks();
        runs.trainings();
        runs.grids();
        return new ArrayList<>(runs.all);
    }

    private void add(Kind kind, String arguments) {
        all.add(new Golden(kind, arguments.replaceAll(" +", " ").trim()));
    }

    private void settle(Kind kind, String arguments) {
        add(kind, "settle --algorithm " + arguments + NET);
    }

    private void families() {
        for (String algorithm : ALGORITHMS) {
            for (String cells : List.of("layer", "neuron", "block:2")) {
                String on = algorithm + " --granularity " + cells;
                settle(Kind.EXACT, on);
                settle(Kind.EXACT, on + " --delay exponential:1ms --seed 2");
            }
            for (String host : List.of("synchronous", "red-black")) {
                settle(Kind.EXACT, algorithm + " --host " + host);
                settle(Kind.EXACT, algorithm + " --granularity neuron --host " + host);
            }
            settle(Kind.VERDICT, algorithm + " --host akka --seed 3");
            settle(Kind.VERDICT, algorithm + " --host akka --granularity neuron --seed 3");
        }
    }

    private void disciplines() {
        for (String member : MEMBERS) {
            for (String discipline : List.of("turn-taking", "handshake", "poisson:20000")) {
                for (String cells : List.of("layer", "neuron")) {
                    String on = member + " --granularity " + cells + " --discipline " + discipline;
                    settle(Kind.EXACT, on + " --delay uniform:0us,200us");
                    boolean ordered = !discipline.startsWith("poisson");
                    settle(ordered ? Kind.STATES : Kind.VERDICT, on + " --host akka");
                }
            }
            settle(Kind.EXACT, member + " --probes --delay exponential:1ms");
            settle(Kind.EXACT, member + " --kernels fast");
            settle(Kind.EXACT, member + " --quantum 1e-6 --tolerance .5");
        }
    }

    private void delays() {
        for (String member : MEMBERS) {
            for (String delay :
                    List.of(
                            "constant:1ms",
                            "pareto:1ms,1.5",
                            "lognormal:1ms,0.5",
                            "per-link:1ms,1000.0",
                            "bimodal:1ms,300ms,0.02",
                            "payload:1ms,10us",
                            "newest-first:1ms",
                            "exponential:1ms --delay-on 1->2=constant:5ms",
                            "exponential:1ms --refractory 1ms")) {
                settle(Kind.EXACT, member + " --granularity neuron --delay " + delay);
            }
        }
    }

    private void faults() {
        for (String member : MEMBERS) {
            for (String fault :
                    List.of(
                            "--drop .2",
                            "--drop .3 --delivery reliable-latest",
                            "--drop 1->2=.5",
                            "--duplicate .3",
                            "--reorder .3",
                            "--late .2",
                            "--cut 2->1",
                            "--cut 1->2@0ms..5ms",
                            "--burst 5ms,1ms",
                            "--crash 2@3",
                            "--crash 2@3+",
                            "--slow 2=3ms",
                            "--starve 2")) {
                settle(Kind.EXACT, member + " --delay exponential:1ms " + fault);
            }
        }
    }

    private void networks() {
        for (String member : MEMBERS) {
            for (String activation :
                    List.of("sigmoid", "relu", "softplus", "hard-sigmoid", "linear")) {
                settle(Kind.EXACT, member + " --activation " + activation + " --seed 4");
            }
            for (String other :
                    List.of(
                            "--estimator centred",
                            "--estimator negative",
                            "--loss cross-entropy",
                            "--against backprop",
                            "--gain 3",
                            "--threshold 1e-6 --tolerance 1e-2",
                            "--budget-messages 5")) {
                settle(Kind.EXACT, member + " " + other);
            }
            add(Kind.EXACT, "settle --algorithm " + member + " --layers 3,3,3,3,3,3,3,3,3,3,3,3,3");
            add(Kind.EXACT, "settle --algorithm " + member + " --layers 3,2");
        }
        settle(Kind.EXACT, "pc-nudge --output-activation tanh");
        settle(Kind.EXACT, "ep --output-activation sigmoid");
        settle(Kind.EXACT, "hep --points 4");
        settle(Kind.EXACT, "z-il --inference-rate .5");
        add(Kind.EXACT, "settle --data two-moons --batch 3");
        add(Kind.EXACT, "settle --data strokes --layers 784,6,10");
    }

    private void trainings() {
        String few =
                " --data two-moons --layers 2,5,4,2 --examples 60 --test-examples 30 --batch 8";
        String train = few + " --iterations 12 --evaluate-every 6";
        for (String algorithm : ALGORITHMS) {
            if (!algorithm.startsWith("precision-pc")) {
                add(Kind.EXACT, "train --algorithm " + algorithm + train);
            }
        }
        for (String member : List.of("pc-nudge", "ep")) {
            String on = "train --algorithm " + member + train;
            for (String other :
                    List.of(
                            "--optimiser momentum:0.9 --rate .05",
                            "--optimiser sgd --rate .05 --l2 1e-3",
                            "--weight-decay 1e-2",
                            "--update-probability .5",
                            "--align-every 3",
                            "--beside backprop",
                            "--in-flight 3 --delay exponential:1ms",
                            "--last-batch drop --epochs 1",
                            "--activation relu")) {
                String chosen = other.contains("--epochs") ? on.replace("--iterations 12", "") : on;
                add(Kind.EXACT, chosen + " " + other);
            }
            add(Kind.STATES, on + " --host akka --discipline turn-taking");
            add(Kind.EXACT, on + " --schedule continual --optimiser sgd --rate .05");
        }
        add(Kind.EXACT, "train --algorithm ipc" + train);
    }

    private void grids() {
        add(Kind.EXACT, "check --delay all --seeds 2 --host virtual --layers 4,6,5,3");
        add(Kind.EXACT, "check --algorithm ep,chl,coupled,hep --host virtual" + NET);
        add(Kind.EXACT, "check --algorithm ep --against backprop --host virtual" + NET);
        String axes = " --axis beta=1e-1,1e-3 --axis gain=1,4 --seeds 2";
        add(Kind.EXACT, "sweep --algorithm pc-nudge" + axes + " --delay exponential:1ms" + NET);
        add(Kind.EXACT, "sweep --algorithm ep --axis drop=0,.3 --axis delay-mean=1ms,5ms" + NET);
    }
}
