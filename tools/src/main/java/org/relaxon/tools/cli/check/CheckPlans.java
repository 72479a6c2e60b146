package org.relaxon.tools.cli.check;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.relaxon.experiments.check.CheckPlan;
import org.relaxon.experiments.check.Family;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.algorithm.Reference;
import org.relaxon.model.math.Kernels;
import org.relaxon.model.network.Granularity;
import org.relaxon.model.network.Network;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.rule.Signalling;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.tools.cli.option.RunOptions;

/**
 * Gathers what is to be checked into plans: methods that share estimator, strength and problem
 * share a plan, and so a table.
 */
final class CheckPlans {
    private static final List<Granularity> GRAINS = List.of(Granularity.NEURON, Granularity.LAYER);

    private record Key(Estimator estimator, double strength, ProblemSpec problem) {}

    private final RunOptions run;
    private final Map<String, Host> open;
    private final Map<Key, List<Method>> groups = new LinkedHashMap<>();

    /** {@code open} collects the hosts, for the caller to close. */
    CheckPlans(RunOptions run, Map<String, Host> open) {
        this.run = run;
        this.open = open;
    }

    Host host(String name) {
        return open.computeIfAbsent(name, run::host);
    }

    void add(Method method, ProblemSpec problem) {
        Key key = new Key(method.estimator(), method.strength(), problem);
        groups.computeIfAbsent(key, k -> new ArrayList<>()).add(method);
    }

    List<CheckPlan> on(
            List<Host> hosts,
            List<Granularity> grains,
            List<DelayModel> delays,
            List<Long> seeds,
            Reference against) {
        List<CheckPlan> out = new ArrayList<>();
        boolean sweeping = !hosts.isEmpty() && hosts.stream().noneMatch(Host::keepsTime);
        groups.forEach(
                (key, methods) ->
                        out.add(
                                new CheckPlan(
                                        methods,
                                        hosts,
                                        grains,
                                        delays,
                                        against,
                                        key.problem(),
                                        seeds,
                                        run.threshold(),
                                        run.tolerance(),
                                        run.refractoryNanos(),
                                        run.conditions(),
                                        run.kernels(),
                                        run.budget(sweeping),
                                        run.auditRounds())));
        return out;
    }

    /**
     * The whole family, under delay where hosts have delays and on the sweeping hosts. On a graph,
     * without the members and the host that refuse it.
     *
     * @param leftOut receives a line for each of these
     * @throws IllegalArgumentException if every member refuses the graph
     */
    List<CheckPlan> family(ProblemSpec problem, List<Long> seeds, Consumer<String> leftOut)
            throws IOException {
        Map<String, String> refusals = new LinkedHashMap<>();
        List<Host> sweeping = new ArrayList<>(List.of(host("synchronous"), host("red-black")));
        for (Family.Member m : Family.members(problem)) {
            String refusal = isPlainChain(problem) && inDoubles() ? "" : refusal(m);
            if (refusal.isEmpty()) {
                add(m.method(), m.problem());
            } else {
                refusals.putIfAbsent(m.method().algorithm().label(), refusal);
            }
        }
        leftOut(refusals).forEach(leftOut);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("all: no algorithm is defined on this network");
        }
        if (problem.graph().isPresent() && !isLayered(problem.build().network())) {
            sweeping.remove(1);
            leftOut.accept("red-black: needs layers");
        }
        if (!problem.timing().isEmpty()) {
            sweeping.clear();
            leftOut.accept("synchronous, red-black: the network states " + problem.timing());
        }
        List<Host> asynchronous = List.of(host("virtual"), host("akka"));
        List<DelayModel> delayed = List.of(Delays.parse("exponential:200us"));
        List<CheckPlan> slow = on(asynchronous, GRAINS, delayed, seeds, null);
        if (sweeping.isEmpty()) {
            return slow;
        }
        List<CheckPlan> fast = on(sweeping, GRAINS, List.of(Delays.none()), seeds, null);
        List<CheckPlan> out = new ArrayList<>();
        for (int k = 0; k < slow.size(); k++) {
            out.add(slow.get(k));
            out.add(fast.get(k));
        }
        return out;
    }

    /**
     * A line for each reason, with all algorithms and variants that have it by name.
     *
     * @param refusals reason by {@link Algorithm#label}
     */
    private static List<String> leftOut(Map<String, String> refusals) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        refusals.forEach(
                (label, why) -> labels.computeIfAbsent(why, w -> new ArrayList<>()).add(label));
        List<String> out = new ArrayList<>();
        labels.forEach((why, names) -> out.add(String.join(", ", names) + ": " + why));
        return out;
    }

    /** On a chain with transposed weights every member runs. */
    private static boolean isPlainChain(ProblemSpec problem) {
        return problem.graph().isEmpty() && problem.feedback().isEmpty();
    }

    private boolean inDoubles() {
        return run.kernels().precision() == Kernels.Precision.DOUBLE;
    }

    private String refusal(Family.Member member) throws IOException {
        try {
            Algorithm algorithm = member.method().algorithm();
            Network network = member.problem().build().network();
            algorithm.requireDefinedOn(network);
            Signalling usual = Signalling.exact(Signalling.leastThreshold(run.kernels()));
            usual.requireSupported(network, algorithm.rule(), run.kernels());
            return "";
        } catch (IllegalArgumentException e) {
            String named = member.method().algorithm().optionName() + ": "; // without the variant
            return e.getMessage().startsWith(named)
                    ? e.getMessage().substring(named.length())
                    : e.getMessage();
        }
    }

    private static boolean isLayered(Network network) {
        try {
            network.requireLayered("red-black");
            return network.closing().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
