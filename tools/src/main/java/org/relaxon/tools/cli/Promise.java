package org.relaxon.tools.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relaxon.experiments.certificate.Certificate;
import org.relaxon.runtime.fault.Faults;

/**
 * The promise of a certificate under the requested faults. Every certificate assumes that the last
 * signal of each link arrives: losses that end do not violate this, a dead link does.
 */
final class Promise {
    private static final String ASSUMPTION = "every last signal arrives";

    private Promise() {}

    /** The certificate as names and values; null without one. */
    static Map<String, Object> toMap(Certificate certificate, Faults faults) {
        if (certificate == null) {
            return null;
        }
        Map<String, Object> out = new LinkedHashMap<>(certificate.toMap());
        out.put("assumes", ASSUMPTION);
        out.put("preventedBy", faults.lasting());
        out.put("text", text(certificate, faults));
        return out;
    }

    /** One line for display: the promise and its condition, then the numbers. */
    static String text(Certificate certificate, Faults faults) {
        List<String> lasting = faults.lasting();
        String promise = certificate.certified() ? "certified" : "none";
        if (lasting.isEmpty()) {
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
