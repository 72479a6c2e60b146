package org.relaxon.runtime.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Threads that work on cells while these do not run. */
public final class Crew {
    /** The calling thread alone. */
    public static final Crew CALLER = new Crew(Runnable::run, 1);

    private final Executor executor;
    private final int threads;

    /**
     * Makes a crew of the threads of an executor.
     *
     * @param executor runs what it accepts, also while it ends
     * @param threads how many it has, at least 1
     */
    public Crew(Executor executor, int threads) {
        this.executor = executor;
        this.threads = threads;
    }

    /** {@return the number of threads} */
    public int threads() {
        return threads;
    }

    /**
     * Runs tasks side by side and returns when all have ended. Not to be called by a thread of the
     * crew, which would wait for itself.
     *
     * @param tasks in any number; a single one runs in the calling thread
     */
    public void run(List<Runnable> tasks) {
        if (tasks.size() == 1) {
            tasks.get(0).run();
        } else {
            runThere(tasks);
        }
    }

    /**
     * Runs tasks in threads of the crew, a single one as well.
     *
     * @param tasks in any number
     */
    public void runThere(List<Runnable> tasks) {
        if (this == CALLER) {
            tasks.forEach(Runnable::run);
            return;
        }
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Runnable task : tasks) {
            try {
                running.add(CompletableFuture.runAsync(task, executor));
            } catch (RejectedExecutionException e) { // the host has been closed
                task.run();
            }
        }
        try {
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw unwrapped(e);
        }
    }

    private static RuntimeException unwrapped(CompletionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e.getCause() instanceof RuntimeException cause ? cause : e;
    }
}
