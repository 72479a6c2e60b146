package org.relaxon.tools.output;

import org.relaxon.model.settle.Reason;

/** What the time of a host is and ends at, as text and page state it. */
public final class HostTime {
    private HostTime() {}

    /**
     * {@return whether a host counts sweeps instead of nanoseconds}
     *
     * @param host name in options
     */
    public static boolean isSweeps(String host) {
        return host.equals("synchronous") || host.equals("red-black");
    }

    /**
     * {@return what the time of a run is: on a host with a clock of its own, up to the last event}
     *
     * @param host name in options
     * @param reason why the network did not settle, as results state it; empty if it did
     */
    public static String words(String host, String reason) {
        if (isSweeps(host)) {
            return "sweeps";
        }
        if (host.equals("virtual")) {
            return reason.equals(Reason.TIME_BUDGET.reportName())
                    ? "virtual up to the last event within the budget"
                    : "virtual";
        }
        return LastSignals.isStopped(reason) ? "until it was stopped" : "to quiescence";
    }
}
