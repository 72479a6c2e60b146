package org.relaxon.tools.cli.slurm;

import java.util.regex.Pattern;

/**
 * What a job requests of the scheduler.
 *
 * @param nodes number of machines; of an array, number of its tasks
 * @param cpus processors on each
 * @param memoryMiB memory on each, MiB
 * @param time limit as the scheduler reads it
 * @param partition of the machines; null for the default
 */
record Allocation(int nodes, int cpus, long memoryMiB, String time, String partition) {
    private static final int NODES_MAX = 1024;
    private static final Pattern TIME = Pattern.compile("(\\d{1,4}-)?\\d{1,6}(:\\d{1,2}){0,2}");
    private static final Pattern PARTITION = Pattern.compile("[A-Za-z0-9_.,-]+");
    private static final Pattern MEMORY = Pattern.compile("([1-9]\\d{0,6})([MG])");

    Allocation {
        requireRange("nodes", nodes, NODES_MAX);
        requireRange("cpus", cpus, NODES_MAX);
        if (!TIME.matcher(time).matches()) {
            throw new IllegalArgumentException(
                    "time: \"%s\" is not of the form [DAYS-]HOURS:MINUTES:SECONDS".formatted(time));
        }
        if (partition != null && !PARTITION.matcher(partition).matches()) {
            throw new IllegalArgumentException(
                    "partition: \"%s\" is not a name".formatted(partition));
        }
    }

    private static void requireRange(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "%s: %d is not in 1..%d".formatted(option, value, most));
        }
    }

    /** MiB of a text such as 8G or 500M. */
    static long mebibytes(String text) {
        var found = MEMORY.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException(
                    "mem: \"%s\" is not a number with M or G, such as 8G".formatted(text));
        }
        return Long.parseLong(found.group(1)) * (found.group(2).equals("G") ? 1024 : 1);
    }
}
