package org.relaxon.tools.cli.train;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.problem.Split;

/** What in the classes of a training and a test set is likely to be a mistake of the data. */
final class ClassRemarks {
    private static final int TWO_CLASSES = 2;

    private ClassRemarks() {}

    /**
     * Lists the classes without a training example, and the labels that contradict their targets.
     *
     * @param split the training and test examples
     * @return one sentence per remark; none for tasks without classes
     */
    static List<String> of(Split split) {
        List<String> out = new ArrayList<>();
        if (!split.task().hasAccuracy()) {
            return out;
        }
        BitSet trained = classes(split.train());
        BitSet tested = classes(split.test());
        BitSet onlyTested = (BitSet) tested.clone();
        onlyTested.andNot(trained);
        if (!onlyTested.isEmpty()) {
            out.add(
                    "%s among the test examples and not among those to train on"
                            .formatted(are(onlyTested)));
        }
        BitSet absent = new BitSet();
        absent.set(0, Math.max(TWO_CLASSES, split.train().classes()));
        absent.andNot(trained);
        absent.andNot(tested);
        if (!absent.isEmpty()) {
            boolean shifted = absent.get(0) && absent.cardinality() == 1;
            out.add(
                    are(absent)
                            + " in no example"
                            + (shifted ? ": do the labels start at 1 instead of 0?" : ""));
        }
        int contradicted = contradicted(split.train()) + contradicted(split.test());
        if (contradicted > 0) {
            out.add(
                    "labels contradict the largest target in %d of %d examples; targets are learned,"
                                    .formatted(
                                            contradicted,
                                            split.train().size() + split.test().size())
                            + " labels are scored");
        }
        return out;
    }

    private static BitSet classes(DataSet set) {
        BitSet out = new BitSet();
        for (int k = 0; k < set.size(); k++) {
            out.set(set.label(k));
        }
        return out;
    }

    private static String are(BitSet classes) {
        String names =
                classes.stream().mapToObj(Integer::toString).collect(Collectors.joining(", "));
        return classes.cardinality() == 1 ? "class " + names + " is" : "classes " + names + " are";
    }

    /** Examples whose own label is not the position of their largest target. */
    private static int contradicted(DataSet set) {
        int count = 0;
        boolean both = set.hasTargets() && set.hasLabels() && set.classes() > 1;
        double[] target = new double[set.classes()];
        for (int k = 0; both && k < set.size(); k++) {
            set.target(k, target, 0, 1);
            double own = target[set.label(k)];
            boolean larger = false;
            for (double other : target) {
                larger |= other > own;
            }
            count += larger ? 1 : 0;
        }
        return count;
    }
}
