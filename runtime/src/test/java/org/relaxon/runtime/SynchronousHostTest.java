package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.rule.PredictiveCoding;
import org.relaxon.runtime.delay.Delays;
import org.relaxon.runtime.synchronous.SynchronousHost;

class SynchronousHostTest extends HostContract {
    @Override
    Host newHost() {
        return new SynchronousHost();
    }

    @Override
    List<String> delays() {
        return List.of("none");
    }

    @Override
    boolean keepsTime() {
        return false;
    }

    @Test
    void delaysAreRefused() {
        RunPlan plan = RunPlan.of(new PredictiveCoding()).withDelay(Delays.parse("constant:1ms"));

        String message = refusal(() -> new SynchronousHost().open(Contrived.restless(), plan));
        assertTrue(message.contains("synchronous") && message.contains("virtual"), message);
    }
}
