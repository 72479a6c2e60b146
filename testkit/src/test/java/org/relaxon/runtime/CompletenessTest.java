package org.relaxon.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.relaxon.model.network.Granularity;
import org.relaxon.runtime.FieldWalk.Place;
import org.relaxon.runtime.InterruptedHost.Interruption;

/**
 * Everything that changes in a settling is saved. All fields that are reachable from a session are
 * compared, by reflection, with those of the session that goes on: a new field that nobody saves
 * fails here, by its name.
 */
class CompletenessTest {
    private static final int EACH = 5; // of the cases

    /** What a saved settling does not hold, and why nothing is lost by that. */
    private static final Map<String, String> NOT_SAVED =
            Map.ofEntries(
                    Map.entry("Afferent.spare", "scratch, written before it is read"),
                    Map.entry("ScalarLoops.rows", "scratch, written before it is read"),
                    Map.entry("ScalarLoops.sum", "scratch, written before it is read"),
                    Map.entry("Kernels.floats", "scratch, written before it is read"),
                    Map.entry("ColumnWeights.byColumn", "computed again, with the same bits"),
                    Map.entry("ColumnWeights.outdated", "scratch, written before it is read"),
                    Map.entry("EventDrivenProduct.changed", "scratch, written before it is read"),
                    Map.entry("EventDrivenProduct.ends", "scratch, written before it is read"),
                    Map.entry("EventDrivenProduct.size", "known again when it is needed"),
                    Map.entry("EventDrivenProduct.by", "scratch, written before it is read"),
                    Map.entry("EventDrivenProduct.column", "scratch, written before it is read"),
                    Map.entry("Synapses.rowSums", "computed again, with the same bits"),
                    Map.entry("SynapticMemory.gradient", "waits only within one call"),
                    Map.entry("SynapticMemory.biasGradient", "waits only within one call"),
                    Map.entry("SynapticMemory.summed", "of the gradient, which is not saved"),
                    Map.entry("Hunger.waited", "of the parcel last taken, which is delivered"),
                    Map.entry("Hunger.channel", "of the parcel last taken, which is delivered"),
                    Map.entry("Hunger.parcel", "of the parcel last taken, which is delivered"),
                    Map.entry("Hunger.chain", "of the parcel last taken, which is delivered"),
                    Map.entry("Parameters.weights", "initial ones; those in use are the cells'"),
                    Map.entry("Parameters.biases", "initial ones; those in use are the cells'"),
                    Map.entry("Parameters.feedback", "initial ones; those in use are the cells'"),
                    Map.entry("SettlingSession.settled", "of the state before, which is gone"),
                    Map.entry("SettlingSession.off", "of the state before, which is gone"),
                    Map.entry("Audits.stopped", "set and used within one step"),
                    Map.entry("Audits.found", "set and used within one step"),
                    Map.entry("Audits.resent", "set and used within one step"),
                    Map.entry("Audits.pause", "set and used within one step"),
                    Map.entry("SteppedSettling.wallNanos", "time of the wall clock"),
                    Map.entry("SettlingSession.samplers", "observers begin again"),
                    Map.entry("Slot.sampler", "observers begin again"));

    /** Numbers that follow from network, plan and phase, or from others that are saved. */
    private static final Set<String> FOLLOWING =
            names(
                    "CellFaults: hunger",
                    "CellPhase: anchorColumns",
                    "CellState: held target",
                    "Clamp: held",
                    "Division: firsts",
                    "Edges: first from slot",
                    "Efferent: feedbackLength",
                    "EventDrivenProduct: planes width",
                    "Grid: steps",
                    "Hunger: patience size",
                    "InStep: neighbours",
                    "LinkPlan: drop duplicate reorder",
                    "Matrix: values",
                    "Protocols: neighbourOf",
                    "RelayedTurns: before follower rivals source",
                    "RunPlan: refractoryNanos seed",
                    "Setting: beta height population",
                    "SettlingSession: lowered phaseId presented shared", // fixed at the beginning
                    "SteppedSettling: lastHostNanos lastInFlight", // of its end
                    "VirtualRunner: ended phaseId",
                    "Wiring: firstCells heights neurons slots");

    /** References that no case changes: the structure, and what is null between two events. */
    private static final Set<String> FIXED =
            names(
                    "Agenda: slots",
                    "CellFaults: crashes",
                    "CellPlan: afferents cells efferents",
                    "Cells: cells",
                    "Cell: presented", // a presentation does not run in steps
                    "CellState: anchor memories setting",
                    "ColumnFaults: faults", // made with the first
                    "Departures: line",
                    "Events: links",
                    "InStep: basket", // only after the last step of a cell
                    "InteractionGraph: neighbours",
                    "KeptBack: strays waiting", // of ResumeTest; made when one is kept back
                    "Limits: died", // ends the run
                    "LinkPlan: bursts cuts exceptions late",
                    "Network: closing inputs inputSize into outOf outputs outputSize populations projections",
                    "Parameters: absent", // all rows are there in one process
                    "Phase: clamps gamma imaginary",
                    "Ports: afferents efferents",
                    "ProbeWaves: slots",
                    "Protocols: links sources",
                    "SettlingSession: current report",
                    "Shards: here shards",
                    "SharedUpdates: parts",
                    "Snapshot: afferents efferents recorded state",
                    "SteppedSettling: failure verdict",
                    "Synapses: twin",
                    "SynapticMemory: afferents applied biases weights", // made when needed,
                    "VirtualRunner: slots stopped",
                    "Wiring: links");

