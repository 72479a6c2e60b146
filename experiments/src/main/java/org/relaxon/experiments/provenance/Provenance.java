package org.relaxon.experiments.provenance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that determines a result: the resolved settings by name, and the content of the files
 * that they name. Two runs with equal records have equal results wherever the host is
 * deterministic.
 *
 * @param settings by name
 */
public record Provenance(SortedMap<String, Setting> settings) {
    /** An empty record. */
    public static final Provenance NONE = new Provenance(new TreeMap<>());

    /**
     * Copies the settings.
     *
     * @param settings by name
     */
    public Provenance {
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    }

    /**
     * {@return the same with one setting added or replaced}
     *
     * @param name of the setting
     * @param value its new value
     */
    public Provenance with(String name, Setting value) {
        SortedMap<String, Setting> more = new TreeMap<>(settings);
        more.put(name, value);
        return new Provenance(more);
    }

    /**
     * {@return the same with the text of an option; a file that the text names counts by its
     * content}
     *
     * @param name of the setting
     * @param text of the option
     * @throws IOException if such a file cannot be read
     */
    public Provenance withText(String name, String text) throws IOException {
        return with(name, NamedFiles.resolve(text));
    }

    /** {@return the settings for display, by name} */
    public Map<String, String> shown() {
        Map<String, String> out = new TreeMap<>();
        settings.forEach((name, setting) -> out.put(name, setting.shown()));
        return out;
    }

    /**
     * {@return how a later run differs, by name; a setting that one of them lacks counts as empty}
     *
     * @param now record of the later run
     */
    public List<Difference> differences(Provenance now) {
        Set<String> names = new TreeSet<>(settings.keySet());
        names.addAll(now.settings.keySet());
        List<Difference> out = new ArrayList<>();
        for (String name : names) {
            Setting old = settings.getOrDefault(name, Setting.NONE);
            Setting other = now.settings.getOrDefault(name, Setting.NONE);
            if (!old.value().equals(other.value())) {
                out.add(new Difference(name, old.shown(), other.shown()));
            }
        }
        return out;
    }

    /**
     * Compares with the record of a later run.
     *
     * @param now record of the later run
     * @param what the stored item, for the message, named by its option, such as {@code checkpoint:
     *     FILE}
     * @param mayChange names in which the two may differ
     * @return the differences that are allowed
     * @throws IllegalArgumentException naming every other difference, with both values
     */
    public List<Difference> requireSame(Provenance now, String what, Set<String> mayChange) {
        List<Difference> all = differences(now);
        List<String> others =
                all.stream()
                        .filter(d -> !mayChange.contains(d.name()))
                        .map(Difference::toString)
                        .toList();
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s is of another run: %s".formatted(what, String.join("; ", others)));
        }
        return all;
    }

    /** {@return SHA-256 over all names and values, in hexadecimal digits} */
    public String digest() {
        ContentHash hash = new ContentHash();
        settings.forEach((name, setting) -> hash.add(name).add(setting.value()));
        return hash.hex();
    }
}
