package org.relaxon.experiments.reproduction;

/**
 * One way to settle one work.
 *
 * @param work what is settled
 * @param cluster whether cells are on nodes, in real time; false for virtual time and for sweeps
 * @param way which cells wait for which
 * @param factor how many times as long as others the cells of one node pause; 1 without a straggler
 */
public record StragglerCase(StragglerWork work, boolean cluster, StragglerWay way, int factor) {
    /** {@return name of the host} */
    public String host() {
        if (cluster) {
            return "cluster";
        }
        return way == StragglerWay.SYNCHRONOUS ? "synchronous" : "virtual";
    }
}
