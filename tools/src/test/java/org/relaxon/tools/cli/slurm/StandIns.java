package org.relaxon.tools.cli.slurm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.relaxon.tools.cli.Ran;

/**
 * A scheduler of two machines, both of which are this one: scripts in place of srun and scontrol.
 *
 * @param home where the job runs
 */
record StandIns(Path home) {
    private static final String SCONTROL =
            """
            #!/bin/bash
            echo "scontrol $*" >>calls
            if [ "$1 $2" = "show hostnames" ]; then
                printf '127.0.0.1\\nlocalhost\\n'
            fi
            """;

    private static final String SRUN =
            """
            #!/bin/bash
            echo "srun $*" >>calls
            while [[ ${1:-} == --* ]]; do shift; done
            all=
            trap 'kill -TERM $all 2>/dev/null' TERM
            for host in 127.0.0.1 localhost; do
                SLURMD_NODENAME=$host "$@" &
                all="$all $!"
            done
            wait
            wait # the trap has ended the first
            """;

    /** Takes note of its words, makes the directory of a run, and goes on until it is stopped. */
    private static final String PATIENT =
            """
            #!/bin/bash
            echo "relaxon $*" >>calls
            for word; do
                [ "$before" != --out ] || mkdir -p "$word/$1/run-1"
                before=$word
            done
            mkfifo "never-$$"
            exec 3<>"never-$$"
            trap 'echo stopped >>calls; exit 143' TERM
            echo ready
            read -r -u 3
            """;

    static StandIns in(Path home) throws IOException {
        StandIns all = new StandIns(home);
        all.program("scontrol", SCONTROL);
        all.program("srun", SRUN);
        return all;
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.createDirectories(home.resolve("bin")).resolve(name);
        Files.writeString(file, text);
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("not executable: " + file);
        }
    }

    /** In place of Relaxon, a program that runs until it is stopped. */
    StandIns withPatientProgram() throws IOException {
        program("relaxon", PATIENT);
        return this;
    }

    /** Relaxon of these classes. */
    StandIns withProgram() throws IOException {
        program(
                "relaxon",
                """
                #!/bin/bash
                echo "relaxon $*" >>calls
                exec "%s" --add-opens java.base/jdk.internal.misc=ALL-UNNAMED $RELAXON_JAVA_OPTS \\
                    -cp "%s" org.relaxon.tools.cli.Main "$@"
                """
                        .formatted(
                                ProcessHandle.current().info().command().orElse("java"),
                                System.getProperty("java.class.path")));
        return this;
    }

    static int freePort() throws IOException {
        try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return one.getLocalPort();
        }
    }

    /** Runs a script as a job until it ends; one that gets ready is then stopped. */
    Ran job(String script, Map<String, String> variables) throws IOException, InterruptedException {
        Path file = Files.writeString(home.resolve("job.sh"), script);
        ProcessBuilder builder =
                new ProcessBuilder("bash", file.toString())
                        .directory(home.toFile())
                        .redirectErrorStream(true);
        Map<String, String> all = builder.environment();
        all.put("PATH", home.resolve("bin") + ":" + all.get("PATH"));
        all.put("RELAXON", home.resolve("bin/relaxon").toString());
        all.put("SLURM_JOB_ID", "4711");
        all.put("SLURM_JOB_NODELIST", "a[1-2]");
        all.put("SLURM_MEM_PER_NODE", "1024");
        all.putAll(variables);
        Process job = builder.start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(job.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
                if (line.equals("ready")) {
                    job.toHandle().destroy(); // SIGTERM, as the scheduler sends it
                }
            }
        }
        return new Ran(job.waitFor(), String.join("\n", lines), "");
    }

    /** What the stand-ins were called with. */
    List<String> calls() throws IOException {
        return Files.readAllLines(home.resolve("calls"));
    }
}
