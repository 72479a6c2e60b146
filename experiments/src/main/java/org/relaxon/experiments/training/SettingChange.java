package org.relaxon.experiments.training;

/**
 * A setting that changed when a training continued from a checkpoint.
 *
 * @param step changes of the weights made before
 * @param name of the setting
 * @param before its value before that step
 * @param now its value from that step on
 */
public record SettingChange(long step, String name, String before, String now) {
    @Override
    public String toString() {
        return "%s %s -> %s".formatted(name, before, now);
    }
}
