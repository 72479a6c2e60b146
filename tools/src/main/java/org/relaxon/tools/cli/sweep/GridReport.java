package org.relaxon.tools.cli.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.relaxon.tools.output.HeatMap;

/** The outcome of a grid of runs as tables, pictures, text and JSON. */
interface GridReport {
    /** Names of the columns of {@link #rows}. */
    List<String> header();

    /** One row per run, in grid order. */
    List<List<String>> rows();

    /** Names of the columns of {@link #summaryRows}. */
    List<String> summaryHeader();

    /** One row per point, over its seeds. */
    List<List<String>> summaryRows();

    /** Run and wall-clock milliseconds. */
    List<List<String>> times();

    /** Maps by the name of their file, without an ending. */
    Map<String, HeatMap> pictures();

    /** The text for display. */
    String text();

    /** The worst run on top, then a summary per point. */
    ObjectNode json();
}
