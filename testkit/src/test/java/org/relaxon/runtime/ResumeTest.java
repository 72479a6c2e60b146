package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A settling that is interrupted, written down and resumed elsewhere keeps every bit. */
class ResumeTest {
    @Test
    void whatIsInterruptedGoesOnInEveryBitUnderAnyDisciplineAndFault() {
        int interrupted = 0;
        int interruptions = 0;
        long mostInFlight = 0;
        for (ResumeCase one : ResumeCase.all()) {
            InterruptedHost whole = new InterruptedHost(null, null);
            String result = one.run(whole);
            SplittableRandom random = new SplittableRandom(one.number());
            InterruptedHost split = new InterruptedHost(random, null);
            assertEquals(result, one.run(split), one.toString());
            assertEquals(whole.notes(), split.notes(), one.toString());
            interrupted += split.interruptions() > 0 ? 1 : 0;
            interruptions += split.interruptions();
            mostInFlight = Math.max(mostInFlight, split.mostInFlight());
        }
        assertTrue(interrupted >= 200, interrupted + " cases");
        assertTrue(interruptions >= 400, interruptions + " interruptions");
        assertTrue(mostInFlight > 10, mostInFlight + " parcels in flight");
    }

    /** The twin: another seed is another note. */
    @Test
    void anotherSeedIsAnotherNote() {
        ResumeCase one = ResumeCase.all().get(3);
        InterruptedHost host = new InterruptedHost(null, null);
        one.run(host);
        InterruptedHost other = new InterruptedHost(null, null);
        RunPlan plan = one.plan().withSeed(one.plan().seed() + 1);
        new ResumeCase(3, one.row(), one.name(), one.problem(), plan, one.phases()).run(other);
        assertNotEquals(host.notes(), other.notes());
    }
}
