package org.relaxon.testkit;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.phase.Phase;
import org.relaxon.model.plasticity.Estimator;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.signal.Parcel;
import org.relaxon.model.signal.Signal;
import org.relaxon.runtime.Budget;
import org.relaxon.runtime.Host;
import org.relaxon.runtime.Session;
import org.relaxon.runtime.host.Hosts;
import org.relaxon.testkit.planted.PlantedHost;

/** Each contract is broken by one planted mistake and kept without it. */
class HostContractTest {
    /** A session that replaces one call; null stands for the sound one. */
    private interface Mistake {
        Object call(Session sound, String method, Object[] arguments);
    }

    private static final Object NOTHING = new Object();

    private static Session planted(Session sound, Mistake mistake) {
        return (Session)
                Proxy.newProxyInstance(
                        Session.class.getClassLoader(),
                        new Class<?>[] {Session.class},
                        (proxy, method, arguments) -> {
                            Object planted = mistake.call(sound, method.getName(), arguments);
                            if (planted != null) {
                                return planted == NOTHING ? null : planted;
                            }
                            try {
                                return method.invoke(sound, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static Host planted(Mistake mistake) {
        Host sound = Hosts.virtual();
        return (Host)
                Proxy.newProxyInstance(
                        Host.class.getClassLoader(),
                        new Class<?>[] {Host.class},
                        (proxy, method, arguments) -> {
                            try {
                                Object out = method.invoke(sound, arguments);
                                return out instanceof Session s ? planted(s, mistake) : out;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    private static final class Tested extends HostContract {
        private final Host tested;

        Tested(Host tested) {
            this.tested = tested;
            open();
        }

        @Override
        public Host newHost() {
            return tested;
        }
    }

    private static void requireBroken(Host broken, Consumer<HostContract> test) {
        test.accept(new Tested(Hosts.virtual()));
        assertThrows(AssertionError.class, () -> test.accept(new Tested(broken)));
    }

    /** The values of every signal arrive 1 % too large. */
    static Parcel forged(Cell receiver, int slot, Parcel parcel) {
        Signal s = (Signal) parcel;
        double[] values = s.values().clone();
        for (int k = s.offset(); k < s.offset() + s.length(); k++) {
            values[k] *= 1.01;
        }
        return new Signal(s.phase(), s.version(), values, s.offset(), s.length());
    }

    @Test
    void signalsThatChangeOnTheirWayAreFound() {
        Host forging = PlantedHost.receiving(HostContractTest::forged);
        requireBroken(forging, HostContract::crossEntropySettlesToTheReference);
        Host believing = PlantedHost.credulous().withArrival(HostContractTest::forged);
        requireBroken(believing, HostContract::aLinearNetworkRestsWhereTheClosedFormSays);
    }

    @Test
    void aRateThatIsNotTheOneGivenIsFound() {
        Host hasty =
                planted(
                        (sound, method, arguments) -> {
                            if (method.equals("learn") && arguments[2] instanceof Double rate) {
                                Conclusive settled = (Conclusive) arguments[0];
                                sound.learn(settled, (Estimator) arguments[1], 1.01 * rate);
                                return NOTHING;
                            }
                            return null;
                        });
        requireBroken(hasty, HostContract::learningChangesTheWeightsByMinusTheRateTimesTheUpdate);
    }

    @Test
    void aSnapshotThatIsNotTakenIsFound() {
        Host forgetful =
                planted((sound, method, arguments) -> method.equals("snapshot") ? NOTHING : null);
        requireBroken(forgetful, HostContract::aStateThatDidNotSettleIsNotSavedAsOneThatDid);
    }

    @Test
    void neuronsThatAreNotHeldAreFound() {
        Host free =
                planted(
                        (sound, method, arguments) -> {
                            if (method.equals("settle")) {
                                arguments[0] = Phase.free(((Phase) arguments[0]).input());
                            }
                            return null;
                        });
        requireBroken(
                free,
                c -> c.heldNeuronsRestAtTheirValuesAndTheOthersAtTheReference("layer", "none"));
    }

    @Test
    void aBudgetThatIsNotKeptIsFound() {
        Host spendthrift =
                planted(
                        (sound, method, arguments) -> {
                            if (method.equals("settle")) {
                                arguments[1] = Budget.DEFAULT;
                            }
                            return null;
                        });
        requireBroken(spendthrift, HostContract::aMessageBudgetThatIsTooSmallEndsInThatVerdict);
    }

    @Test
    void aSessionThatStaysOpenIsFound() {
        Host open = planted((sound, method, arguments) -> method.equals("close") ? NOTHING : null);
        requireBroken(open, HostContract::aClosedSessionRefusesToSettle);
    }
}
