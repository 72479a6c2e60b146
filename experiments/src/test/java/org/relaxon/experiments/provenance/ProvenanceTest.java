package org.relaxon.experiments.provenance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.experiments.problem.ProblemSpec;
import org.relaxon.model.activation.StandardActivation;
import org.relaxon.model.network.Network;
import org.relaxon.runtime.RunPlan;
import org.relaxon.runtime.fault.Chance;
import org.relaxon.runtime.fault.Faults;

/** Two runs have the same provenance exactly if nothing that determines their results differs. */
class ProvenanceTest {
    @TempDir private Path home;

    private static Provenance text(String name, String value) throws IOException {
        return Provenance.NONE.withText(name, value);
    }

    @Test
    void filesCountByContentAndNotByName() throws IOException {
        Path one = Files.writeString(home.resolve("one.npz"), "content");
        Path copy = Files.writeString(home.resolve("copy.npz"), "content");
        Path other = Files.writeString(home.resolve("other.npz"), "Content");
        for (String form : List.of("%s", "measured:%s,unit=us,tag=a", "1->2=measured:%s", "[%s]")) {
            Provenance before = text("--data", form.formatted(one));
            assertEquals(List.of(), before.differences(text("--data", form.formatted(copy))));
            List<Difference> found = before.differences(text("--data", form.formatted(other)));
            assertEquals(1, found.size(), form);
            assertTrue(found.get(0).now().contains("other.npz"), found.toString());
            assertEquals(1, before.differences(text("--data", form.formatted("no.npz"))).size());
        }
    }

    @Test
    void aDirectoryCountsByItsIdxFilesAlone() throws IOException {
        Path images = Files.writeString(home.resolve("train-images.idx3-ubyte"), "pixels");
        Provenance before = text("--data", "mnist:" + home);
        Files.writeString(home.resolve("a.ckpt"), "a checkpoint beside the data");
        assertEquals(List.of(), before.differences(text("--data", "mnist:" + home)));
        Files.writeString(images, "Pixels");
        assertEquals(1, before.differences(text("--data", "mnist:" + home)).size());
    }

    @Test
    void differencesAreNamedWithBothValuesUnlessTheyAreAllowed() {
        Provenance before =
                Provenance.NONE.with("--rate", Setting.of("1")).with("--loss", Setting.of("a"));
        Provenance now = before.with("--rate", Setting.of("2")).with("--init", Setting.of("he"));
        Exception refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> before.requireSame(now, "a.ckpt", Set.of("--rate")));
        assertTrue(
                refused.getMessage().contains("--init was not given and is he now"),
                refused.getMessage());
        assertFalse(refused.getMessage().contains("--rate"), refused.getMessage());
        assertEquals(
                List.of(new Difference("--rate", "1", "2")),
                before.requireSame(
                        before.with("--rate", Setting.of("2")), "a.ckpt", Set.of("--rate")));
    }

    @Test
    void namesAndValuesDoNotRunIntoEachOther() {
        Provenance one = Provenance.NONE.with("ab", Setting.of("c"));
        Provenance other = Provenance.NONE.with("a", Setting.of("bc"));
        assertNotEquals(one.digest(), other.digest());
        assertEquals(one.digest(), Provenance.NONE.with("ab", Setting.of("c")).digest());
    }

    /** What a plan consists of; a component that is left out would make two of these equal. */
    private record Parts(Network network, RunPlan run, double strength) {}

    @Test
    void everyComponentOfAPlanIsASetting() throws IOException {
        ProblemSpec spec = ProblemSpec.defaults();
        Network network = spec.build().network();
        RunPlan run = RunPlan.of(new org.relaxon.model.rule.PredictiveCoding());
        Provenance plain = Components.of(new Parts(network, run, 1));
        assertEquals(List.of(), plain.differences(Components.of(new Parts(network, run, 1))));
        Faults drop =
                new Faults(
                        List.of(Chance.parse("drop", ".1")),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        for (Parts other :
                List.of(
                        new Parts(spec.withSeed(2).build().network(), run, 1),
                        new Parts(
                                spec.withActivation(StandardActivation.RELU).build().network(),
                                run,
                                1),
                        new Parts(network, run.withTolerance(1e-3), 1),
                        new Parts(network, run.withAuditRounds(3), 1),
                        new Parts(network, run.withFaults(drop), 1),
                        new Parts(network, run.withSeed(4), 1),
                        new Parts(network, run, 2))) {
            assertFalse(plain.differences(Components.of(other)).isEmpty(), other.toString());
        }
    }
}
