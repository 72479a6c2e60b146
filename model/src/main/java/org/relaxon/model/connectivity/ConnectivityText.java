package org.relaxon.model.connectivity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads connectivities as network files state them: a kind, its subject, and named numbers. */
final class ConnectivityText {
    private final String text;
    private final String kind;
    private final String subject;
    private final Map<String, Long> numbers = new LinkedHashMap<>();

    private ConnectivityText(String text) {
        this.text = text;
        String[] parts = text.split(",", -1);
        int colon = parts[0].indexOf(':');
        kind = colon < 0 ? parts[0] : parts[0].substring(0, colon);
        subject = colon < 0 ? "" : parts[0].substring(colon + 1);
        for (int k = 1; k < parts.length; k++) {
            String[] pair = parts[k].split("=", 2);
            String twice = "\"%s\" is not one more NAME=NUMBER".formatted(parts[k]);
            long number = number(pair.length == 2 ? pair[1] : "", twice);
            if (numbers.put(pair[0], number) != null) {
                throw refused(twice);
            }
        }
    }

    static Connectivity read(String text) {
        if (text.startsWith(Others.PREFIX)) {
            String among = text.substring(Others.PREFIX.length());
            if (among.startsWith(Others.PREFIX)) {
                throw new ConnectivityText(text).refused("others: is stated twice");
            }
            return Connectivity.others(read(among));
        }
        if (text.startsWith(Scaled.PREFIX)) {
            return Scaled.parse(text);
        }
        OwnConnectivities own = new OwnConnectivities(text);
        if (own.known()) {
            return own.read();
        }
        ConnectivityText in = new ConnectivityText(text);
        return switch (in.kind) {
            case "all-to-all" -> in.without(Connectivity.allToAll());
            case "random" -> in.random();
            case "convolution" -> in.convolution(false);
            case "transposed-convolution" -> in.convolution(true);
            case "average-pooling" -> in.pooling();
            case "identity" -> in.without(Connectivity.identity());
            default ->
                    throw in.refused(
                            "\"%s\" is not one of all-to-all, random, convolution, transposed-convolution, average-pooling, identity, scaled, others%s"
                                    .formatted(in.kind, own.names()));
        };
    }

    /** A connectivity without parameters. */
    private Connectivity without(Connectivity plain) {
        requireNames(Set.of());
        if (!subject.isEmpty()) {
            throw refused(kind + " has no parameters");
        }
        return plain;
    }

    private Connectivity random() {
        requireNames(Set.of("seed"));
        long fanIn = number(subject, "random needs a number of synapses: random:100,seed=1");
        return Connectivity.random(whole(fanIn), numbers.getOrDefault("seed", 0L));
    }

    private Connectivity pooling() {
        requireNames(Set.of("size"));
        return Connectivity.averagePooling(image(), whole(needed("size")));
    }

    private Connectivity.Image image() {
        String need = kind + " needs CHANNELSxHEIGHTxWIDTH of the presynaptic image";
        String[] sides = subject.split("x", -1);
        if (sides.length != 3) {
            throw refused(need);
        }
        return new Connectivity.Image(
                whole(number(sides[0], need)),
                whole(number(sides[1], need)),
                whole(number(sides[2], need)));
    }

    private long number(String word, String otherwise) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw refused(otherwise);
        }
    }

    private Connectivity convolution(boolean transposed) {
        requireNames(Set.of("filters", "kernel", "stride", "padding"));
        Connectivity.Image image = image();
        int filters = whole(needed("filters"));
        Connectivity.Kernel kernel =
                new Connectivity.Kernel(
                        whole(needed("kernel")),
                        whole(numbers.getOrDefault("stride", 1L)),
                        whole(numbers.getOrDefault("padding", 0L)));
        return transposed
                ? Connectivity.transposedConvolution(image, filters, kernel)
                : Connectivity.convolution(image, filters, kernel);
    }

    private long needed(String name) {
        Long value = numbers.get(name);
        if (value == null) {
            throw refused("%s needs %s=NUMBER".formatted(kind, name));
        }
        return value;
    }

    private int whole(long value) {
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw refused("%d is out of range".formatted(value));
        }
        return (int) value;
    }

    private void requireNames(Set<String> known) {
        for (String name : numbers.keySet()) {
            if (!known.contains(name)) {
                throw refused(
                        "\"%s\" is not one of %s"
                                .formatted(name, String.join(", ", new TreeSet<>(known))));
            }
        }
    }

    private IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("connectivity \"%s\": %s".formatted(text, why));
    }
}
