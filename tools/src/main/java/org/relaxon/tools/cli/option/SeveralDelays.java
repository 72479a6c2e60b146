package org.relaxon.tools.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.relaxon.runtime.delay.DelayModel;
import org.relaxon.runtime.delay.Delays;

/** Values of an option that takes several delays. */
public final class SeveralDelays {
    /** The delays of {@code --delay all}: one of every family with a mean of 200 us. */
    public static final List<String> ALL =
            List.of(
                    "none",
                    "constant:200us",
                    "uniform:0us,400us",
                    "exponential:200us",
                    "pareto:66667ns,1.5");

    private SeveralDelays() {}

    /**
     * Delay models from their text forms.
     *
     * @param texts {@code all} included
     * @return the models, in order
     */
    public static List<DelayModel> parse(List<String> texts) {
        List<DelayModel> out = new ArrayList<>();
        for (String text : texts) {
            List<String> expanded = text.equals("all") ? ALL : List.of(text);
            expanded.forEach(one -> out.add(Delays.parse(one)));
        }
        return out;
    }
}
