package org.relaxon.experiments.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relaxon.experiments.check.Family.Member;
import org.relaxon.experiments.claims.Claim;
import org.relaxon.experiments.claims.Predictions;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.network.Granularity;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.synchronous.RedBlackHost;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.runtime.virtual.VirtualHost;

/** Every member of the family keeps its claim on every host that is deterministic. */
class FamilyTest {
    private static final List<Host> HOSTS =
            List.of(new VirtualHost(), new SynchronousHost(), new RedBlackHost());

    /** Below this, round-off and unsent changes are a visible share of an error. */
    private static final double CLEAR = 1e-9;

    static List<Member> members() {
        return Family.members(ProblemSpec.defaults());
    }

    @ParameterizedTest
    @MethodSource("members")
    void everyMemberHoldsOnEveryHostAndErrsAsPredicted(Member member) throws IOException {
        List<CheckCase> cases =
                new LocalUpdatesMatchReference(planOf(member).withHosts(HOSTS.toArray(Host[]::new)))
                        .run()
                        .cases();

        assertEquals(HOSTS.size(), cases.size());
        for (CheckCase c : cases) {
            assertTrue(c.holds(), c.toString());
            assertPredicted(c);
        }
    }

    @Test
    void membersOfEveryKindHoldInCellsOfOneNeuron() throws IOException {
        Set<String> names = Set.of("fy-pc", "z-il", "ep", "hep", "chl", "coupled");
        Set<String> seen = new TreeSet<>();
        for (Member m : members()) {
            if (!names.contains(m.method().algorithm().optionName())
                    || !seen.add(m.method().algorithm().label())) {
                continue;
            }
            CheckPlan plan = planOf(m).withGranularities(Granularity.NEURON);

            CheckCase found = new LocalUpdatesMatchReference(plan).run().cases().get(0);

            assertTrue(found.holds(), found.toString());
            assertPredicted(found);
        }
        assertTrue(seen.size() >= names.size(), seen.toString());
    }

    @Test
    void anErrorIsPredictedForEveryMemberThatIsNotExact() throws IOException {
        int known = 0;
        for (Member m : members()) {
            Claim claim = Claim.of(m.method().algorithm(), m.method().estimator(), null);
            assertTrue(claim.isExact() || Predictions.known(claim));
            if (!claim.isExact()) {
                known++;
                CheckCase found = new LocalUpdatesMatchReference(planOf(m)).run().cases().get(0);
                assertTrue(found.predicted() > 0, found.toString());
            }
        }
        assertEquals(22, known);
    }

    @Test
    void noTwoMembersAreTheSame() {
        assertEquals(members().size(), Set.copyOf(names()).size(), names().toString());
    }

    private static List<String> names() {
        return members().stream()
                .map(
                        m ->
                                "%s %s %s %s"
                                        .formatted(
                                                m.method().algorithm().label(),
                                                m.method().estimator(),
                                                m.method().strength(),
                                                m.problem().loss()))
                .toList();
    }

    /** To 1 %, where the error stands clear of rounding. */
    private static void assertPredicted(CheckCase c) {
        if (c.predicted() > CLEAR) {
            assertEquals(1.0, c.relativeError() / c.predicted(), 0.01, c.toString());
        }
    }

    private static CheckPlan planOf(Member m) {
        return CheckPlan.of(m.problem(), HOSTS.subList(0, 1)).withMember(m);
    }
}
