package org.relaxon.tools.report;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.model.math.Numeral;
import org.relaxon.model.network.Network;
import org.relaxon.model.network.Population;
import org.relaxon.model.network.Projection;
import org.relaxon.runtime.Conditions.Timing;
import org.relaxon.runtime.Conditions.Timing.Travel;
import org.relaxon.runtime.delay.Durations;

/**
 * What a drawing states in words beside the arrows and within the boxes.
 *
 * @param network that is drawn
 * @param timing delays and refractory periods that belong to it
 */
record DrawnWords(Network network, Timing timing) {
    private static final int LETTERS_MAX = 36;

    /** The words of a projection, in lines: its name, then all but the defaults. */
    List<String> of(Projection e) {
        List<String> out = new ArrayList<>(List.of(e.name()));
        String kind = kind(e, e.connectivity().unscaled().spec().split("[:,]", 2)[0]);
        if (!kind.equals("all-to-all")) {
            out.add(kind);
        }
        out.addAll(details(e));
        return out.stream().map(w -> shortened(w, LETTERS_MAX)).toList();
    }

    /** The words of the arrow of its feedback weights; empty if they are the transpose. */
    List<String> ofFeedback(Projection e) {
        return e.hasOwnFeedback()
                ? List.of(shortened("feedback " + e.ownFeedback().spec(), LETTERS_MAX))
                : List.of();
    }

    /** Scale and delays, as far as they are stated. */
    private List<String> details(Projection e) {
        List<String> out = new ArrayList<>();
        if (e.connectivity().scale() != 1.0) {
            out.add("scale " + Numeral.text(e.connectivity().scale()));
        }
        for (Travel travel : timing.delays()) {
            if (travel.projection().equals(e.name())) {
                if (travel.activity() != null) {
                    out.add("delay " + travel.activity().spec());
                }
                if (travel.feedback() != null) {
                    out.add("feedback delay " + travel.feedback().spec());
                }
            }
        }
        return out;
    }

    /** The refractory period that the network states; empty for none. */
    String pause(Population p) {
        return timing.pauses().stream()
                .filter(one -> one.population().equals(p.name()))
                .map(one -> "pause " + Durations.format(one.nanos()))
                .findFirst()
                .orElse("");
    }

    /** The same in one line, with all of the connectivity. */
    String described(Projection e) {
        List<String> out = new ArrayList<>();
        out.add(kind(e, e.connectivity().unscaled().spec()));
        out.addAll(details(e));
        if (e.hasOwnFeedback()) {
            out.add("feedback weights " + e.ownFeedback().spec());
        }
        return String.join("; ", out);
    }

    /** The connectivity, or the projection whose weights another one uses. */
    private String kind(Projection e, String connectivity) {
        return e.weightsOf() == e.index()
                ? connectivity
                : "= " + network.projection(e.weightsOf()).name();
    }

    static String shortened(String words, int most) {
        return words.length() <= most ? words : words.substring(0, most - 1) + "\u2026";
    }
}
