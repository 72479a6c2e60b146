package org.relaxon.tools.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The arithmetic of a run in words, by the options of its result. */
public final class Arithmetic {
    private Arithmetic() {}

    /**
     * What differs from strict kernels in double precision.
     *
     * @param options of a result, by name
     * @return one clause; empty for none
     */
    public static String of(Map<String, String> options) {
        List<String> out = new ArrayList<>();
        if ("fast".equals(options.get("--kernels"))) {
            out.add("fast kernels");
        }
        if ("float".equals(options.get("--precision"))) {
            out.add("weights and their products in float, all else in double precision");
        }
        return String.join(", ", out);
    }
}
