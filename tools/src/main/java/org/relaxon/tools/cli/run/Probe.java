package org.relaxon.tools.cli.run;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.relaxon.model.network.CellId;
import org.relaxon.model.network.Network;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.Trait;
import org.relaxon.runtime.observe.Quantity;

/**
 * What is recorded of one cell, or of all cells of a population, at each of its relaxations.
 *
 * @param text as typed
 * @param cell name of a cell or of a population
 * @param neuron index in the population; -1 for all
 * @param quantities what is recorded, in the order of {@link Quantity}
 */
record Probe(String text, String cell, int neuron, Set<Quantity> quantities) {
    private static final Pattern TEXT = Pattern.compile("(.+?)(?::([0-9]{1,9}))?=([a-z,-]+)");

    /** Always recorded: the parcels that caused a relaxation. */
    private static final Quantity CAUSES = Quantity.ARRIVED;

    private static final int NAMED_MAX = 12;

    /**
     * Reads {@code CELL[:NEURON]=QUANTITY,...}.
     *
     * @throws IllegalArgumentException naming the text and what is allowed
     */
    static Probe parse(String text) {
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "probe: \"%s\" is not of the form CELL=QUANTITY,... or CELL:NEURON=QUANTITY,..."
                            .formatted(text));
        }
        Set<Quantity> quantities = EnumSet.noneOf(Quantity.class);
        for (String name : m.group(3).split(",", -1)) {
            if (!quantities.add(quantity(name))) {
                throw new IllegalArgumentException(
                        "probe: \"%s\" names %s twice; once is enough".formatted(text, name));
            }
        }
        int neuron = m.group(2) == null ? -1 : Integer.parseInt(m.group(2));
        return new Probe(text, m.group(1), neuron, quantities);
    }

    private static Quantity quantity(String name) {
        for (Quantity one : choices()) {
            if (one.optionName().equals(name)) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                "probe: quantity \"%s\" is not one of %s".formatted(name, names(choices())));
    }

    /** All quantities that can be requested. */
    private static Set<Quantity> choices() {
        return EnumSet.complementOf(EnumSet.of(CAUSES));
    }

    private static String names(Set<Quantity> some) {
        return some.stream().map(Quantity::optionName).collect(Collectors.joining(", "));
    }

    /** What the probe is of, such as 2:7. */
    String target() {
        return neuron < 0 ? cell : cell + ":" + neuron;
    }

    /**
     * Refuses quantities that a rule does not know, and the energy of a network that has none.
     *
     * @throws IllegalArgumentException naming the quantity, the rule and the quantities that it
     *     knows
     */
    void requireKnown(Network network, Rule rule) {
        if (quantities.contains(Quantity.ENERGY) && !network.noEnergy().isEmpty()) {
            throw new IllegalArgumentException(
                    "probe: there is no quantity energy, since " + network.noEnergy());
        }
        String noEnergy = rule.dynamics().judge(rule).energy().missing();
        Set<Quantity> known = choices();
        if (!holdsErrors(rule)) {
            known.remove(Quantity.ERROR);
        }
        if (!noEnergy.isEmpty()) {
            known.remove(Quantity.ENERGY);
        }
        for (Quantity one : quantities) {
            if (!known.contains(one)) {
                String why = one == Quantity.ENERGY ? ": " + noEnergy : "";
                throw new IllegalArgumentException(
                        "probe: %s has no quantity %s%s; it has %s"
                                .formatted(rule.optionName(), one.optionName(), why, names(known)));
            }
        }
    }

    /** Elsewhere what is held in place of an error is the activity again. */
    private static boolean holdsErrors(Rule rule) {
        return rule.traits().has(Trait.ERROR_FORM) || rule.traits().has(Trait.HOLDS_ERRORS);
    }

    /**
     * The cells that the probe is of.
     *
     * @throws IllegalArgumentException naming the cell or neuron that is not there, and what is
     */
    List<CellId> cells(List<CellId> all, Network network) {
        List<CellId> named = all.stream().filter(c -> c.isNamed(cell)).toList();
        if (named.isEmpty() && network.inputs().stream().anyMatch(p -> p.name().equals(cell))) {
            throw new IllegalArgumentException(
                    "probe: %s is an input, which is clamped and has no cell to record; cells: %s"
                            .formatted(cell, some(all)));
        }
        if (named.isEmpty()) {
            throw new IllegalArgumentException(
                    "probe: no cell or population \"%s\"; cells: %s".formatted(cell, some(all)));
        }
        List<CellId> out = named.stream().filter(this::hasNeuron).toList();
        if (out.isEmpty()) {
            throw new IllegalArgumentException(
                    "probe: %s has no neuron %d; neurons: %d..%d"
                            .formatted(
                                    cell,
                                    neuron,
                                    named.get(0).from(),
                                    named.get(named.size() - 1).to() - 1));
        }
        return out;
    }

    private boolean hasNeuron(CellId id) {
        return neuron < 0 || neuron >= id.from() && neuron < id.to();
    }

    private static String some(List<CellId> all) {
        String first =
                all.stream().limit(NAMED_MAX).map(CellId::name).collect(Collectors.joining(", "));
        return all.size() <= NAMED_MAX ? first : first + ", ... (%d)".formatted(all.size());
    }

    /** The neurons of one of its cells that are read, as indices in the population. */
    int[] neurons(CellId id) {
        int[] all = new int[neuron < 0 ? id.size() : 1];
        Arrays.setAll(all, k -> neuron < 0 ? id.from() + k : neuron);
        return all;
    }
}
