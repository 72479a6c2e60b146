package org.relaxon.experiments.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void sharesHaveTheIntervalOfWilson() {
        Interval most = Interval.share(8, 10); // centre .7168, half .2265, by hand
        assertEquals(0.8, most.value());
        assertEquals(0.4902, most.low(), 1e-4);
        assertEquals(0.9433, most.high(), 1e-4);

        Interval all = Interval.share(5, 5);
        assertEquals(0.5655, all.low(), 1e-4); // 1 / (1 + 1.96^2 / 5)
        assertEquals(1.0, all.high());
        assertEquals(0.0, Interval.share(0, 5).low());
        assertEquals(0.4345, Interval.share(0, 5).high(), 1e-4);
        assertTrue(Double.isNaN(Interval.share(0, 0).value()));
    }

    @Test
    void meansHaveTheIntervalOfStudent() {
        Interval three = Interval.mean(1.0, 2.0, 4.0);
        assertEquals(7.0 / 3.0, three.value(), 1e-15);
        double half = 4.302652729911275 * Math.sqrt(7.0 / 3.0 / 3.0); // variance 7/3
        assertEquals(7.0 / 3.0 - half, three.low(), 1e-12);
        assertEquals(7.0 / 3.0 + half, three.high(), 1e-12);
        assertNotEquals(7.0 / 3.0 - 1.96 * Math.sqrt(7.0 / 9.0), three.low(), 0.5);

        assertEquals(3.5, Interval.mean(3.5).value());
        assertTrue(Double.isNaN(Interval.mean(3.5).low()));
        assertTrue(Double.isNaN(Interval.mean().value()));
    }

    @Test
    void slopesHaveTheIntervalOfStudent() {
        double[] x = {0, 1, 2, 3};
        Interval line = Interval.slope(x, new double[] {1, 3, 2, 5}); // by hand: residuals 2.7 / 2
        assertEquals(1.1, line.value(), 1e-15);
        double half = 4.302652729911275 * Math.sqrt(2.7 / 2 / 5);
        assertEquals(1.1 - half, line.low(), 1e-12);
        assertEquals(1.1 + half, line.high(), 1e-12);

        Interval exact = Interval.slope(x, new double[] {1, 3, 5, 7});
        assertEquals(new Interval(2, 2, 2), exact);
    }

    /** The twins: two points leave no freedom, and one position has no slope. */
    @Test
    void slopesOfTooFewPointsHaveNoInterval() {
        Interval two = Interval.slope(new double[] {1, 3}, new double[] {2, 8});
        assertEquals(3.0, two.value());
        assertTrue(Double.isNaN(two.low()) && Double.isNaN(two.high()));
        double[] one = {2, 2, 2};
        assertTrue(Double.isNaN(Interval.slope(one, new double[] {1, 2, 3}).value()));
        assertTrue(Double.isNaN(Interval.slope(new double[0], new double[0]).value()));
    }

    @Test
    void quantilesOfStudentAreThoseOfTables() {
        assertEquals(2.228139, Interval.t(10), 1e-6);
        assertEquals(2.200985, Interval.t(11), 2e-5);
        assertEquals(2.042272, Interval.t(30), 1e-6);
        assertEquals(1.983972, Interval.t(100), 1e-6);
    }

    @Test
    void medians() {
        assertEquals(2.0, Interval.median(5.0, 1.0, 2.0));
        assertEquals(3.5, Interval.median(5.0, 1.0, 2.0, 9.0));
        assertTrue(Double.isNaN(Interval.median()));
    }

    @Test
    void anIntervalIsOneText() {
        assertEquals("0.50 [0.25, 0.75]", new Interval(0.5, 0.25, 0.75).text("%.2f"));
    }

    /** The twins: the mean of one value has no interval, and nothing has no mean. */
    @Test
    void aTextStatesNothingThatIsMissing() {
        assertEquals("0.5000", Interval.mean(0.5).text("%.4f"));
        assertEquals("-", Interval.mean().text("%.2f"));
    }
}
