package org.relaxon.tools.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A page: headings, paragraphs, tables and pictures, in one file without scripts. Its policy allows
 * only its own style sheet, by its hash, and embedded pictures.
 */
final class Page {
    /** Marks pages of this program, which may be replaced by newer ones. */
    static final String GENERATOR = "relaxon report";

    // Without the characters that XML would escape: browsers read a style sheet unescaped.
    private static final String STYLE =
            """
            body { font: 15px/1.5 sans-serif; color: #222; max-width: 100rem; margin: 2rem auto; \
            padding: 0 1rem; }
            p, .banner, .missing { max-width: 75rem; }
            h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
            .scroll { overflow-x: auto; margin-bottom: 1rem; background: no-repeat left/3rem 100% local \
            linear-gradient(to right, #fff 60%, transparent), no-repeat right/3rem 100% local \
            linear-gradient(to left, #fff 60%, transparent), no-repeat left/1rem 100% scroll \
            linear-gradient(to right, #bbb, transparent), no-repeat right/1rem 100% scroll \
            linear-gradient(to left, #bbb, transparent); }
            table { border-collapse: collapse; font-size: .85rem; }
            caption, .caption { text-align: left; color: #555; }
            .caption { font-size: .85rem; margin-bottom: .3rem; }
            caption span { display: inline-block; position: sticky; left: 0; width: max-content; \
            max-width: calc(100vw - 2.5rem); }
            th, td { border-bottom: 1px solid #ddd; padding: .2rem .7rem .2rem 0; \
            text-align: left; vertical-align: top; }
            thead th { max-width: 9rem; vertical-align: bottom; }
            td, code { font-variant-numeric: tabular-nums; }
            td { white-space: pre-line; } td.number { white-space: nowrap; }
            table:not(.facts) th:first-child, \
            table:not(.facts) td:first-child:not([colspan]) \
            { position: sticky; left: 0; background: #fff; }
            p, code, .facts td { overflow-wrap: anywhere; }
            td[colspan] span, td[colspan] code { display: inline-block; position: sticky; left: 0; \
            max-width: calc(100vw - 2.5rem); }
            td { max-width: 24rem; overflow-wrap: break-word; } .facts td, td[colspan] \
            { max-width: none; }
            .banner { padding: .6rem 1rem; border-left: .5rem solid; }
            .good { border-color: #009e73; background: #e9f6f1; }
            .mixed { border-color: #c79a00; background: #fdf6e0; }
            .bad { border-color: #d55e00; background: #fbeee5; }
            .unknown, .missing { border-color: #999; background: #f3f3f3; }
            .missing { padding: .3rem .6rem; color: #555; }
            summary { cursor: pointer; }
            figure { margin: 1rem 0; } figure.plot { display: inline-block; \
            vertical-align: top; max-width: 100%; margin-right: 2rem; } img { max-width: 100%; min-width: 34rem; }
            img.plot { width: 34rem; min-width: 0; }
            @media (max-width: 40rem) { img { min-width: 0; width: 100%; } \
            img.wide { width: auto; max-width: none; } \
            figure.plot { margin-right: 0; } \
            table:not(.facts) th:first-child, table:not(.facts) td:first-child:not([colspan]) \
            { max-width: 7rem; overflow-wrap: break-word; } }
            """;

    /** A number, if need be with its interval; a list of cells such as 1[0], 1[1] is none. */
    private static final Pattern NUMBERS =
            Pattern.compile(
                    "(< ?)?[-+0-9.,e]+( ?\\[[-+0-9.e]+, [-+0-9.e]+])?|\\[[-+0-9.e]+, [-+0-9.e]+]");

    private static final int CAPTION_MAX = 80; // characters; about the width of four columns

    private final Markup html = new Markup();

    /** Begins a page. */
    Page(String title) {
        html.open("html", "lang", "en").line().open("head").line();
        html.empty("meta", "charset", "utf-8").line();
        html.empty(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        ("default-src 'none'; img-src data:; style-src '%s';"
                                        + " base-uri 'none'; form-action 'none'")
                                .formatted(hash(STYLE)))
                .line();
        html.empty("meta", "name", "generator", "content", GENERATOR).line();
        html.empty("meta", "name", "referrer", "content", "no-referrer").line();
        html.empty("meta", "name", "viewport", "content", "width=device-width").line();
        html.element("title", title).line();
        html.element("style", STYLE).line().close().line().open("body").line();
        html.element("h1", title).line();
    }

    private static String hash(String style) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(style.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
        html.open("p").text(what + " ").element("code", command).close().line();
    }

    void heading(String text) {
        html.element("h2", text).line();
    }

    void paragraph(String text) {
        html.element("p", text).line();
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
                    html.open("tr").element("th", name, "scope", "row").open("td");
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
        html.close().close().close().line();
    }

    /** The first rows of a file, and the number left out. */
    void table(String caption, CsvTable table) {
        String rest = table.isWhole() ? "" : " It has more rows than the %d that were read.";
        TableView view = TableView.of(table.header(), table.first());
        head(caption + rest.formatted(table.size()), view, table.size(), CsvTable.FIRST);
        view.rows().forEach(this::row);
        html.close().close().close().line();
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
        html.close().close().close().line();
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
        html.close().close().close().line();
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
        view.header().forEach(name -> html.element("th", name, "scope", "col"));
        html.close().close().line().open("tbody").line();
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    /** A picture below its caption and its file name, which do not scroll with it. */
    void figure(Picture picture) {
        String style = picture.isBitmap() ? "plot" : "map";
        html.open("figure", "class", style);
        html.element("figcaption", picture.caption() + " (" + picture.name() + ")").line();
        html.open("div", "class", "scroll");
        String shown = picture.isMap() ? style + " wide" : style; // scrolls where it is narrow
        html.empty("img", "class", shown, "src", picture.source(), "alt", picture.caption());
        html.close();
        html.close().line();
    }

    /** The page as text; nothing can be added afterwards. */
    String finish() {
        return html.close().line().close().finish();
    }
}
