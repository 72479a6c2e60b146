package org.relaxon.tools.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.model.math.Numeral;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.fault.Faults;

/**
 * The promise of a certificate under the requested faults and signals. Every certificate assumes
 * that the last signal of each link arrives: losses that end do not violate this, a dead link does.
 * It also assumes exact signals: on a grid, however fine the contraction, two cells near the
 * boundary between two levels can send each other one step forth and back without end.
 */
public final class Promise {
    private static final String ASSUMPTION = "every last signal arrives";

    /** A grid this fine rounds no more than doubles do. */
    private static final double EXACT = Math.ulp(1.0);

    private Promise() {}

    /**
     * The certificate of a run as names and values.
     *
     * @param certificate null for none
     * @param plan with the requested faults and signals
     * @return null without a certificate
     */
    public static Map<String, Object> toMap(Certificate certificate, RunPlan plan) {
        return toMap(certificate, plan.faults(), plan.signalling().quantum());
    }

    /**
     * The certificate as names and values.
     *
     * @param certificate null for none
     * @param faults as requested
     * @return null without a certificate
     */
    public static Map<String, Object> toMap(Certificate certificate, Faults faults) {
        return toMap(certificate, faults, 0.0);
    }

    private static Map<String, Object> toMap(
            Certificate certificate, Faults faults, double quantum) {
        if (certificate == null) {
            return null;
        }
        Map<String, Object> out = new LinkedHashMap<>(certificate.toMap());
        out.put("assumes", ASSUMPTION);
        List<String> prevented = new ArrayList<>(faults.lasting());
        if (quantum > EXACT) {
            prevented.add("--quantum " + Numeral.text(quantum));
        }
        out.put("preventedBy", prevented);
        out.put("text", text(certificate, faults, quantum));
        return out;
    }

    /**
     * One line for display: the promise and its condition, then the numbers.
     *
     * @param certificate of the run
     * @param faults as requested
     * @return the line
     */
    public static String text(Certificate certificate, Faults faults) {
        return text(certificate, faults, 0.0);
    }

    private static String text(Certificate certificate, Faults faults, double quantum) {
        List<String> lasting = faults.lasting();
        String promise = certificate.certified() ? "certified" : "none";
        if (lasting.isEmpty() && quantum > EXACT) {
            return "does not apply: it assumes exact signals, and --quantum %s rounds them; without it %s: %s"
                    .formatted(Numeral.text(quantum), promise, certificate.why());
        }
        if (lasting.isEmpty()) {
            if (certificate.recommendation().equals(Certificate.NONE)) {
                return promise + ": " + certificate.why();
            }
            boolean hangs = certificate.certified() && faults.loses();
            return "%s%s, recommends %s: %s"
                    .formatted(
                            promise,
                            hangs ? " if " + ASSUMPTION : "",
                            certificate.recommendation(),
                            certificate.why());
        }
        return "does not apply: it assumes that %s, which %s prevents; without it %s: %s"
                .formatted(ASSUMPTION, String.join(", ", lasting), promise, certificate.why());
    }
}
