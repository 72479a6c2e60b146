package org.relaxon.tools.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values, tables, histograms and pictures as a page takes them from files. */
class ShownTest {
    @Test
    void numbersHaveFiveDigitsAndSayWhenMoreWereCut() {
        assertEquals("1", Shown.number(1.0));
        assertEquals("1.0000", Shown.number(0.999999995));
        assertEquals("0.25", Shown.number(0.25));
        assertEquals("0.014408", Shown.number(0.01440777321779248));
        assertEquals("9.5345e-6", Shown.number(9.534452923511356e-6));
        assertEquals("1e-4", Shown.number(1e-4));
        assertEquals("0", Shown.number(0.0));
        assertEquals("NaN", Shown.number(Double.NaN));
        assertEquals("-4.9e-324", Shown.number(-Double.MIN_VALUE));
        assertEquals("1.7977e308", Shown.number(Double.MAX_VALUE));
    }

    @Test
    void onlyLongNumbersInCellsAreShortened() {
        assertEquals("0.33333", Shown.cell("0.3333333333333333"));
        assertEquals("1.0000", Shown.cell("1.0000"), "shortened before");
        assertEquals("1.0000", Shown.cell("0.9999999"));
        assertEquals("1e-4", Shown.cell("1.0E-4"), "as Java writes it");
        assertEquals("1e-4", Shown.cell("1e-4"));
        assertEquals("E-4", Shown.cell("E-4"));
        assertEquals("20261124", Shown.cell("20261124"));
        assertEquals("exponential:200us", Shown.cell("exponential:200us"));
        assertEquals("1.2.3", Shown.cell("1.2.3"));
    }

    @Test
    void aTableKeepsQuotesAndRefusesRowsOfAnotherWidth() {
        CsvTable table = CsvTable.read("a,b\n\"1,\"\"x\"\"\",2\n");
        assertEquals("1,\"x\"", table.cell(table.first().get(0), "a"));
        assertEquals("", table.cell(table.first().get(0), "c"));
        for (String bad : List.of("", "a,b\n1\n", "a,b\n1,2,3\n", "a\n\"1\"x\n")) {
            assertThrows(IllegalArgumentException.class, () -> CsvTable.read(bad), bad);
        }
    }

    @Test
    void aPictureIsWhatItsNameSays() {
        byte[] svg = "<svg onload=\"x\"></svg>".getBytes(StandardCharsets.UTF_8);
        assertTrue(Picture.of("map-a_b.svg", svg).orElseThrow().isMap());
        assertEquals("map a b", Picture.of("map-a_b.svg", svg).orElseThrow().caption());
        byte[] titled =
                "<svg><title>a &lt; b &amp; c</title></svg>"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertEquals("a < b & c", Picture.of("map.svg", titled).orElseThrow().caption());
        assertTrue(Picture.of("error.png", svg).isEmpty());
        assertTrue(Picture.of("x.svg", "<html><svg>".getBytes(StandardCharsets.UTF_8)).isEmpty());
    }

    @Test
    void aLogThatIsNoneIsRefused() {
        byte[] damaged =
                "Tag=a,0.000,0.001,0.000,HISTFAAAABB42pNpmSzMwMDAyAABzFCaEUzOmP+B\n"
                        .getBytes(StandardCharsets.UTF_8);
        assertThrows(IllegalArgumentException.class, () -> Latency.read(damaged));
        assertEquals(List.of(), Latency.read(new byte[0]));
    }
}
