package org.relaxon.tools.cli.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.sweep.AxisKind;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.option.GivenOptions;
import org.relaxon.tools.cli.option.ResolvedOptions;
import org.relaxon.tools.cli.process.Interruption;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command that repeats a run, or a part of one, loses no option. */
class RepeatTest {
    @TempDir private Path home;

    /** Two words that a command line accepts for an option, whatever they mean. */
    private static List<String> words(OptionSpec option) {
        if (option.arity().max() == 0) {
            return List.of(ResolvedOptions.name(option));
        }
        Class<?> type = option.isMultiValue() ? option.auxiliaryTypes()[0] : option.type();
        if (type.isEnum()) {
            return List.of(ResolvedOptions.name(option), type.getEnumConstants()[0].toString());
        }
        boolean number = type.isPrimitive() || Number.class.isAssignableFrom(type);
        return List.of(ResolvedOptions.name(option), number ? "7" : "7 or 'so'");
    }

    /** Ends the command, or is taken by the launcher: no repeated run has it. */
    private static boolean isOfTheLauncher(OptionSpec option) {
        return option.usageHelp()
                || option.versionHelp()
                || ResolvedOptions.name(option).equals("--module");
    }

    private static Map<String, String> values(CommandSpec spec) {
        Map<String, String> out = new TreeMap<>();
        for (OptionSpec option : spec.options()) {
            Object value = option.getValue();
            out.put(ResolvedOptions.name(option), String.valueOf(value));
        }
        return out;
    }

    private static CommandSpec parsed(Interruption interruption, List<String> line) {
        CommandLine root = Ran.commands(interruption);
        CommandLine.ParseResult parsed = root.parseArgs(line.toArray(String[]::new));
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return parsed.commandSpec();
    }

    private static List<String> line(List<String> command, List<String> words) {
        List<String> out = new ArrayList<>(command);
        out.addAll(words);
        return out;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check",
                "settle",
                "train",
                "sweep",
                "stress",
                "paper",
                "paper-training",
                "reproduce delays",
                "reproduce desynchronised",
                "bench",
                "data",
                "report"
            })
    void everyOptionOfEveryVerbIsWrittenOutAgain(String verb) {
        List<String> command = List.of(verb.split(" "));
        try (Interruption interruption = new Interruption()) {
            CommandSpec spec =
                    parsed(
                            interruption,
                            line(command, verb.equals("report") ? List.of(".") : List.of()));
            Map<String, String> plain = values(spec);
            List<String> all = new ArrayList<>();
            spec.options().stream()
                    .filter(o -> !isOfTheLauncher(o))
                    .forEach(o -> all.addAll(words(o)));
            List<String> more = verb.equals("report") ? List.of(".") : List.of();
            CommandSpec given = parsed(interruption, line(line(command, all), more));
            Map<String, String> asked = values(given);
            List<String> again = GivenOptions.of(given).words();
            assertEquals(
                    asked, values(parsed(interruption, line(line(command, again), more))), verb);
            for (OptionSpec option : given.options()) {
                String name = ResolvedOptions.name(option);
                boolean help = isOfTheLauncher(option);
                if (!help && !"7".equals(plain.get(name))) { // 7 may be a default
                    assertNotEquals(plain.get(name), asked.get(name), name + " was given");
                }
            }
        }
    }

    /** By construction: what a sweep has and settle has not is stated to be a part of the grid. */
    @Test
    void whatSettleLacksOfASweepIsTheGrid() {
        try (Interruption interruption = new Interruption()) {
            Set<String> sweep = values(parsed(interruption, List.of("sweep"))).keySet();
            Set<String> settle = values(parsed(interruption, List.of("settle"))).keySet();
            Set<String> lost = new TreeSet<>(sweep);
            lost.removeAll(settle);
            Set<String> train = values(parsed(interruption, List.of("train"))).keySet();
            lost.removeAll(train); // of which each run is one then, with all these words
            lost.removeAll(SweepConfig.GRID);
            lost.removeAll(SweepConfig.RESOLVED);
            assertEquals(Set.of(), lost);
            Set<String> axes = new TreeSet<>(AxisKind.names());
            axes.removeIf(a -> settle.contains("--" + a) || train.contains("--" + a));
            assertEquals(Set.of("delay-family", "delay-mean", "strength"), axes);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--axis reorder=0,0.3 --axis delivery=reliable-latest",
                "--axis late=0,0.3 --algorithm ep --delivery reliable-latest",
                "--axis drop=0.2 --axis duplicate=0.2 --axis delivery=reliable-latest",
                "--axis discipline=turn-taking,handshake --delay-on 2->1=constant:2ms",
                "--axis quantum=0,1e-4 --axis refractory=1ms --axis threshold=1e-8",
                "--axis step=0.1 --axis granularity=neuron --axis gain=0.5",
                "--axis delay-mean=1ms,2ms --delay-family pareto --slow 2=1ms",
                "--axis layers=4-6-3 --axis algorithm=chl,pc-nudge --axis strength=1e-3",
            })
    void theCommandOfARowGivesTheSameBits(String axes) throws IOException {
        Ran sweep =
                relaxon(
                        "sweep --quiet --seeds 1 --json - --out "
                                + home
                                + " "
                                + axes
                                + (axes.contains("delay-mean") ? "" : " --delay exponential:1ms"));
        assertEquals(0, sweep.code(), sweep.err());
        Path run = Path.of(sweep.json().get("directory").asText());
        try (CsvReader<NamedCsvRecord> csv =
                CsvReader.builder().ofNamedCsvRecord(run.resolve("results.csv"))) {
            List<NamedCsvRecord> rows = csv.stream().toList();
            assertTrue(!rows.isEmpty(), axes);
            for (NamedCsvRecord row : rows) {
                String command = row.getField("repeat").replace("relaxon ", "").replace("'", "");
                JsonNode again = relaxon(command + " --json -").json();
                assertEquals(row.getField("messages"), again.get("messages").asText(), command);
                JsonNode error = again.get("relativeError");
                assertEquals(
                        row.getField("relativeError"),
                        error.isNull() ? "" : Double.toString(error.asDouble()),
                        command);
            }
        }
    }

    /** The negative twin: a command without the axis is another run. */
    @Test
    void aLostAxisWouldShow() throws IOException {
        String line = "settle --delay exponential:1ms --delivery reliable-latest --json - ";
        assertNotEquals(
                relaxon(line + "--reorder 0.3").json().get("traceHash"),
                relaxon(line).json().get("traceHash"));
    }
}
