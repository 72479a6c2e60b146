package org.relaxon.experiments.training;

/**
 * A setting that was changed when a training went on from a checkpoint.
 *
 * @param step changes of the weights made before
 * @param name of the setting
 * @param before its value up to there
 * @param now its value from there on
 */
public record SettingChange(long step, String name, String before, String now) {
    @Override
    public String toString() {
        return "%s %s -> %s".formatted(name, before, now);
    }
}
