package org.relaxon.tools.output;

/** What a comparison with backprop means for an algorithm that has another reference. */
public final class OwnReference {
    private OwnReference() {}

    /**
     * {@return one sentence; empty for an algorithm whose updates converge to backprop}
     *
     * @param algorithm name in options
     * @param reference name of the gradient that its updates converge to
     */
    public static String note(String algorithm, String reference) {
        return switch (reference) {
            case "backprop" -> "";
            case "finite-difference" ->
                    ("the updates of %s follow the gradient of the minimum of its energy at this"
                                    + " strength, not backprop: their angle to backprop can grow while the"
                                    + " accuracy rises")
                            .formatted(algorithm);
            default ->
                    ("the updates of %s follow the %s gradient of its own settled network, whose"
                                    + " layers act on one another in both directions, not backprop"
                                    + " through the feed-forward network: their angle to backprop can"
                                    + " grow while the accuracy rises")
                            .formatted(algorithm, reference);
        };
    }
}
