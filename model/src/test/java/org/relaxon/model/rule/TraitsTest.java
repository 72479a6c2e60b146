package org.relaxon.model.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.network.Network;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.rule.StatedEnergy.Kind;
import org.relaxon.model.state.CellState;

/** Sets of traits, and what follows from them. */
class TraitsTest {
    @Test
    void traitsAreSets() {
        Traits two = Traits.of(Trait.ERROR_FORM, Trait.HOLDS_ERRORS);
        assertEquals(two, Traits.of(Trait.HOLDS_ERRORS).with(Trait.ERROR_FORM));
        assertEquals(two, Traits.NONE.with(two));
        assertEquals(Traits.of(Trait.ERROR_FORM), two.without(Trait.HOLDS_ERRORS, Trait.COMPLEX));
        assertTrue(two.has(Trait.ERROR_FORM));
        assertFalse(two.has(Trait.COMPLEX));
    }

    @Test
    void planesFollowFromTraits() {
        assertEquals(1, Traits.NONE.activityPlanes());
        assertEquals(1, Traits.NONE.feedbackPlanes());
        assertEquals(2, Traits.of(Trait.COMPLEX).activityPlanes());
        assertEquals(2, Traits.of(Trait.COMPLEX).feedbackPlanes());
        assertEquals(1, Traits.of(Trait.SENDS_CURVATURE).activityPlanes());
        assertEquals(2, Traits.of(Trait.SENDS_CURVATURE).feedbackPlanes());
    }

    @Test
    void aWaveNeedsAPhaseThatStartsFromAnother() {
        Phase first = Phase.free(Matrix.zeros(1, 1));
        Phase second = first.startingFrom("free");
        Traits wave = Traits.of(Trait.DATAFLOW, Trait.ACTS_ONCE);
        assertTrue(wave.isDataflow(second) && wave.actsOnce(second));
        assertFalse(wave.isDataflow(first) || wave.actsOnce(first));
        assertFalse(Traits.of(Trait.ACTS_ONCE).actsOnce(second));
    }

    @Test
    void anEnergyOfOnesOwnMayStateItsValueAlone() {
        StatedEnergy own = StatedEnergy.own((state, energy) -> energy[0] += 3.0);
        double[] energy = new double[1];
        own.add(null, energy);
        assertEquals(3.0, energy[0]);
        StatedEnergy.OWN.add(null, energy);
        assertTrue(Double.isNaN(energy[0]));
        StatedEnergy.Value value = new Fivefold();
        assertEquals(5.0, StatedEnergy.own(value).loss(null, null, null));
        assertThrows(
                IllegalArgumentException.class,
                () -> new StatedEnergy(Kind.HOPFIELD, List.of(), null, value));
        assertThrows(IllegalArgumentException.class, () -> StatedEnergy.of(Kind.TERM));
        assertThrows(
                IllegalArgumentException.class,
                () -> new StatedEnergy(Kind.OWN, List.of(), Terms.QUARTIC, null));
    }

    private static final class Fivefold implements StatedEnergy.Value {
        @Override
        public void add(CellState state, double[] energy) {}

        @Override
        public double loss(Network network, double[] output, double[] target) {
            return 5.0;
        }
    }

    @Test
    void onlyDynamicsThatRenewDo() {
        assertThrows(UnsupportedOperationException.class, () -> Dynamics.FIXED_POINT.renew(null));
        Rule all = new SafeguardedPredictiveCoding(Moves.ALL_CELLS);
        assertThrows(UnsupportedOperationException.class, () -> all.dynamics().renew(null));
        assertFalse(all.traits().has(Trait.NEEDS_RENEWAL));
        assertTrue(
                new SafeguardedPredictiveCoding(Moves.ONE_CELL).traits().has(Trait.NEEDS_RENEWAL));
    }
}
