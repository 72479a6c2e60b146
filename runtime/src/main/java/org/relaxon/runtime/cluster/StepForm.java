package org.relaxon.runtime.cluster;

import org.relaxon.model.memento.StateReader;
import org.relaxon.model.memento.StateWriter;
import org.relaxon.model.plasticity.LearningStep;
import org.relaxon.model.plasticity.Optimiser;
import org.relaxon.model.plasticity.UpdateGate;

/** Writes down a change of weights. */
final class StepForm {
    private StepForm() {}

    static void save(LearningStep step, StateWriter out) {
        Optimiser by = step.optimiser();
        out.writeConstant(by.kind());
        out.writeDouble(by.first());
        out.writeDouble(by.second());
        out.writeDouble(by.weightDecay());
        out.writeDouble(by.gate().probability());
        out.writeBoolean(by.gate().frozen());
        out.writeLong(by.gate().seed());
        out.writeDouble(step.rate());
        out.writeDouble(step.share());
        out.writeLong(step.number());
    }

    static LearningStep load(StateReader in) {
        Optimiser by =
                new Optimiser(
                        in.readConstant(Optimiser.Kind.values()),
                        in.readDouble(),
                        in.readDouble(),
                        in.readDouble(),
                        new UpdateGate(in.readDouble(), in.readBoolean(), in.readLong()));
        return new LearningStep(by, in.readDouble(), in.readDouble(), in.readLong());
    }
}
