package org.relaxon.tools.cli.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relaxon.tools.serve.Limits;
import org.relaxon.tools.serve.LiveServer;

/** The live page in a real Chromium, from its controls to its verdict. */
class BrowserTest {
    private static final String SENTENCE = "document.getElementById('sentence').textContent";

    @TempDir private static Path profile;
    private static LiveDesk desk;
    private static LiveServer server;
    private static Browser page;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        assumeTrue(Browser.program() != null, "no chromium on the PATH");
        desk = Desks.open(true, String.join(" ", GuidedScene.ALL.get(0).words()));
        server = LiveServer.open(0, desk, desk.broadcast(), Limits.DEFAULT);
        page = Browser.open(profile);
        page.size(1400, 1000);
        page.go(server.address());
        page.until("document.getElementById('problem').textContent.includes('pc-nudge')");
    }

    @AfterAll
    static void close() throws IOException {
        if (page != null) {
            page.close();
            server.close();
            desk.close();
        }
    }

    /** Chooses a scene, and waits until the page shows its run. */
    private static void scene(String name) {
        String before = page.evaluate("document.documentElement.dataset.run").asText();
        page.click("scene-" + name);
        page.until("document.documentElement.dataset.run !== '%s'".formatted(before));
        page.until(
                "document.getElementById('scene-%s').getAttribute('aria-pressed') === 'true'"
                        .formatted(name));
    }

    private static String verdict() {
        page.click("end");
        return page.until(
                        "/^(Settled|Not settled|Completed)/.test(%s) && %s"
                                .formatted(SENTENCE, SENTENCE))
                .asText();
    }

    private static void clean() {
        assertEquals(List.of(), page.complaints());
    }

    @Test
    void aRunFromTheControlsSettlesAndShowsItsCosine() {
        scene("settling");
        page.set("beta", "0.001");
        page.set("granularity", "layer");
        page.click("run");
        page.until("document.getElementById('command').textContent.includes('--beta 0.001')");
        String sentence = verdict();
        assertTrue(sentence.startsWith("Settled"), sentence);
        assertTrue(sentence.contains("cosine 1.000000 with the backprop gradient"), sentence);
        assertEquals(
                7,
                page.until("document.querySelectorAll('#projections tr').length").asInt(),
                "a head and six parts");
        clean();
    }

    @Test
    void aDelayBeyondTheBoundaryDoesNotSettleAndTheAdviceRepairsIt() {
        scene("turns");
        page.set("discipline", "");
        page.set("family", "none");
        page.click("run");
        page.until("document.getElementById('command').textContent.includes('--delay none')");
        assertTrue(verdict().startsWith("Settled"));

        page.set("family", "constant");
        page.set("mean", "1"); // 10 ms
        page.until("document.getElementById('command').textContent.includes('constant:10')");
        String not = verdict();
        assertTrue(not.startsWith("Not settled ("), not);
        String advice =
                page.until(
                                "document.getElementById('advice').textContent.startsWith('What helps')"
                                        + " && document.getElementById('advice').textContent")
                        .asText();
        assertTrue(advice.contains("--discipline turn-taking"), advice);
        page.click("apply");
        page.until("document.getElementById('command').textContent.includes('turn-taking')");
        assertTrue(verdict().startsWith("Settled"));
        clean();
    }

    @Test
    void aCutLinkIsNamed() {
        scene("settling");
        page.click("pause");
        page.until("document.getElementById('pause').textContent === 'Resume'");
        page.set("link", "1->2");
        page.click("cut");
        page.until("document.getElementById('faults').textContent.includes('cut 1->2')");
        String sentence = verdict();
        assertTrue(sentence.startsWith("Not settled"), sentence);
        assertTrue(sentence.contains("->2["), sentence);
        clean();
    }

    @Test
    void theScrubberGoesBackAndForth() {
        scene("settling");
        verdict();
        page.until("document.getElementById('film').max > 10");
        page.set("film", "2");
        page.until("document.getElementById('film-text').textContent.startsWith('3 of')");
        String early = page.text("residual-text");
        page.set("film", "9");
        page.until("document.getElementById('film-text').textContent.startsWith('10 of')");
        page.set("film", "2");
        page.until("document.getElementById('film-text').textContent.startsWith('3 of')");
        assertEquals(early, page.text("residual-text"), "the same frame again");
        assertFalse(page.evaluate("document.getElementById('live').hidden").asBoolean());
        page.click("live");
        page.until("Number(document.getElementById('film').value) > 2");
        clean();
    }

    @Test
    void aWrongValueIsExplainedOnThePage() {
        scene("settling");
        page.set("beta", "much");
        page.click("run");
        String error = page.until("document.getElementById('error').textContent").asText();
        assertTrue(error.startsWith("beta: "), error);
        page.evaluate("document.getElementById('error').textContent = ''");
        // the browser reports the status of the refused request, and nothing else
        assertTrue(page.complaints().stream().allMatch(c -> c.contains("400 (Bad Request)")));
        page.forget();
    }

    @Test
    void everyControlHasAName() {
        String nameless =
                page.evaluate(
                                "[...document.querySelectorAll('input,select,button,canvas')].filter(e =>"
                                        + " !(e.labels && e.labels.length) && !e.textContent.trim() &&"
                                        + " !e.getAttribute('aria-label') && e.getAttribute('aria-hidden')"
                                        + " !== 'true').map(e => e.id).join()")
                        .asText();
        assertEquals("", nameless);
        page.size(390, 844);
        assertTrue(
                page.until("document.documentElement.scrollWidth <= innerWidth").asBoolean(),
                "nothing is wider than a phone");
        page.size(1400, 1000);
        clean();
    }

    /** In both colours, on a desk and on a phone; an image without words is found. */
    @Test
    void nothingHindersSeriously() throws IOException {
        scene("settling");
        verdict();
        page.until("document.querySelectorAll('#projections tr').length");
        for (String colours : List.of("light", "dark")) {
            page.prefers("prefers-color-scheme", colours);
            assertEquals(List.of(), page.hindrances(), colours);
        }
        page.size(390, 844);
        assertEquals(List.of(), page.hindrances(), "phone");
        page.size(1400, 1000);
        page.prefers("prefers-color-scheme", "light");
        page.evaluate(
                "(() => { const i = new Image(); i.id = 'nameless'; i.src = 'data:,';"
                        + " document.querySelector('main').append(i); })()");
        List<String> found = page.hindrances();
        assertTrue(found.stream().anyMatch(f -> f.startsWith("image-alt")), found.toString());
        page.evaluate("document.getElementById('nameless').remove()");
        page.forget();
    }
}