    private static Set<String> names(String... byClass) {
        Set<String> out = new TreeSet<>();
        for (String line : byClass) {
            String[] parts = line.split(": ");
            for (String field : parts[1].split(" ")) {
                out.add(parts[0] + "." + field);
            }
        }
        return out;
    }

    private final Set<String> met = new TreeSet<>(); // fields

    private final Set<String> exercised = new TreeSet<>(); // of these

    private static FieldWalk compared(Session a, Session b) {
        return new FieldWalk(NOT_SAVED.keySet()).compare(a, b);
    }

    private void witness(ResumeCase one, Interruption at) {
        FieldWalk walk = compared(at.saved(), at.resumed());
        assertEquals(Set.of(), walk.differing(), one + ": not saved");
        met.addAll(walk.mutable());
        exercised.addAll(places(at.saved()).keySet()); // numbers: see below
        exercised.addAll(compared(at.saved(), at.begun()).differing());
        exercised.addAll(compared(at.saved(), at.fresh().get()).differing());
    }

    @Test
    void everyFieldIsAsItWas() {
        List<ResumeCase> cases = ResumeCase.all();
        for (int k = 0; k < cases.size(); k++) {
            ResumeCase one = cases.get(k);
            if (k % EACH == 0 || one.row() == null) {
                SplittableRandom random = new SplittableRandom(k);
                one.run(new InterruptedHost(random, at -> witness(one, at)));
            }
        }
        met.removeAll(exercised);
        met.removeAll(FIXED);
        assertEquals(Set.of(), met, "no case changes these: add one");
    }

    /** The twin: a number that is another one in the session that goes on is named. */
    @Test
    void aNumberThatIsNotAsItWasIsNamed() {
        Set<String> named = new TreeSet<>();
        Set<String> byItself = new TreeSet<>();
        inLayers(
                at -> {
                    Map<String, Place> original = places(at.saved());
                    places(at.resumed())
                            .forEach(
                                    (name, place) -> {
                                        boolean shared =
                                                original.get(name).owner() == place.owner();
                                        if (!shared && named.add(name)) {
                                            place.change();
                                            byItself.addAll(
                                                    compared(at.saved(), at.resumed()).differing());
                                            place.change(); // back
                                        }
                                    });
                });
        assertTrue(named.size() > 120, named.toString());
        named.removeAll(byItself);
        assertEquals(Set.of("InStep.neighbours"), named, "shared with the graph, which is named");
    }

    /**
     * Every number is changed before a settling is saved, one by one, and must be found again in
     * the session that goes on, or be refused there: a field that is not saved is named whether or
     * not a run changes it.
     */
    @Test
    void everyNumberThatIsChangedBeforeIsFoundAgain() {
        Set<String> changed = new TreeSet<>();
        Set<String> lost = new TreeSet<>();
        inLayers(
                at -> {
                    Set<String> before = compared(at.saved(), at.resumed()).differing();
                    places(at.saved())
                            .forEach(
                                    (name, place) -> {
                                        if (changed.add(name)) {
                                            place.change();
                                            Set<String> now = notFound(at);
                                            if (before.contains(name) || !before.containsAll(now)) {
                                                lost.add(name);
                                            }
                                            place.change(); // back
                                        }
                                    });
                });
        assertTrue(changed.size() > 120, changed.toString());
        lost.removeAll(FOLLOWING);
        assertEquals(Set.of(), lost, "not saved");
    }

    private static Set<String> notFound(Interruption at) {
        Session other = at.fresh().get();
        try {
            other.resume(at.stepping().save());
        } catch (RuntimeException e) { // it was read, and is out of range
            return Set.of();
        }
        return compared(at.saved(), other).differing();
    }

    private static Map<String, Place> places(Session session) {
        return FieldWalk.places(session, NOT_SAVED.keySet());
    }

    /** Runs phases of all kinds on a few cells. */
    private static void inLayers(Consumer<Interruption> witness) {
        for (ResumeCase one : ResumeCase.all()) {
            if (one.row() == null && one.plan().granularity().equals(Granularity.LAYER)) {
                one.run(new InterruptedHost(new SplittableRandom(one.number()), witness));
            }
        }
    }
}
