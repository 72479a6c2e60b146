package org.relaxon.tools.cli.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** Scripts for a scheduler: what they state, and what a stand-in for one makes of them. */
class SlurmCommandTest {
    private static final String TRAIN = "train --data two-moons --layers 2,8,2";

    @TempDir private Path home;

    private static String script(String words) {
        Ran ran = relaxon("slurm " + words);
        assertEquals(ExitCode.DONE, ran.code(), ran.err());
        return ran.out();
    }

    private static List<String> requests(String script) {
        return script.lines()
                .filter(line -> line.startsWith("#SBATCH "))
                .map(line -> line.substring("#SBATCH ".length()))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--insecure -- check",
                "--tls keys --port 4000 -- train --data two-moons --layers 2,8,2",
                "--nodes 1 -- settle --cut 2->3@0ms..200ms",
                "-- sweep --axis gain=1,2 --out it's",
                "-- stress"
            })
    void aShellReadsIt(String words) throws IOException, InterruptedException {
        Path file = Files.writeString(home.resolve("job.sh"), script(words));
        Process bash = new ProcessBuilder("bash", "-n", file.toString()).inheritIO().start();
        assertEquals(0, bash.waitFor());
        assertTrue(Files.readString(file).startsWith("#!/bin/bash\n#SBATCH "));
    }

    @Test
    void itRequestsWhatWasGiven() {
        String script =
                script(
                        "--nodes 4 --cpus 16 --mem 32G --time 2-0:00:00 --partition long"
                                + " --tls /keys -- check --seeds 3");
        assertEquals(
                List.of(
                        "--job-name=relaxon-check",
                        "--nodes=4",
                        "--ntasks-per-node=1",
                        "--cpus-per-task=16",
                        "--mem=32768M",
                        "--time=2-0:00:00",
                        "--partition=long",
                        "--output=relaxon-%j.out",
                        "--open-mode=append",
                        "--requeue",
                        "--signal=B:TERM@60"),
                requests(script));
        assertTrue(script.contains("\"$relaxon\" check --seeds 3 --host cluster --nodes"), script);
        assertTrue(script.contains("--listen \"$first:0\" --tls /keys &"), script);
    }

    @Test
    void aGridIsAnArrayOfParts() {
        String script = script("--nodes 8 -- sweep --axis gain=1,2 --out runs");
        assertTrue(requests(script).contains("--array=1-8"), script);
        assertTrue(requests(script).contains("--nodes=1"), script);
        assertTrue(script.contains("--shard \"$part/8\""), script);
        assertFalse(script.contains("srun"), script);
    }

    /** One node on each of two machines, and a command whose cells they hold. */
    @Test
    void aCheckRunsOnTheNodesOfAnAllocation() throws IOException, InterruptedException {
        StandIns scheduler = StandIns.in(home).withProgram();
        String script =
                script(
                        "--nodes 2 --cpus 1 --insecure --port "
                                + StandIns.freePort()
                                + " -- check --layers 4,3,2 --seeds 1 --algorithm pc-nudge"
                                + " --granularity layer --delay none --quiet --json found.json");
        Ran ran = scheduler.job(script, Map.of());
        assertEquals(ExitCode.DONE, ran.code(), ran.out());
        JsonNode found = Ran.json(home.resolve("found.json"));
        assertTrue(found.path("holds").asBoolean(), found.toString());
        assertEquals("cluster", found.at("/cases/0/host").asText(), found.toString());
        assertEquals(
                2,
                scheduler.calls().stream().filter(c -> c.startsWith("relaxon node")).count(),
                scheduler.calls().toString());
    }

    @Test
    void aTrainingGoesOnInANewAllocation() throws IOException, InterruptedException {
        StandIns scheduler = StandIns.in(home).withPatientProgram();
        Ran ran = scheduler.job(script("--nodes 1 -- " + TRAIN), Map.of());
        assertEquals(143, ran.code(), ran.out());
        assertEquals(
                List.of(
                        "relaxon " + TRAIN + " --checkpoint relaxon-4711.checkpoint",
                        "stopped",
                        "scontrol requeue 4711"),
                scheduler.calls());
    }

    /** The twins: what would begin again is not queued again, and neither is a job without end. */
    @Test
    void nothingElseIsQueuedAgain() throws IOException, InterruptedException {
        StandIns scheduler = StandIns.in(home).withPatientProgram();
        scheduler.job(script("--nodes 1 -- check"), Map.of());
        scheduler.job(script("--nodes 1 -- " + TRAIN), Map.of("SLURM_RESTART_COUNT", "50"));
        assertFalse(
                scheduler.calls().stream().anyMatch(c -> c.contains("requeue")),
                scheduler.calls().toString());
    }

    @Test
    void aPartOfAGridGoesOnInItsDirectory() throws IOException, InterruptedException {
        StandIns scheduler = StandIns.in(home).withPatientProgram();
        String script = script("--nodes 3 -- sweep --axis gain=1,2 --out runs");
        for (int k = 0; k < 2; k++) {
            scheduler.job(script, Map.of("SLURM_ARRAY_TASK_ID", "2"));
        }
        String begin = "relaxon sweep --axis gain=1,2 --shard 2/3 ";
        assertEquals(
                List.of(begin + "--out runs/part-2", begin + "--resume runs/part-2/sweep/run-1/"),
                scheduler.calls().stream().filter(c -> c.startsWith("relaxon")).toList());
    }

    @Test
    void aFileIsNotReplaced() throws IOException {
        Path file = home.resolve("job.sh");
        String words = "slurm --nodes 1 --file " + file + " -- check";
        Ran ran = relaxon(words);
        assertTrue(ran.out().contains("sbatch " + file), ran.out());
        assertEquals(script("--nodes 1 -- check"), Files.readString(file));
        assertTrue(relaxon(words).refusal().contains("exists"));
    }

    @ParameterizedTest
    @CsvSource({
        "--nodes 0 -- check, nodes: 0",
        "--nodes 1 --cpus 0 -- check, cpus: 0",
        "--nodes 1 --mem much -- check, mem: \"much\"",
        "--nodes 1 --time soon -- check, time: \"soon\"",
        "--nodes 1 --partition a;b -- check, partition: \"a;b\"",
        "--insecure --port 0 -- check, port: 0",
        "-- check, tls: machines connect",
        "--tls keys --insecure -- check, insecure: contradicts",
        "--nodes 1 --tls keys -- check, tls: this job has no connections",
        "--insecure -- check --host akka, host: the script states it",
        "--insecure -- check --join a:1, join: the script states it",
        "-- sweep --axis gain=1 --shard 1/2, shard: the script states it",
        "--insecure -- report x, nodes: report runs on one machine",
        "--nodes 1 -- node, slurm: node is no command",
        "--nodes 1 -- check --no-such-option, command: Unknown option",
        "--nodes 1 -- chekc, command: "
    })
    void whatWouldFailInAJobIsRefusedNow(String words, String why) {
        String line = relaxon("slurm " + words).refusal();
        assertTrue(line.contains(why), line);
    }
}
