package org.relaxon.runtime;

import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.Method;
import org.relaxon.model.math.Matrix;
import org.relaxon.model.plasticity.LocalUpdate;
import org.relaxon.model.settle.Conclusive;
import org.relaxon.model.settle.Settlement;
import org.relaxon.runtime.PhaseLoop.Basin;

/**
 * One estimate of the gradient: all phases of an algorithm, settled in order on a session, with one
 * overall verdict. Only a {@link Conclusive} verdict comes with an update.
 *
 * @param free verdict on the free phases that the others are contrasted with, with the columns of
 *     all of them side by side; null if the algorithm has none
 * @param verdict on the phases with a share in the estimate, likewise, or on the first phase that
 *     did not settle
 * @param update the local updates; null unless the verdict is conclusive
 * @param report counts of all phases together, histograms of the last
 */
public record GradientEstimate(
        Settlement free, Settlement verdict, LocalUpdate update, RunReport report) {

    /**
     * Settles the phases of the algorithm, and gathers the update.
     *
     * @param session cells that settle
     * @param method which phases to settle, at which strength
     * @param input shape (n_0, B)
     * @param target shape (n_L, B)
     * @param budget what each settling may spend
     * @return the verdict, with the update if it is conclusive
     * @throws IllegalArgumentException if network and method do not fit each other
     */
    public static GradientEstimate of(
            Session session, Method method, Matrix input, Matrix target, Budget budget) {
        return new PhaseLoop(session, method, input, target, budget, Basin.ENERGIES, true).run();
    }

    /** For display: the verdicts of both phases, and the update. */
    @Override
    public String toString() {
        String phases = free == null ? "" : "free phase " + free + "; ";
        return "%snudged phase %s; %s"
                .formatted(
                        phases,
                        verdict,
                        update == null ? "no update" : "update " + update.gradient());
    }

    /**
     * Settles the phases of the algorithm without gathering the update: for synapses that learn in
     * place.
     *
     * @param session cells that settle
     * @param method which phases to settle, at which strength
     * @param input clamped input, shape (n_0, B)
     * @param target target, shape (n_L, B)
     * @param budget what each settling may spend
     * @return verdict and counts, no update
     * @throws IllegalArgumentException if network and method do not fit each other
     */
    public static GradientEstimate phases(
            Session session, Method method, Matrix input, Matrix target, Budget budget) {
        return new PhaseLoop(session, method, input, target, budget, Basin.ENERGIES, false).run();
    }

    /**
     * Settles the phases before the first with a share in the estimate, and saves their states. An
     * algorithm without such phases settles without a target, which is saved as {@link
     * Algorithm#FREE}.
     *
     * @param session cells that settle
     * @param method which phases to settle, at which strength
     * @param input clamped input, shape (n_0, B)
     * @param target target, shape (n_L, B)
     * @param budget what each settling may spend
     * @return the verdict on the last of them, or on the first that did not settle
     */
    public static Settlement prepare(
            Session session, Method method, Matrix input, Matrix target, Budget budget) {
        return PhaseLoop.prepare(session, method, input, target, budget);
    }

    /**
     * Settles the phases of the algorithm, gathers the update, and checks that the estimate stays
     * within one basin. If a nudge moved activities far, in any form, the network is released from
     * the nudged state: the estimate holds only if it returns to the free state with which it is
     * contrasted. If the energies indicate that the basin was left, this counts only if no
     * continuous branch of states leads from the free state to the nudged one. The session then
     * holds another state, so the weights cannot learn from it in place.
     *
     * @param session cells that settle
     * @param method which phases to settle, at which strength
     * @param input clamped input, shape (n_0, B)
     * @param target target, shape (n_L, B)
     * @param budget what each settling may spend
     * @return the verdict, with the update if it is conclusive
     * @throws IllegalArgumentException if network and method do not fit each other
     */
    public static GradientEstimate withinOneBasin(
            Session session, Method method, Matrix input, Matrix target, Budget budget) {
        return new PhaseLoop(session, method, input, target, budget, Basin.RELEASED, true).run();
    }

    /** {@return whether there is an update} */
    public boolean isConclusive() {
        return update != null;
    }
}
