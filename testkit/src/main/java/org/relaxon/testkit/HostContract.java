package org.relaxon.testkit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.relaxon.runtime.Host;

/**
 * What every host promises, as JUnit 5 tests. A test class of a host extends this class, implements
 * {@link #newHost()}, and overrides what its host cannot do. Time limits only turn a hang into a
 * failure.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HostContract
        implements EquilibriumContract,
                LearningContract,
                StartContract,
                BudgetContract,
                IsolationContract {
    private Host host;

    /** Makes a test class; JUnit does. */
    protected HostContract() {}

    @BeforeAll
    final void open() {
        host = newHost();
    }

    @AfterAll
    final void close() {
        host.close();
    }

    @Override
    public final Host host() {
        return host;
    }
}
