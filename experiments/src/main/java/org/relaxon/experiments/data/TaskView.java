package org.relaxon.experiments.data;

/**
 * A training and a test set under one task.
 *
 * @param task of both
 * @param train with the targets that the task needs
 * @param test likewise
 * @param threshold that separates the two codes of a binary task; NaN for other tasks
 */
public record TaskView(Task task, DataSet train, DataSet test, double threshold) {

    /**
     * {@return the sets unchanged, under the task that {@link Task#of} infers}
     *
     * @param train examples to train on
     * @param test examples to test on
     */
    public static TaskView inferred(DataSet train, DataSet test) {
        return as(Task.of(train, test), train, test);
    }

    /**
     * {@return the sets under a given task} A binary task turns two labelled classes into one
     * output of 0 and 1; a reconstruction makes the inputs the targets.
     *
     * @param task meaning of the outputs
     * @param train examples to train on
     * @param test examples to test on
     * @throws IllegalArgumentException naming the task and the missing data
     */
    public static TaskView as(Task task, DataSet train, DataSet test) {
        int outputs = train.classes();
        return switch (task) {
            case CLASSIFICATION -> {
                require(outputs > 1, task, "2 or more outputs", train);
                yield new TaskView(task, train, test, Double.NaN);
            }
            case BINARY -> binary(train, test);
            case RECONSTRUCTION ->
                    new TaskView(
                            task, new Reconstruction(train), new Reconstruction(test), Double.NaN);
            default -> new TaskView(task, train, test, Double.NaN);
        };
    }

    private static TaskView binary(DataSet train, DataSet test) {
        if (train.classes() == 2 && train.hasLabels() && test.hasLabels()) {
            return new TaskView(Task.BINARY, new OneOutput(train), new OneOutput(test), 0.5);
        }
        TaskEvidence codes = new TaskEvidence();
        codes.add(train);
        codes.add(test);
        String needed = "two classes, or one output of 0/1 or -1/1";
        require(codes.isBinary(), Task.BINARY, needed, train);
        return new TaskView(Task.BINARY, train, test, codes.threshold());
    }

    private static void require(boolean holds, Task task, String needed, DataSet set) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "task: %s needs %s; %s has %d output%s"
                            .formatted(
                                    task.optionName(),
                                    needed,
                                    set.name(),
                                    set.classes(),
                                    set.classes() == 1 ? "" : "s"));
        }
    }
}
