package org.relaxon.runtime.actor;

import akka.dispatch.DispatcherPrerequisites;
import akka.dispatch.ExecutorServiceConfigurator;
import akka.dispatch.ExecutorServiceFactory;
import com.typesafe.config.Config;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.ThreadFactory;

/**
 * The threads of a dispatcher, none of whose actors waits for ever.
 *
 * <p>A thread of a {@link ForkJoinPool} takes tasks that came from other threads only when its own
 * queue is empty. Cells that keep waking each other never let it become empty while the network
 * does not rest: a cell that another thread woke, such as that of the coordinator, would wait for
 * all of that time, and messages would pile up before it.
 */
public final class FairPool extends ExecutorServiceConfigurator {
    private final int threads;

    /**
     * Reads the settings of a dispatcher; called by Akka.
     *
     * @param settings of the dispatcher; {@code threads} is their number
     * @param prerequisites not read
     */
    public FairPool(Config settings, DispatcherPrerequisites prerequisites) {
        super(settings, prerequisites);
        threads = settings.getInt("threads");
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory factory) {
        return () -> new Pool(threads, (ForkJoinWorkerThreadFactory) factory);
    }

    private static final class Pool extends ForkJoinPool {
        Pool(int threads, ForkJoinWorkerThreadFactory factory) {
            super(threads, factory, null, true);
        }

        @Override
        public void execute(Runnable task) {
            if (ForkJoinTask.getPool() == this) {
                FromOutside.queueOne();
            }
            super.execute(task);
        }
    }

    /** Tasks that threads outside of the pool have added. */
    private abstract static class FromOutside extends ForkJoinTask<Void> {
        private static final long serialVersionUID = 1L;

        /** Moves one of them, if there is any, to the end of this thread's own queue. */
        static void queueOne() {
            ForkJoinTask<?> task = pollSubmission();
            if (task != null) {
                task.fork();
            }
        }
    }
}
