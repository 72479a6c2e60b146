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
     * Checks the range.
     *
     * @param number from 1 to count
     * @param count number of parts
     * @throws IllegalArgumentException if the number is not in 1..count
     */
    public Shard {
        if (count < 1 || number < 1 || number > count) {
            throw new IllegalArgumentException(
                    "shard: %d/%d is not of the form i/n with 1 <= i <= n"
                            .formatted(number, count));
        }
    }

    /**
     * Reads {@code i/n}.
     *
     * @param text such as {@code 2/4}
     * @return the part
     * @throws IllegalArgumentException naming the text and the form
     */
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

    /**
     * {@return true if the run at a position of the grid belongs to this part}
     *
     * @param index position in grid order, from 0
     */
    public boolean owns(int index) {
        return index % count == number - 1;
    }

    @Override
    public String toString() {
        return number + "/" + count;
    }
}
