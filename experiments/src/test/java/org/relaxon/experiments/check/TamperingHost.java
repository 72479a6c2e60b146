package org.relaxon.experiments.check;

import java.util.function.UnaryOperator;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Parameters;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Pipeline;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.RunReport;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.Session.Stepping;
import org.relaxon.runtime.observe.Observation;

/**
 * Hands on everything to another host, but changes the phase, the update or the rule of the cells:
 * a planted mistake.
 */
final class TamperingHost implements Host {
    private final Host host;
    private final UnaryOperator<Phase> phases;
    private final UnaryOperator<Parameters> updates;
    private final UnaryOperator<Rule> rules;

    private TamperingHost(
            Host host,
            UnaryOperator<Phase> phases,
            UnaryOperator<Parameters> updates,
            UnaryOperator<Rule> rules) {
        this.host = host;
        this.phases = phases;
        this.updates = updates;
        this.rules = rules;
    }

    static TamperingHost withUpdates(Host host, UnaryOperator<Parameters> updates) {
        return new TamperingHost(host, UnaryOperator.identity(), updates, UnaryOperator.identity());
    }

    /** The cells follow another rule than the claim is about. */
    static TamperingHost withRules(Host host, UnaryOperator<Rule> rules) {
        return new TamperingHost(host, UnaryOperator.identity(), UnaryOperator.identity(), rules);
    }

    static TamperingHost withPhases(Host host, UnaryOperator<Phase> phases) {
        return new TamperingHost(host, phases, UnaryOperator.identity(), UnaryOperator.identity());
    }

    @Override
    public String optionName() {
        return host.optionName();
    }

    @Override
    public Session open(Network network, RunPlan plan) {
        RunPlan own = plan.withRule(rules.apply(plan.rule()));
        return new TamperingSession(host.open(network, own));
    }

    @Override
    public Pipeline open(Network network, RunPlan plan, int lanes) {
        throw new UnsupportedOperationException("claims are about one session");
    }

    @Override
    public void close() {
        host.close();
    }

    private final class TamperingSession implements Session {
        private final Session session;

        private TamperingSession(Session session) {
            this.session = session;
        }

        @Override
        public Settlement settle(Phase phase, Budget budget) {
            return session.settle(phases.apply(phase), budget);
        }

        @Override
        public Stepping begin(Phase phase, Budget budget) {
            return session.begin(phases.apply(phase), budget);
        }

        @Override
        public Stepping resume(byte[] saved) {
            return session.resume(saved);
        }

        @Override
        public LocalUpdate update(Conclusive settled, Estimator estimator) {
            LocalUpdate update = session.update(settled, estimator);
            return new LocalUpdate(updates.apply(update.gradient()), estimator, update.examples());
        }

        @Override
        public Parameters unprovenUpdate(Estimator estimator) {
            return updates.apply(session.unprovenUpdate(estimator));
        }

        @Override
        public RunReport report() {
            return session.report();
        }

        @Override
        public void learn(Conclusive settled, Estimator estimator, double rate) {
            session.learn(settled, estimator, rate);
        }

        @Override
        public void learn(Conclusive settled, Estimator estimator, LearningStep step) {
            session.learn(settled, estimator, step);
        }

        @Override
        public org.relaxon.model.settle.Trained train(
                Phase phase, Estimator estimator, LearningStep step, long whole, Budget budget) {
            return session.train(phase, estimator, step, whole, budget);
        }

        @Override
        public java.util.List<Parameters> memories(int count) {
            return session.memories(count);
        }

        @Override
        public void loadMemories(java.util.List<Parameters> memories) {
            session.loadMemories(memories);
        }

        @Override
        public Parameters parameters() {
            return session.parameters();
        }

        @Override
        public void load(Parameters parameters) {
            session.load(parameters);
        }

        @Override
        public void snapshot(String name) {
            session.snapshot(name);
        }

        @Override
        public Network network() {
            return session.network();
        }

        @Override
        public java.util.List<CellId> cells() {
            return session.cells();
        }

        @Override
        public void observe(Observation observation) {
            session.observe(observation);
        }

        @Override
        public void cancel() {
            session.cancel();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
