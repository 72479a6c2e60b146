package org.relaxon.tools.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the time of a host is. */
class HostTimeTest {
    @ParameterizedTest
    @CsvSource(
            value = {
                "virtual | '' | virtual",
                "virtual | time-budget | virtual up to the last event within the budget",
                "virtual | message-budget | virtual",
                "akka | '' | to quiescence",
                "akka | time-budget | until it was stopped",
                "akka | diverged | to quiescence",
                "synchronous | '' | sweeps",
                "red-black | time-budget | sweeps"
            },
            delimiter = '|')
    void timeEndsWhereItsHostEnds(String host, String reason, String words) {
        assertEquals(words, HostTime.words(host, reason));
        assertEquals(words.equals("sweeps"), HostTime.isSweeps(host));
    }
}
