package org.relaxon.runtime.fault;

import java.util.ArrayList;
import java.util.List;

/**
 * The faults that a run injects. Every fault is drawn from the run's seed and counted.
 *
 * @param drops chances that a parcel is lost; the last that matches a link counts
 * @param duplicates chances that a parcel arrives twice; likewise
 * @param reorders chances that a parcel is kept back until the next on its link has overtaken it;
 *     likewise
 * @param lates chances that a parcel is kept back beyond its phase and arrives in a later one;
 *     likewise
 * @param cuts outages of links
 * @param bursts recurring random outages of every link
 * @param slow cells that pause longer
 * @param crashes cells that lose their state
 * @param starved cells that receive last
 */
public record Faults(
        List<Chance> drops,
        List<Chance> duplicates,
        List<Chance> reorders,
        List<Chance> lates,
        List<Cut> cuts,
        List<Burst> bursts,
        List<SlowCell> slow,
        List<Crash> crashes,
        List<Starvation> starved) {
    /** No faults. */
    public static final Faults NONE =
            new Faults(
                    List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                    List.of(), List.of());

    /**
     * Copies the lists.
     *
     * @param drops chances that a parcel is lost; the last that matches a link counts
     * @param duplicates chances that a parcel arrives twice; likewise
     * @param reorders chances that a parcel is kept back until the next on its link has overtaken
     *     it; likewise
     * @param lates chances that a parcel is kept back beyond its phase and arrives in a later one;
     *     likewise
     * @param cuts outages of links
     * @param bursts recurring random outages of every link
     * @param slow cells that pause longer
     * @param crashes cells that lose their state
     * @param starved cells that receive last
     */
    public Faults {
        drops = List.copyOf(drops);
        duplicates = List.copyOf(duplicates);
        reorders = List.copyOf(reorders);
        lates = List.copyOf(lates);
        cuts = List.copyOf(cuts);
        bursts = List.copyOf(bursts);
        slow = List.copyOf(slow);
        crashes = List.copyOf(crashes);
        starved = List.copyOf(starved);
    }

    /**
     * {@return the same faults with other outages of links}
     *
     * @param value replaces the outages
     */
    public Faults withCuts(List<Cut> value) {
        return new Faults(
                drops, duplicates, reorders, lates, value, bursts, slow, crashes, starved);
    }

    /**
     * {@return the same faults, but every parcel on every link is lost with this probability}
     *
     * @param probability the probability, in [0, 1)
     */
    public Faults withDrop(double probability) {
        List<Chance> one = List.of(Chance.everywhere(probability));
        return new Faults(one, duplicates, reorders, lates, cuts, bursts, slow, crashes, starved);
    }

    /**
     * {@return the same faults, but every parcel on every link arrives twice with this probability}
     *
     * @param probability the probability, in [0, 1)
     */
    public Faults withDuplicate(double probability) {
        List<Chance> one = List.of(Chance.everywhere(probability));
        return new Faults(drops, one, reorders, lates, cuts, bursts, slow, crashes, starved);
    }

    /**
     * {@return the same faults, but every parcel on every link is kept back for the next with this
     * probability}
     *
     * @param probability the probability, in [0, 1)
     */
    public Faults withReorder(double probability) {
        List<Chance> one = List.of(Chance.everywhere(probability));
        return new Faults(drops, duplicates, one, lates, cuts, bursts, slow, crashes, starved);
    }

    /**
     * {@return the same faults, but every parcel on every link is kept back beyond its phase with
     * this probability}
     *
     * @param probability the probability, in [0, 1)
     */
    public Faults withLate(double probability) {
        List<Chance> one = List.of(Chance.everywhere(probability));
        return new Faults(drops, duplicates, reorders, one, cuts, bursts, slow, crashes, starved);
    }

    /**
     * {@return the same faults with other recurring outages}
     *
     * @param value replaces the recurring outages
     */
    public Faults withBursts(List<Burst> value) {
        return new Faults(drops, duplicates, reorders, lates, cuts, value, slow, crashes, starved);
    }

    /**
     * {@return the same faults with other cells that pause longer}
     *
     * @param value replaces the slow cells
     */
    public Faults withSlow(List<SlowCell> value) {
        return new Faults(
                drops, duplicates, reorders, lates, cuts, bursts, value, crashes, starved);
    }

    /**
     * {@return the same faults with other cells that crash}
     *
     * @param value replaces the crashes
     */
    public Faults withCrashes(List<Crash> value) {
        return new Faults(drops, duplicates, reorders, lates, cuts, bursts, slow, value, starved);
    }

    /**
     * {@return the same faults with other cells that receive last}
     *
     * @param value replaces the starved cells
     */
    public Faults withStarved(List<Starvation> value) {
        return new Faults(drops, duplicates, reorders, lates, cuts, bursts, slow, crashes, value);
    }

    /** {@return whether no fault is planned; chances of 0 plan none} */
    public boolean isEmpty() {
        return !loses()
                && !overtakes()
                && !hasChance(duplicates)
                && slow.isEmpty()
                && starved.isEmpty();
    }

    /** {@return whether a parcel may be lost permanently} */
    public boolean loses() {
        return !cuts.isEmpty()
                || !bursts.isEmpty()
                || !crashes.isEmpty()
                || hasChance(drops)
                || hasChance(lates);
    }

    /**
     * {@return the faults that neither time nor repetition repairs, in the form of their options:
     * outages without an end, and cells that crash at every parcel from a certain one on}
     */
    public List<String> lasting() {
        List<String> out = new ArrayList<>();
        cuts.stream().filter(Cut::isForGood).forEach(c -> out.add("--cut " + c));
        crashes.stream().filter(Crash::lasting).forEach(c -> out.add("--crash " + c));
        return out;
    }

    /** {@return the same faults without those that {@link #lasting} names} */
    public Faults withoutLasting() {
        return withCuts(cuts.stream().filter(c -> !c.isForGood()).toList())
                .withCrashes(crashes.stream().filter(c -> !c.lasting()).toList());
    }

    /** {@return whether a parcel may be kept back for the next one on its channel} */
    public boolean overtakes() {
        return hasChance(reorders);
    }

    /**
     * {@return the kinds of fault that are planned but did not happen, by option name}
     *
     * @param counts faults that happened
     */
    public List<String> missing(FaultCounts counts) {
        List<String> out = new ArrayList<>();
        note(out, "drop", hasChance(drops), counts.dropped());
        note(out, "duplicate", hasChance(duplicates), counts.duplicated());
        note(out, "cut", !cuts.isEmpty(), counts.cut());
        note(out, "burst", !bursts.isEmpty(), counts.burst());
        note(out, "slow", !slow.isEmpty(), counts.slowed());
        note(out, "crash", !crashes.isEmpty(), counts.crashes());
        note(out, "reorder", hasChance(reorders), counts.reordered());
        note(out, "late", hasChance(lates), counts.late());
        note(out, "starve", !starved.isEmpty(), counts.starved());
        return out;
    }

    private static boolean hasChance(List<Chance> some) {
        return some.stream().anyMatch(c -> c.probability() > 0);
    }

    private static void note(List<String> out, String name, boolean asked, long count) {
        if (asked && count == 0) {
            out.add(name);
        }
    }
}
