package org.relaxon.tools.cli.serve;

import java.util.List;

/**
 * A scene that a lecturer can show.
 *
 * @param name of the scene in requests
 * @param title for display
 * @param text two sentences: where to look, and what it shows
 * @param options of the command line
 * @param pace mean delays per second at which it is shown
 * @param crash cell that loses its state for good once it has received so many parcels, in the form
 *     of {@code --crash}; empty for none
 */
record GuidedScene(
        String name, String title, String text, String options, double pace, String crash) {
    private static final String STEPS =
            "--algorithm pc --beta 1 --dynamics gradient:0.2 --granularity layer --delay %s --init"
                    + " normal --gain 1 --refractory 1ms --budget-relaxations 2400 --budget-time"
                    + " 600s";

    /** All scenes, in the order of a lecture. */
    static final List<GuidedScene> ALL =
            List.of(
                    new GuidedScene(
                            "settling",
                            "1. Settling by messages",
                            "Every neuron is a cell that moves only when a message reaches it, and"
                                    + " messages overtake one another. The residual falls until"
                                    + " nothing is in flight and every cell is at its own minimum:"
                                    + " the local updates then agree with the backprop gradient, up"
                                    + " to the nudge.",
                            "--algorithm pc-nudge --granularity neuron --delay exponential:1ms"
                                    + " --layers 4,8,8,3 --beta 0.01",
                            3.0,
                            ""),
                    new GuidedScene(
                            "beta",
                            "2. Beta to zero",
                            "Change beta from 0.1 to 0.01 and 0.001, and start again each time. The"
                                    + " distance of the local updates from backprop shrinks in"
                                    + " proportion to beta, and the cosine goes to one.",
                            "--algorithm pc-nudge --granularity layer --delay exponential:1ms"
                                    + " --layers 4,8,8,3 --beta 0.1",
                            6.0,
                            ""),
                    new GuidedScene(
                            "delays",
                            "3. Delays break gradient steps",
                            "Layers follow the gradient of the energy by steps of 0.2, with signals"
                                    + " that are 10 ticks old. The activities swing and never come"
                                    + " to rest; without delay the same steps settle.",
                            STEPS.formatted("constant:10ms"),
                            8.0,
                            ""),
                    new GuidedScene(
                            "turns",
                            "4. Turn-taking repairs",
                            "The same steps under the same delay, but a layer waits until all"
                                    + " neighbours have passed their turn. No signal is out of date"
                                    + " when it is used: the network settles, more slowly.",
                            STEPS.formatted("constant:10ms") + " --discipline turn-taking",
                            80.0,
                            ""),
                    new GuidedScene(
                            "crash",
                            "5. A cell dies",
                            "A cell of the second hidden layer fails at every message from its 20th"
                                    + " on, and is given up. Relaxon reports no gradient and names"
                                    + " the signals that did not arrive; a cell that fails once and"
                                    + " restarts does no harm.",
                            "--algorithm pc-nudge --granularity neuron --delay exponential:1ms"
                                    + " --layers 4,8,8,3 --beta 0.01",
                            3.0,
                            "2[3]@20+"));

    /**
     * The scene of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    static GuidedScene named(String name) {
        return ALL.stream()
                .filter(s -> s.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no scene of this name"));
    }

    /** The words of its command line. */
    List<String> words() {
        return List.of((options + (crash.isEmpty() ? "" : " --crash " + crash)).split(" "));
    }
}
