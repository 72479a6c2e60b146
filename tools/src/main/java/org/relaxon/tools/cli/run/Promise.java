package org.relaxon.tools.cli.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.runtime.fault.Faults;

/**
 * The promise of a certificate under the requested faults. Every certificate assumes that the last
 * signal of each link arrives: losses that end do not violate this, a dead link does.
 */
public final class Promise {
    private static final String ASSUMPTION = "every last signal arrives";

    private Promise() {}

    /**
     * The certificate as names and values.
     *
     * @param certificate null for none
     * @param faults as requested
     * @return null without a certificate
     */
    public static Map<String, Object> toMap(Certificate certificate, Faults faults) {
        if (certificate == null) {
            return null;
        }
        Map<String, Object> out = new LinkedHashMap<>(certificate.toMap());
        out.put("assumes", ASSUMPTION);
        out.put("preventedBy", faults.lasting());
        out.put("text", text(certificate, faults));
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
        List<String> lasting = faults.lasting();
        String promise = certificate.certified() ? "certified" : "none";
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
