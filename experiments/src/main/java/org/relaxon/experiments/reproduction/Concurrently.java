package org.relaxon.experiments.reproduction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** Independent runs, several at once. */
final class Concurrently {
    private Concurrently() {}

    /**
     * Runs all of them.
     *
     * @param threads at once, at least 1
     * @param stop polled before each; runs that have not begun then are left out
     * @param done called after each that was not stopped, from any thread
     * @return results in the order of the tasks, without those of tasks that returned null because
     *     they were stopped
     */
    static <T> List<T> run(
            List<Callable<T>> tasks, int threads, BooleanSupplier stop, Runnable done)
            throws IOException {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: need at least 1, got " + threads);
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads, Concurrently::thread);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> task : tasks) {
                futures.add(
                        pool.submit(
                                () -> {
                                    T result = stop.getAsBoolean() ? null : task.call();
                                    if (result != null) {
                                        done.run();
                                    }
                                    return result;
                                }));
            }
            List<T> out = new ArrayList<>();
            for (Future<T> future : futures) {
                T result = future.get();
                if (result != null) {
                    out.add(result);
                }
            }
            return out;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } catch (ExecutionException e) {
            throw cause(e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "relaxon-reproduction");
        thread.setDaemon(true);
        return thread;
    }

    /** Throws the exception of the task; an IOException is returned instead. */
    private static IOException cause(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException own) {
            throw own;
        }
        if (e.getCause() instanceof Error own) {
            throw own;
        }
        return e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
}
