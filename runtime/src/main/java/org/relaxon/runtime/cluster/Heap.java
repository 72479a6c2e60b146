package org.relaxon.runtime.cluster;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process holds and has done. */
final class Heap {
    private static final long NOISE = 65_536; // bytes that come and go between two collections
    private static final int TRIES = 8;

    private Heap() {}

    /** Bytes in use after collections that free nothing more. */
    static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int same = 0, tries = 0; same < 2 && tries < TRIES; tries++) {
            System.gc();
            long used = runtime.totalMemory() - runtime.freeMemory();
            same = used < least - NOISE ? 0 : same + 1;
            least = Math.min(least, used);
        }
        return least;
    }

    /** Processor time of this process, nanoseconds. */
    static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
