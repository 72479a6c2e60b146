package org.relaxon.experiments.problem;

import org.relaxon.experiments.data.DataSet;
import org.relaxon.experiments.data.Task;
import org.relaxon.experiments.data.TaskView;
import org.relaxon.model.loss.Loss;

/**
 * The examples that a network is trained on and those that it is tested on.
 *
 * @param view both parts under one task
 * @param inferred whether the task was inferred from the data instead of requested
 * @param unselected examples offered to train on that were not selected
 * @param description one line that identifies sets and task
 */
public record Split(TaskView view, boolean inferred, int unselected, String description) {
    /**
     * Puts two sets together, under the task that is inferred from them.
     *
     * @param train examples to train on
     * @param test examples to test on
     * @param unselected examples of the source that are in neither
     * @param description of the data, for display
     */
    public Split(DataSet train, DataSet test, int unselected, String description) {
        this(TaskView.inferred(train, test), true, unselected, description);
    }

    /**
     * {@return the same examples under another task}
     *
     * @param task meaning of the outputs |
     * @throws IllegalArgumentException naming the task and the missing data
     */
    public Split as(Task task) {
        if (task == view.task()) {
            return new Split(view, false, unselected, description);
        }
        return new Split(
                TaskView.as(task, train(), test()),
                false,
                unselected,
                description + ", learned as " + task.optionName());
    }

    /** {@return the examples to train on} */
    public DataSet train() {
        return view.train();
    }

    /** {@return the examples to test on} */
    public DataSet test() {
        return view.test();
    }

    /** {@return the meaning of the outputs} */
    public Task task() {
        return view.task();
    }

    /**
     * Refuses a batch that the training set cannot fill.
     *
     * @param size number of examples in a batch, at least 1
     * @throws IllegalArgumentException if there are fewer examples to train on
     */
    public void requireBatch(int size) {
        if (train().size() < 1) {
            throw new IllegalArgumentException(
                    "data: no example of %s is left to train on, %d to test"
                            .formatted(train().name(), test().size()));
        }
        if (size < 1 || size > train().size()) {
            throw new IllegalArgumentException(
                    "batch: %d is not in 1..%d, the examples of %s"
                            .formatted(size, train().size(), train().name()));
        }
    }

    /**
     * Refuses targets that a loss is not defined for.
     *
     * @param loss at the output
     * @throws IllegalArgumentException naming the first example whose target is not a distribution,
     *     if the loss is the cross-entropy
     */
    public void requireFit(Loss loss) {
        for (DataSet set : new DataSet[] {train(), test()}) {
            boolean check = loss.needsDistribution() && set.hasTargets();
            double[] target = new double[set.classes()];
            for (int k = 0; check && k < set.size(); k++) {
                set.target(k, target, 0, 1);
                Problem.requireDistribution(target, "example", k);
            }
        }
    }

    /**
     * Refuses sets of other sizes than a network's input and output.
     *
     * @param inputs size of the network's input
     * @param outputs size of the network's output
     * @throws IllegalArgumentException if the sets do not fit a network
     */
    public void requireFit(int inputs, int outputs) {
        for (DataSet set : new DataSet[] {train(), test()}) {
            if (set.inputs() != inputs || set.classes() != outputs) {
                throw new IllegalArgumentException(
                        "layers: the network has %d inputs and %d outputs, %s has %d inputs and %d classes"
                                .formatted(
                                        inputs, outputs, set.name(), set.inputs(), set.classes()));
            }
        }
    }
}
