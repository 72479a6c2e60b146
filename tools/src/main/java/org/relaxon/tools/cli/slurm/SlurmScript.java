package org.relaxon.tools.cli.slurm;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.relaxon.tools.cli.text.Words;

/**
 * A batch script of Slurm that runs one command.
 *
 * @param allocation what the job requests
 * @param words of the command
 * @param launcher path of the program
 * @param port at which the first node listens; 0 for one made of the number of the job
 * @param connection options of all members of a cluster, such as --tls keys
 */
record SlurmScript(
        Allocation allocation,
        List<String> words,
        String launcher,
        int port,
        List<String> connection) {
    /** How many new allocations a command may go on in. */
    private static final int RESTARTS_MAX = 50;

    private static final Set<String> SWEEPS = Set.of("sweep", "stress");

    /** The kinds of job, by how a command uses its machines. */
    enum Kind {
        /** Cells are on all machines. */
        CLUSTER,
        /** Each machine runs a part of a grid. */
        ARRAY,
        /** One machine runs everything. */
        SINGLE
    }

    Kind kind() {
        if (SWEEPS.contains(verb())) {
            return Kind.ARRAY;
        }
        return allocation.nodes() == 1 ? Kind.SINGLE : Kind.CLUSTER;
    }

    private String verb() {
        return words.get(0);
    }

    /** Whether the command goes on where it was stopped, instead of from its beginning. */
    private boolean goesOn() {
        return kind() == Kind.ARRAY || verb().equals("train");
    }

    /** The text of the file. */
    String text() {
        List<String> out = new ArrayList<>();
        out.add("#!/bin/bash");
        out.addAll(requests());
        out.add("set -u");
        out.add("relaxon=${RELAXON:-" + quoted(launcher) + "}");
        out.add(
                "memory=${SLURM_MEM_PER_NODE:-%d} # MiB on each machine"
                        .formatted(allocation.memoryMiB()));
        out.add("cpus=${SLURM_CPUS_PER_TASK:-%d}".formatted(allocation.cpus()));
        out.add("given=${RELAXON_JAVA_OPTS:-}");
        out.add(STOP);
        out.add(
                switch (kind()) {
                    case CLUSTER -> cluster();
                    case ARRAY -> array();
                    case SINGLE -> heap(80) + "\"$relaxon\"" + command() + " &\n";
                });
        out.add(finish());
        return String.join("\n", out);
    }

    private List<String> requests() {
        boolean array = kind() == Kind.ARRAY;
        List<String> out = new ArrayList<>();
        out.add("--job-name=relaxon-" + verb());
        if (array) {
            out.add("--array=1-" + allocation.nodes());
        }
        out.add("--nodes=" + (array ? 1 : allocation.nodes()));
        out.add("--ntasks-per-node=1");
        out.add("--cpus-per-task=" + allocation.cpus());
        out.add("--mem=%dM".formatted(allocation.memoryMiB()));
        out.add("--time=" + allocation.time());
        if (allocation.partition() != null) {
            out.add("--partition=" + allocation.partition());
        }
        out.add("--output=relaxon-" + (array ? "%A-%a" : "%j") + ".out");
        out.add("--open-mode=append");
        out.add("--requeue");
        out.add("--signal=B:TERM@60");
        return out.stream().map(request -> "#SBATCH " + request).toList();
    }

    private static final String STOP =
            """

            # The scheduler sends TERM a minute before the time is over: the command then keeps what it has.
            command=
            stopped=
            stop() {
                stopped=1
                [ -z "$command" ] || kill -TERM "$command" 2>/dev/null
            }
            trap stop TERM
            """;

    private static String heap(int percent) {
        return "export RELAXON_JAVA_OPTS=\"$given -Xmx$((memory * %d / 100))m -XX:ActiveProcessorCount=$cpus\"\n"
                .formatted(percent);
    }

    private String cluster() {
        String own = connection.isEmpty() ? "" : Words.without(connection, Set.of());
        return """
        mapfile -t hosts < <(scontrol show hostnames "$SLURM_JOB_NODELIST")
        first=${hosts[0]}
        port=%s
        export relaxon first port cpus

        # One node on each machine; the first machine runs the command as well.
        %ssrun --nodes="${#hosts[@]}" --ntasks="${#hosts[@]}" --ntasks-per-node=1 --overlap bash -c '
            if [ "$SLURMD_NODENAME" = "$first" ]; then
                exec "$relaxon" node --listen "$first:$port" --threads "$cpus" "$@"
            fi
            exec "$relaxon" node --listen "$SLURMD_NODENAME:0" --join "$first:$port" --threads "$cpus" "$@"
        ' node%s &
        nodes=$!
        for try in $(seq 120); do
            (exec 3<>"/dev/tcp/$first/$port") 2>/dev/null && break
            sleep 1
        done
        %s"$relaxon"%s --host cluster --nodes "${#hosts[@]}" --join "$first:$port" --listen "$first:0"%s &
        """
                .formatted(
                        port == 0 ? "$((25000 + SLURM_JOB_ID % 20000))" : Integer.toString(port),
                        heap(60),
                        own,
                        heap(25),
                        command(),
                        own);
    }

    private String array() {
        String given = valueOf("--out");
        List<String> rest = Words.list(words, Set.of("--out"));
        return """
        # Each task runs its part, and goes on in the directory of its part.
        part=$SLURM_ARRAY_TASK_ID
        out=%s/part-$part
        run=$(ls -d "$out"/%s/*/ 2>/dev/null | tail -n 1)
        if [ -n "$run" ]; then
            set -- --resume "$run"
        else
            set -- --out "$out"
        fi
        %s"$relaxon"%s --shard "$part/%d" "$@" &
        """
                .formatted(
                        quoted(given == null ? "runs" : given),
                        verb(),
                        heap(80),
                        Words.without(rest, Set.of()),
                        allocation.nodes());
    }

    private String command() {
        String all = Words.without(words, Set.of());
        boolean keeps = !verb().equals("train") || valueOf("--checkpoint") != null;
        return keeps ? all : all + " --checkpoint \"relaxon-$SLURM_JOB_ID.checkpoint\"";
    }

    /** The value of an option of the command; null if it was not given. */
    private String valueOf(String option) {
        for (int k = 0; k < words.size(); k++) {
            if (words.get(k).startsWith(option + "=")) {
                return words.get(k).substring(option.length() + 1);
            }
            if (words.get(k).equals(option) && k + 1 < words.size()) {
                return words.get(k + 1);
            }
        }
        return null;
    }

    private String finish() {
        StringBuilder out = new StringBuilder();
        out.append(
                """
                command=$!
                [ -z "$stopped" ] || stop
                wait "$command"
                code=$?
                if [ -n "$stopped" ]; then
                    wait "$command" # the signal has ended the first wait
                    code=$?
                fi
                """);
        if (kind() == Kind.CLUSTER) {
            out.append(
                    """
                    kill -TERM "$nodes" 2>/dev/null
                    wait "$nodes"
                    """);
        }
        if (goesOn()) {
            out.append(
                    """
                    if [ -n "$stopped" ] && [ "${SLURM_RESTART_COUNT:-0}" -lt %d ]; then
                        scontrol requeue "$SLURM_JOB_ID" # goes on from what was kept
                    fi
                    """
                            .formatted(RESTARTS_MAX));
        }
        out.append("exit \"$code\"\n");
        return out.toString();
    }

    private static String quoted(String word) {
        return Words.without(List.of(word), Set.of()).strip();
    }
}
