package org.relaxon.tools.cli;

import java.util.concurrent.CountDownLatch;
import org.relaxon.tools.cli.process.Interruption;

/** A program that takes signals as all verbs do, says so, and never ends by itself. */
final class Stubborn {
    private Stubborn() {}

    /**
     * Waits for a signal and ignores the first.
     *
     * @param args the limit after the first signal, in milliseconds, and perhaps the command that
     *     goes on
     */
    public static void main(String[] args) throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (Interruption interruption = Interruption.bySignals(Long.parseLong(args[0]))) {
            if (args.length > 1) {
                interruption.goOnWith(args[1]);
            }
            interruption.onStop(asked::countDown);
            System.out.println("ready");
            asked.await();
            System.out.println("asked");
            never.await();
        }
    }
}
