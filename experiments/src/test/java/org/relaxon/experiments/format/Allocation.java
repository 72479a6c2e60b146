package org.relaxon.experiments.format;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that the current thread takes from the heap, whether or not they are collected again. */
public final class Allocation {

    private Allocation() {}

    /** Something that may throw. */
    public interface Action {
        void run() throws Exception;
    }

    /** Returns the bytes allocated by an action; skips the test where the JVM does not count. */
    public static long of(Action action) throws Exception {
        boolean counted = ManagementFactory.getThreadMXBean() instanceof ThreadMXBean;
        assumeTrue(counted, "this JVM does not count allocated bytes");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
