package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.synchronous.SynchronousHost;
import org.relaxon.testkit.Compare;
import org.relaxon.testkit.Contrived;
import org.relaxon.testkit.HostContract;

class SynchronousHostTest extends HostContract {
    @Override
    public Host newHost() {
        return new SynchronousHost();
    }

    @Override
    public boolean keepsTime() {
        return false;
    }

    @Test
    void delaysAreRefused() {
        RunPlan plan = RunPlan.of(new PredictiveCoding()).withDelay(Delays.parse("constant:1ms"));

        String message =
                Compare.refusal(() -> new SynchronousHost().open(Contrived.restless(), plan));
        assertTrue(message.contains("synchronous") && message.contains("virtual"), message);
    }
}
