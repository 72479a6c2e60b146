package org.relaxon.tools.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page: headings, paragraphs, tables and pictures, in one file that loads nothing. Its policy
 * allows only its own style sheets and script, by their hashes, and embedded pictures; it is
 * complete where scripts are not run.
 */
final class Page {
    /** Marks pages of this program, which may be replaced by newer ones. */
    static final String GENERATOR = "relaxon report";

    /** A number, if need be with its interval; a list of cells such as 1[0], 1[1] is none. */
    private static final Pattern NUMBERS =
            Pattern.compile(
                    "(< ?)?[-+0-9.,e]+( ?\\[[-+0-9.e]+, [-+0-9.e]+])?|\\[[-+0-9.e]+, [-+0-9.e]+]");

    private static final Pattern TERM = Pattern.compile("^([^:,(\\[]+)[:,(\\[]");

    private static final int CAPTION_MAX = 80; // characters; about the width of four columns

    private final Markup html = new Markup();
    private final Map<String, String> terms = new TreeMap<>();
    private boolean folding;
    private int figures;

    /** Begins a page. */
    Page(String title) {
        html.open("html", "lang", "en").line().open("head").line();
        html.empty("meta", "charset", "utf-8").line();
        html.empty(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        PageResources.policy())
                .line();
        html.empty("meta", "name", "generator", "content", GENERATOR).line();
        html.empty("meta", "name", "referrer", "content", "no-referrer").line();
        html.empty("meta", "name", "viewport", "content", "width=device-width").line();
        html.element("title", title).line();
        html.element("style", PageResources.FIGURE_STYLE, "id", "figure-style").line();
        html.element("style", PageResources.PAGE_STYLE).line();
        html.close().line().open("body").line();
        html.open("header").element("h1", title).close().line().open("main").line();
    }

    /** Begins the opening, its words beside its figure if there is one; {@link #beside} follows. */
    void opening(boolean figure) {
        html.open("div", "class", figure ? "opening" : "opening alone").line().open("div").line();
    }

    /** Ends the words of the opening; what follows until {@link #openingEnd} is its figure. */
    void beside() {
        html.close().line();
    }

    void openingEnd() {
        html.close().line();
    }

    /** From here on tables are folded behind a line. */
    void fold() {
        folding = true;
    }

    /** The question that a run answers. */
    void question(String text) {
        html.element("p", text, "class", "question").line();
    }

    /**
     * The verdict, in its colour.
     *
     * @param why empty if there is no reason to state
     * @param reached the result, as a separate clause; empty if there is none
     */
    void banner(Outcome outcome, String why, String reached) {
        String reason = why.isEmpty() ? "" : ": " + why;
        String more =
                reached.isEmpty()
                        ? ""
                        : ". "
                                + reached.substring(0, 1).toUpperCase(Locale.ROOT)
                                + reached.substring(1)
                                + ".";
        html.open("p", "class", "banner " + outcome.style())
                .element("strong", outcome.text())
                .text(reason + more)
                .close()
                .line();
    }

    /** A command below its description. */
    void command(String what, String command) {
        html.open("p").text(what + " ").element("code", command, "class", "copied").close();
        html.line();
    }

    void heading(String text) {
        html.element("h2", text).line();
    }

    void paragraph(String text) {
        html.element("p", text).line();
    }

    /** The meaning of what a table states, folded. */
    void note(String text) {
        html.open("details").element("summary", "What this means").line();
        html.element("p", text).close().line();
    }

    /** States that a part is missing, so that its absence is not read as success. */
    void missing(String what) {
        html.element("p", "Missing: " + what, "class", "missing").line();
    }

    /** Names and values, one pair per line. */
    void facts(Map<String, String> facts) {
        html.open("div", "class", "scroll", "tabindex", "0").open("table", "class", "facts").line();
        facts.forEach(
                (name, value) -> {
                    html.open("tr").open("th", "scope", "row");
                    term(name);
                    html.close().open("td");
                    html.text(value).close().close().line();
                });
        html.close().close().line();
    }

    /** The same, folded behind a line. */
    void folded(String summary, Map<String, String> facts) {
        html.open("details").element("summary", summary).line();
        facts(facts);
        html.close().line();
    }

    /** A table; if it has more than {@code most} rows, the first ones and the number left out. */
    void table(String caption, List<String> header, List<List<String>> rows, int most) {
        List<List<String>> first = rows.subList(0, Math.min(most, rows.size()));
        TableView view = TableView.of(header, first);
        head(caption, view, rows.size(), most);
        view.rows().forEach(this::row);
        end();
    }

    /** The first rows of a file, and the number left out. */
    void table(String caption, CsvTable table) {
        String rest = table.isWhole() ? "" : " It has more rows than the %d that were read.";
        TableView view = TableView.of(table.header(), table.first());
        head(caption + rest.formatted(table.size()), view, table.size(), CsvTable.FIRST);
        view.rows().forEach(this::row);
        end();
    }

    /**
     * A table whose rows each have a command below them.
     *
     * @param below one line per row, empty for none
     */
    void tableWithLines(
            String caption, List<String> header, List<List<String>> rows, List<String> below) {
        tableWithLines(caption, header, rows, below, "code");
    }

    /**
     * A table whose rows each have a sentence below them, which stays visible while the table
     * scrolls.
     *
     * @param below one line per row, empty for none
     */
    void tableWithWords(
            String caption, List<String> header, List<List<String>> rows, List<String> below) {
        tableWithLines(caption, header, rows, below, "span");
    }

