package org.relaxon.tools.cli.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relaxon.experiments.format.NpzReader;
import org.relaxon.tools.cli.Ran;

/** {@code train --probe} as a user meets it. Four steps are an epoch. */
class TrainProbeTest {
    private static final String TRAIN =
            "train --data two-moons --layers 2,6,2 --examples 16 --test-examples 8 --batch 4"
                    + " --delay exponential:1ms --json - ";

    @TempDir private Path temp;

    private JsonNode trained(String options) throws IOException {
        Ran ran = relaxon(TRAIN + "--quiet --out " + temp + " " + options);
        assertEquals(0, ran.code(), ran.out() + ran.err());
        return ran.json();
    }

    private static Path place(JsonNode result, String name) {
        return Path.of(result.get("directory").asText(), name);
    }

    private static Set<Long> steps(JsonNode result) throws IOException {
        List<String> lines = Files.readAllLines(place(result, "probe-1.csv"));
        assertTrue(lines.get(0).startsWith("step,cell,phase,kind,relaxation,"), lines.get(0));
        return lines.stream()
                .skip(1)
                .map(l -> Long.parseLong(l.substring(0, l.indexOf(','))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Phases begin again at 1 whenever the weights were evaluated. */
    @Test
    void theFirstStepOfEveryEpochIsRecordedAndNothingElseChanges() throws IOException {
        JsonNode with = trained("--epochs 3 --probe 1:2=activity,residual --probe 2=energy");
        JsonNode without = trained("--epochs 3");
        assertEquals(Set.of(1L, 5L, 9L), steps(with));
        assertEquals(4, with.get("probeEvery").asInt());
        assertEquals(without.get("messages"), with.get("messages"));
        assertEquals(without.get("testLoss"), with.get("testLoss"));
        assertEquals(without.get("options"), with.get("options"));
        assertArrayEquals(values(with, "arrays.npz", "W1"), values(without, "arrays.npz", "W1"));
        double[] step = values(with, "probes.npz", "p1-step");
        assertEquals(with.at("/probes/0/rows").asInt(), step.length);
        assertEquals(4 * step.length, values(with, "probes.npz", "p1-activity").length, "columns");
        String page = Files.readString(place(with, "report.html"));
        assertTrue(page.contains("step 1 of the training and every 4 later."), "on the page");
        assertTrue(Files.exists(place(with, "probe-1-residual.png")));
        assertTrue(Files.exists(place(with, "probe-2-energy.png")));
        assertTrue(without.get("probes").isEmpty());
        assertFalse(Files.readString(place(without, "report.html")).contains("Probes"));
    }

    private static double[] values(JsonNode result, String file, String name) throws IOException {
        return NpzReader.read(place(result, file)).get(name).values();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--host akka|",
                "--host akka --granularity neuron --in-flight 2|",
                "--host synchronous|",
                "--algorithm ep|free",
                "--algorithm ipc|nudged",
            })
    void otherHostsLanesAndSchedulesAreRecorded(String options, String kind) throws IOException {
        boolean timed = !options.contains("synchronous");
        String train = timed ? TRAIN : TRAIN.replace("--delay exponential:1ms", "");
        String probe = "--quiet --epochs 1 --probe 1=activity --probe-every 3 --out " + temp;
        Ran ran = relaxon(train + probe + " " + options);
        assertEquals(0, ran.code(), ran.out() + ran.err());
        assertEquals(Set.of(1L, 4L), steps(ran.json()));
        String table = Files.readString(place(ran.json(), "probe-1.csv"));
        assertTrue(table.contains(kind == null ? "nudged" : kind), table.substring(0, 300));
    }

    @Test
    void aTrainingThatGoesOnRecordsFromThereAndStatesIt() throws IOException {
        String kept =
                "--checkpoint " + temp.resolve("a.ckpt") + " --probe-every 2 --probe 1=energy";
        JsonNode whole = trained("--epochs 2 --probe 1=energy --probe-every 2");
        assertEquals(Set.of(1L, 3L, 5L, 7L), steps(whole));
        assertEquals(0, whole.get("probesAfterStep").asInt());
        trained("--epochs 1 --checkpoint " + temp.resolve("a.ckpt"));
        JsonNode rest = trained("--epochs 2 " + kept);
        assertEquals(Set.of(5L, 7L), steps(rest));
        assertEquals(4, rest.get("probesAfterStep").asInt());
        assertEquals(whole.get("testLoss"), rest.get("testLoss"));
        assertArrayEquals(energies(whole, 5), energies(rest, 5));
        String page = Files.readString(place(rest, "report.html"));
        assertTrue(page.contains("none up to step 4"), "on the page");
    }

    private static double[] energies(JsonNode result, long from) throws IOException {
        double[] step = values(result, "probes.npz", "p1-step");
        double[] energy = values(result, "probes.npz", "p1-energy");
        int width = energy.length / step.length;
        int first = (int) Arrays.stream(step).filter(s -> s < from).count();
        return Arrays.copyOfRange(energy, first * width, energy.length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--probe 1=energy|give --out DIR",
                "--out DIR --probe-every 2|probe-every: has no effect without --probe",
                "--out DIR --probe 1=energy --probe-every 0|probe-every: 0",
                "--out DIR --probe 7=energy|no cell or population \"7\"",
                "--out DIR --probe 1=colour|quantity \"colour\"",
                "--out DIR --probe 1=energy --probe 1=energy|names energy of 1 again; once is enough",
                "--out DIR --probe 1=energy --probe 1=error,energy|names energy of 1 again",
            })
    void whatCannotBeRecordedIsRefused(String options, String why) {
        Ran ran = relaxon(TRAIN + "--epochs 1 " + options.replace("DIR", temp.toString()));
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains(why), ran.err());
    }
}
