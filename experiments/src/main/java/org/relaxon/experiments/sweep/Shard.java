package org.relaxon.experiments.sweep;

/**
 * One part of a grid for one of several machines.
 *
 * @param number from 1 to count
 * @param count number of parts
 */
public record Shard(int number, int count) {
    /** The whole grid. */
    public static final Shard WHOLE = new Shard(1, 1);

    /**
     * @throws IllegalArgumentException if the number is not in 1..count
     */
    public Shard {
        if (count < 1 || number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "shard: %d/%d is not of the form i/n with 1 <= i <= n"
                            .formatted(number, count));
        }
    }

    /** Reads {@code i/n}. */
    public static Shard parse(String text) {
        if (!text.matches("[0-9]{1,6}/[0-9]{1,6}")) {
            throw new IllegalArgumentException(
                    "shard: \"%s\" is not of the form i/n with 1 <= i <= n".formatted(text));
        }
        int slash = text.indexOf('/');
        return new Shard(
                Integer.parseInt(text.substring(0, slash)),
                Integer.parseInt(text.substring(slash + 1)));
    }

    /** True if the run at this position of the grid belongs to this part. */
    public boolean owns(int index) {
        return index % count == number - 1;
    }

    @Override
    public String toString() {
        return number + "/" + count;
    }
}