    private void tableWithLines(
            String caption,
            List<String> header,
            List<List<String>> rows,
            List<String> below,
            String element) {
        TableView view = TableView.of(header, rows);
        head(caption, view, rows.size(), rows.size());
        for (int k = 0; k < rows.size(); k++) {
            row(view.rows().get(k));
            if (!below.get(k).isEmpty()) {
                html.open("tr").open("td", "colspan", Integer.toString(view.header().size()));
                html.element(element, below.get(k)).close().close().line();
            }
        }
        end();
    }

    /** A table whose first column links to other pages. */
    void links(
            String caption, List<String> header, List<List<String>> rows, List<String> addresses) {
        TableView view = TableView.of(header, rows);
        head(caption, view, rows.size(), rows.size());
        for (int k = 0; k < rows.size(); k++) {
            List<String> row = view.rows().get(k);
            html.open("tr").open("td");
            html.element("a", row.get(0), "href", addresses.get(k)).close();
            cells(row.subList(1, row.size()));
            html.close().line();
        }
        end();
    }

    private void row(List<String> cells) {
        html.open("tr");
        cells(cells);
        html.close().line();
    }

    /** A number is not broken at its sign. */
    private void cells(List<String> cells) {
        for (String cell : cells) {
            if (NUMBERS.matcher(cell).matches()) {
                html.element("td", cell, "class", "number");
            } else {
                html.element("td", cell);
            }
        }
    }

    /** Opens div, table and body. The div scrolls, also by keys. */
    private void head(String caption, TableView view, long rows, int most) {
        String left =
                rows > most
                        ? " Shown: the first %d of %d rows; %d left out."
                                .formatted(most, rows, rows - most)
                        : "";
        String same =
                view.constants().isEmpty()
                        ? ""
                        : " The same in every row shown: %s.".formatted(view.constants());
        String text = caption + left + same;
        boolean brief = text.length() <= CAPTION_MAX;
        if (folding) {
            String size = rows == 1 ? "Table of 1 row" : "Table of %d rows".formatted(rows);
            html.open("details").element("summary", size).line();
        }
        if (!brief) { // as a caption it would be as narrow as the table
            html.element("p", text, "class", "caption").line();
        }
        html.open("div", "class", "scroll", "tabindex", "0");
        if (brief) {
            html.open("table").line(); // the span is visible while the table scrolls
            html.open("caption").element("span", text).close().line();
        } else {
            html.open("table", "aria-label", firstSentence(caption)).line();
        }
        html.open("thead").open("tr");
        for (String name : view.header()) {
            html.open("th", "scope", "col");
            term(name);
            html.close();
        }
        html.close().close().line().open("tbody").line();
    }

    /** Closes what {@link #head} opened. */
    private void end() {
        html.close().close().close();
        if (folding) {
            html.close();
        }
        html.line();
    }

    /**
     * A name, with its meaning if the vocabulary has it: up to its first colon, comma or bracket.
     */
    private void term(String name) {
        Matcher first = TERM.matcher(name);
        String word = first.find() ? first.group(1).strip() : name;
        Optional<String> meaning = Glossary.meaning(name).or(() -> Glossary.meaning(word));
        if (meaning.isEmpty()) {
            html.text(name);
            return;
        }
        String known = Glossary.meaning(name).isPresent() ? name : word;
        terms.put(known, meaning.get());
        html.element("abbr", known, "title", meaning.get(), "tabindex", "0");
        html.text(name.substring(known.length()));
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    /** A picture above its caption and its file name, which do not scroll with it. */
    void figure(Picture picture) {
        figure(picture, Optional.empty());
    }

    /** The same, with its numbers, folded, if it has any. */
    void figure(Picture picture, Optional<MapData> data) {
        String style = picture.isBitmap() ? "plot" : "map";
        html.open("figure", "class", style, "id", "picture-" + ++figures);
        html.open("div", "class", "scroll", "tabindex", "0");
        String shown = picture.isMap() ? style + " wide" : style; // scrolls where it is narrow
        html.empty("img", "class", shown, "src", picture.source(), "alt", picture.caption());
        html.close();
        html.element("figcaption", picture.caption() + " (" + picture.name() + ")").line();
        data.ifPresent(d -> data(picture.caption(), d.header(), d.rows()));
        html.close().line();
    }

    /** A figure that the page draws, its caption and, folded, its data. */
    void figure(Figure figure) {
        html.open("figure", "class", "drawn", "id", figure.id()).line();
        figure.svg(html, "");
        html.line().element("figcaption", figure.caption()).line();
        data(figure.title(), figure.header(), figure.rows());
        html.close().line();
    }

    private void data(String title, List<String> header, List<List<String>> rows) {
        html.open("details").element("summary", "Data of this figure").line();
        html.open("div", "class", "scroll", "tabindex", "0");
        html.open("table", "aria-label", "Data: " + title).line();
        html.open("thead").open("tr");
        header.forEach(name -> html.element("th", name, "scope", "col"));
        html.close().close().line().open("tbody").line();
        rows.forEach(this::row);
        html.close().close().close().close().line();
    }

    /** The terms of this page, folded: where there is no pointer, and in print. */
    private void glossary() {
        if (terms.isEmpty()) {
            return;
        }
        heading("Terms");
        html.open("details").element("summary", "Meaning of the terms on this page").line();
        html.open("dl").line();
        terms.forEach((name, meaning) -> html.element("dt", name).element("dd", meaning).line());
        html.close().close().line();
    }

    /** The page as text; nothing can be added afterwards. */
    String finish() {
        glossary();
        html.close().line(); // main
        html.script(PageResources.SCRIPT).line();
        return html.close().line().close().finish();
    }
}
