package org.relaxon.model.settle;

/**
 * The end of a presentation during which weights changed continually. It claims no gradient and no
 * equilibrium.
 *
 * @param stopped why it ended before the network was quiet; null if it was quiet
 * @param finite false if a cell found numbers that are not finite and skipped that update
 */
public record Trained(Reason stopped, boolean finite) {
    /** {@return whether the network came to rest by itself and every number was finite} */
    public boolean isQuiet() {
        return stopped == null && finite;
    }
}
