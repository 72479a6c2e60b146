package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Networks that are no chain are drawn in columns, with arcs for skips and cycles. */
class GraphFigureTest {
    private static final Pattern BOX =
            Pattern.compile("<rect x=\"([0-9.]+)\" y=\"([0-9.]+)\"[^>]*class=\"box solid\"");

    /** Populations by name; projections as name, from, to, where a later start closes a cycle. */
    private static ObjectNode graph(List<String> names, String... projections) {
        ObjectNode result = new ObjectMapper().createObjectNode();
        ObjectNode graph = result.putObject("graph");
        ArrayNode populations = graph.putArray("populations");
        names.forEach(n -> populations.addObject().put("name", n).put("size", 7));
        ArrayNode edges = graph.putArray("projections");
        for (String one : projections) {
            String[] part = one.split(" ");
            int from = names.indexOf(part[1]);
            int to = names.indexOf(part[2]);
            ObjectNode edge = edges.addObject().put("name", part[0]);
            edge.put("from", from).put("to", to).put("onwards", from < to);
        }
        return result;
    }

    private static String drawn(ObjectNode result) {
        Markup out = Markup.xml();
        GraphFigure.of(result).orElseThrow().svg(out, "");
        return out.finish();
    }

    private static double[] boxes(String svg, int group) {
        Matcher m = BOX.matcher(svg);
        return m.results().mapToDouble(r -> Double.parseDouble(r.group(group))).toArray();
    }

    @Test
    void aPopulationStandsBehindItsLongestPath() {
        ObjectNode diamond =
                graph(
                        List.of("in", "a", "b", "c", "out"),
                        "1 in a",
                        "2 in b",
                        "3 a c",
                        "4 b out",
                        "5 c out");
        double[] x = boxes(drawn(diamond), 1);
        double[] y = boxes(drawn(diamond), 2);
        assertEquals(x[1], x[2], "a and b are one step from the input");
        assertTrue(y[1] < y[2], "one below the other");
        assertTrue(x[0] < x[1] && x[1] < x[3] && x[3] < x[4], "out is behind c");
    }

    @Test
    void skipsAndCyclesAreArcsThatMakeRoom() {
        List<String> names = List.of("in", "a", "b", "out");
        String[] chain = {"1 in a", "2 a b", "3 b out"};
        int plain = height(graph(names, chain));
        int skip = height(graph(names, "1 in a", "2 a b", "3 b out", "s in out"));
        int back = height(graph(names, "1 in a", "2 a b", "3 b out", "r b a"));
        int loop = height(graph(names, "1 in a", "2 a b", "3 b out", "l a a"));
        assertTrue(skip > plain && back > plain && loop > plain, "arcs outside of the boxes");
        String svg = drawn(graph(names, "1 in a", "2 a b", "3 b out", "s in out"));
        assertEquals(4, svg.split("class=\"arrow\"", -1).length - 1);
    }

    private static int height(ObjectNode result) {
        return GraphFigure.of(result).orElseThrow().drawing().height();
    }

    @Test
    void aLinkThatLostItsSignalIsMarkedByItsPopulations() {
        ObjectNode result = graph(List.of("in", "a", "out"), "1 in a", "2 a out", "s in out");
        assertEquals(-1, drawn(result).indexOf("lost"));
        result.putArray("links").add("a[3]->out[1]");
        String svg = drawn(result);
        assertEquals(1, svg.split("arrow lost", -1).length - 1);
        Figure figure = GraphFigure.of(result).orElseThrow();
        assertEquals(List.of("2", "a", "out", "", "yes"), figure.rows().get(1));
        assertTrue(figure.caption().contains("a[3]->out[1]"), figure.caption());
    }

    @Test
    void whatIsNotSeenInAPictureIsNotDrawn() {
        ObjectNode none = new ObjectMapper().createObjectNode();
        assertEquals(Optional.empty(), GraphFigure.of(none));
        List<String> many = IntStream.range(0, 25).mapToObj(k -> "p" + k).toList();
        assertEquals(Optional.empty(), GraphFigure.of(graph(many, "1 p0 p1")));
        String[] deep = new String[9];
        for (int k = 0; k < 9; k++) {
            deep[k] = k + " p" + k + " p" + (k + 1);
        }
        assertEquals(Optional.empty(), GraphFigure.of(graph(many.subList(0, 10), deep)));
    }
}
