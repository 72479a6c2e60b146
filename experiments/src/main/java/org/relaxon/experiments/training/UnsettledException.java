package org.relaxon.experiments.training;

/** Examples of a minibatch did not settle, and the training was to stop in that case. */
public final class UnsettledException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsettledException(String message) {
        super(message);
    }
}
