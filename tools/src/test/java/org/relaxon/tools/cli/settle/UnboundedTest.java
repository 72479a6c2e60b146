package org.relaxon.tools.cli.settle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.cli.Ran;

/**
 * The residual network of the documentation under a Hopfield energy, which has no minimum there.
 */
class UnboundedTest {
    private static final String WHY = "its energy has no minimum: in the linear populations ";

    @TempDir private Path directory;

    /** Residual layers with linear states z1, z2, ..., joined by skips. */
    private String chain(int layers) throws IOException {
        StringBuilder nodes = new StringBuilder("{ name = image, size = 8, role = input }\n");
        StringBuilder edges = new StringBuilder("{ from = image, to = z1 }\n");
        for (int l = 1; l <= layers; l++) {
            nodes.append("{ name = z%d, size = 6, activation = linear }\n".formatted(l));
            nodes.append("{ name = f%d, size = 6 }\n".formatted(l));
            edges.append("{ from = z%d, to = f%d, connectivity = identity }\n".formatted(l, l));
            if (l > 1) {
                String skip = "{ name = skip%d, from = z%d, to = z%d, connectivity = identity }\n";
                edges.append("{ from = f%d, to = z%d }\n".formatted(l - 1, l));
                edges.append(skip.formatted(l, l - 1, l));
            }
        }
        nodes.append("{ name = label, size = 4, role = output }\n");
        edges.append("{ from = f%d, to = label }\n".formatted(layers));
        Path file = directory.resolve("residual%d.conf".formatted(layers));
        Files.writeString(
                file, "populations = [\n%s]\nprojections = [\n%s]\n".formatted(nodes, edges));
        return "settle --network " + file + " --init depth-mup --gain .4 ";
    }

    @Test
    void theReasonIsStatedAndTheAdviceIsTrue() throws IOException {
        String settle = chain(4) + "--algorithm ep --budget-messages 300 ";
        Ran ran = relaxon(settle);
        assertEquals(3, ran.code(), ran.out() + ran.err());
        assertTrue(ran.out().contains("reason       message-budget: "), ran.out());
        assertTrue(ran.out().contains(WHY + "z1, z2, z3, z4, label it is quadratic"), ran.out());
        assertTrue(ran.out().contains("advice       --algorithm pc-nudge"), ran.out());
        JsonNode json = relaxon(settle + "--quiet --json -").json();
        String command = json.get("adviceCommand").asText();
        assertTrue(json.get("detail").asText().contains(WHY), json.toString());
        Ran advised = relaxon(command.replaceFirst("^relaxon ", ""));
        assertEquals(0, advised.code(), command + advised.err());
        assertEquals(json.get("adviceMessages").asLong(), advised.json().get("messages").asLong());
    }

    @Test
    void aCheckStatesTheSameReason() throws IOException {
        String options =
                " --algorithm ep --seeds 1 --granularity layer --host virtual --delay none";
        String check = chain(4).replaceFirst("settle", "check") + options;
        Ran ran = relaxon(check + " --budget-messages 1000");
        assertEquals(3, ran.code(), ran.out() + ran.err());
        assertTrue(ran.out().contains(WHY), ran.out());
        assertTrue(ran.out().contains("; --algorithm pc-nudge"), ran.out());
        Ran few =
                relaxon(
                        check.replace(chain(4).substring(7), chain(1).substring(7))
                                + " --budget-messages 5");
        assertFalse(few.out().contains(WHY), few.out());
    }

    /** The twins: a run that is only short of messages, and other algorithms. */
    @Test
    void whatHasAMinimumIsNotDenied() throws IOException {
        Ran two = relaxon(chain(1) + "--algorithm ep");
        assertEquals(0, two.code(), two.out());
        Ran few = relaxon(chain(1) + "--algorithm ep --budget-messages 5");
        assertEquals(3, few.code(), few.out());
        assertFalse(few.out().contains(WHY), few.out());
        Ran other = relaxon(chain(4) + "--algorithm pc-nudge --budget-messages 5");
        assertEquals(3, other.code(), other.out());
        assertFalse(other.out().contains(WHY), other.out());
    }

    @Test
    void linearNetworksOfLargeWeightsAreCoveredToo() {
        String linear = "settle --algorithm ep --init normal --activation linear ";
        Ran large = relaxon(linear + "--gain 3");
        assertEquals(3, large.code(), large.out());
        assertTrue(large.out().contains(WHY + "1, 2, 3 it is quadratic"), large.out());
        Ran small = relaxon(linear + "--gain .3");
        assertEquals(0, small.code(), small.out());
    }
}
