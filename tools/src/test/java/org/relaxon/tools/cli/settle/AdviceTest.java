package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relaxon.model.math.CounterRandom;
import org.relaxon.tools.cli.Ran;
import org.relaxon.tools.cli.process.ExitCode;

/** Every advice that is printed is followed, and every certificate is taken at its word. */
class AdviceTest {
    private static final int REFUSED = 200;
    private static final String[] ALGORITHMS = {
        "pc-nudge",
        "pc",
        "pc-clamped",
        "fy-pc",
        "precision-pc",
        "dual-propagation",
        "ep",
        "hep",
        "chl",
        "chl-clamped",
        "coupled"
    };
    private static final String[] ACTIVATIONS = {
        "tanh", "sigmoid", "relu", "softplus", "linear", "hard-sigmoid"
    };
    private static final String[] HOSTS = {"virtual", "virtual", "virtual", "synchronous"};
    private static final String[] GAINS = {"1", "2", "4", "8"};
    private static final String[] STRENGTHS = {"1", "0.3", "0.1", "0.01"};
    private static final String[] LAYERS = {"3,4,2", "2,4,3,2", "3,5,4,4,2"};
    private static final String[] DELAYS = {"none", "exponential:1ms", "pareto:200us,1.5"};
    private static final String BUDGET = " --budget-messages 2000 --budget-relaxations 2000";

    private static String draw(String[] from, int run, int what) {
        return from[(int) (CounterRandom.uniform(13, run, what) * from.length)];
    }

    /** A random command without a budget. */
    private static String command(int run) {
        String algorithm = draw(ALGORITHMS, run, 0);
        String host = draw(HOSTS, run, 1);
        StringBuilder out = new StringBuilder("settle --json - --algorithm " + algorithm);
        out.append(" --layers ").append(draw(LAYERS, run, 2));
        out.append(" --gain ").append(draw(GAINS, run, 3));
        boolean none = algorithm.equals("pc-clamped") || algorithm.equals("chl-clamped");
        if (!none) {
            String strength = algorithm.equals("chl") ? " --gamma " : " --beta ";
            out.append(strength).append(draw(STRENGTHS, run, 4));
        }
        boolean smooth = algorithm.equals("hep");
        out.append(" --activation ").append(smooth ? "tanh" : draw(ACTIVATIONS, run, 5));
        out.append(" --seed ").append(run);
        out.append(" --host ").append(host);
        boolean neurons = CounterRandom.uniform(13, run, 6) < 0.3;
        out.append(" --granularity ").append(neurons ? "neuron" : "layer");
        if (host.equals("virtual")) {
            out.append(" --delay ").append(draw(DELAYS, run, 7));
            boolean energy = List.of("pc", "pc-nudge", "pc-clamped", "fy-pc").contains(algorithm);
            if (energy && CounterRandom.uniform(13, run, 8) < 0.25) {
                out.append(" --dynamics safeguarded --discipline turn-taking");
            }
        }
        return out.toString();
    }

    @Test
    void everyAdviceSettlesWhenItIsFollowed() throws IOException {
        List<String> broken = new ArrayList<>();
        int[] promised = new int[2]; // eager, in turns
        int refused = 0;
        int advised = 0;
        for (int run = 0; refused < REFUSED; run++) {
            Ran first = relaxon(command(run) + BUDGET);
            if (first.code() == ExitCode.BAD_INPUT) {
                continue;
            }
            JsonNode json = first.json();
            certificate(run, json, broken, promised);
            if (first.code() != ExitCode.NOT_SETTLED) {
                continue;
            }
            refused++;
            JsonNode advice = json.get("adviceCommand");
            if (advice.isNull()) {
                continue;
            }
            advised++;
            Ran then = relaxon(advice.asText().replaceFirst("relaxon ", ""));
            boolean kept =
                    then.code() == ExitCode.DONE
                            && then.json().get("messages").equals(json.get("adviceMessages"));
            if (!kept) {
                broken.add(advice.asText() + ": " + then.code() + " " + then.err());
            }
        }
        assertEquals(List.of(), broken);
        assertTrue(advised >= REFUSED / 4, advised + " advices");
        assertTrue(promised[0] >= REFUSED / 4, promised[0] + " eager certificates");
        assertTrue(promised[1] >= 5, promised[1] + " certificates in turns");
    }

    /** Runs under the discipline that is said to settle, with the usual budget. */
    private static void certificate(int run, JsonNode json, List<String> broken, int[] promised)
            throws IOException {
        JsonNode certificate = json.get("certificate");
        if (certificate == null || certificate.isNull()) {
            return;
        }
        boolean turns = certificate.get("recommendation").asText().equals("turn-taking");
        boolean virtual = json.get("host").asText().equals("virtual");
        boolean eager = certificate.get("recommendation").asText().equals("eager");
        if (turns && virtual || eager) {
            promised[turns ? 1 : 0]++;
            String line = command(run);
            line += turns && !line.contains("turn-taking") ? " --discipline turn-taking" : "";
            Ran then = relaxon(line);
            if (then.code() != ExitCode.DONE) {
                broken.add(line + ": " + certificate.get("why") + then.json().get("detail"));
            }
        }
    }
}
