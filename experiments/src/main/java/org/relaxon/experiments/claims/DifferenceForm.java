package org.relaxon.experiments.claims;

import java.util.Optional;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Algorithms;
import org.relaxon.model.algorithm.Form;

/** Contrasts whose cells hold differences from the free state: no nearly equal products cancel. */
public final class DifferenceForm {
    private DifferenceForm() {}

    /**
     * {@return the same algorithm by differences; nothing if it has no such form, or is in it}
     *
     * @param plain algorithm that may subtract products
     */
    public static Optional<Algorithm> of(Algorithm plain) {
        return switch (plain.label()) {
            case "ep" -> Optional.of(Algorithms.equilibriumPropagation(Form.DIFFERENCE));
            case "chl" -> Optional.of(Algorithms.contrastiveHebbian(Form.DIFFERENCE));
            case "chl-clamped" -> Optional.of(Algorithms.clampedHebbian(Form.DIFFERENCE));
            case "coupled" -> Optional.of(Algorithms.coupled(Form.DIFFERENCE));
            default -> Optional.empty();
        };
    }
}
