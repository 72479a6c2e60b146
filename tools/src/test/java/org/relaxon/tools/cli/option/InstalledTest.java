package org.relaxon.tools.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.relaxon.tools.cli.Ran.relaxon;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.model.loss.Loss;
import org.relaxon.tools.cli.OwnSources;
import org.relaxon.tools.cli.Ran;

/**
 * Losses, activations, energies and algorithms from a jar on the class path take part in every
 * verb.
 */
class InstalledTest {
    @TempDir private Path directory;
    private final OwnSources own = new OwnSources();

    @AfterEach
    void forget() throws IOException {
        own.close();
    }

    private void install(UnaryOperator<String> change) throws IOException {
        own.install(directory, change);
    }

    @Test
    void theyAreListedAndNamedWhereANameIsWrong() throws IOException {
        assertFalse(relaxon("list").out().contains("own.LogCosh"));
        install(s -> s);
        String listed = relaxon("list").out();
        assertTrue(listed.contains("log-cosh") && listed.contains("from own.LogCosh"), listed);
        assertTrue(listed.contains("rational") && listed.contains("from own.Rational"), listed);
        assertTrue(listed.contains("quartic-leak") && listed.contains("from own.Quar"), listed);
        assertTrue(listed.contains("threefold") && listed.contains("from own.Threefold"), listed);
        String algorithm = relaxon("settle --algorithm log-cosh-cp").err();
        assertTrue(algorithm.contains("log-cosh-pc"), algorithm);
        String refused = relaxon("settle --loss log-cosj").err();
        assertTrue(refused.contains("log-cosh"), refused);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --loss log-cosh --activation rational --granularity layer --seeds 2",
                "check --loss log-cosh --algorithm ep --estimator centred --granularity layer --seeds 2",
                "check --algorithm log-cosh-pc --granularity layer --seeds 2",
                "check --algorithm threefold --granularity layer --seeds 2",
                "check --algorithm quartic-leak --estimator centred --granularity layer --seeds 2",
                "check --algorithm damped-pc --granularity layer --seeds 2",
                "check --activation scaled-tanh:1.5,0.8 --granularity layer --seeds 2",
                "check --loss huber:0.5 --granularity layer --seeds 2",
                "train --data spirals --activation scaled-tanh --loss huber --epochs 1"
                        + " --examples 200 --test-examples 100",
                "settle --data spirals --batch 4",
                "check --algorithm ep-in-turn --granularity layer --seeds 2",
                "settle --algorithm ep-in-turn --granularity neuron --delay exponential:1ms",
                "sweep --axis algorithm=ep,ep-in-turn --estimator centred --granularity layer",
                "check --algorithm cubic-leak --estimator centred --granularity layer --seeds 2",
                "check --algorithm cubic-leak --against finite-difference --beta 0.1"
                        + " --layers 4,5,3 --granularity layer --seeds 2",
                "settle --algorithm quartic-leak --granularity neuron --delay exponential:1ms",
                "settle --algorithm log-cosh-pc --dynamics gradient --step 0.5 --host akka",
                "sweep --axis algorithm=log-cosh-pc,quartic-leak,threefold --granularity layer",
                "train --data two-moons --algorithm log-cosh-pc --epochs 1 --examples 200"
                        + " --test-examples 100",
                "train --data two-moons --algorithm quartic-leak --epochs 1 --examples 200"
                        + " --test-examples 100",
                "settle --loss log-cosh --activation rational --algorithm pc --dynamics coordinate",
                "settle --activation rational --algorithm chl --form difference",
                "train --data two-moons --loss log-cosh --activation rational --epochs 1"
                        + " --examples 200 --test-examples 100 --beside backprop --align-every 1",
            })
    void theyRunEverywhere(String line) throws IOException {
        assertEquals(2, relaxon(line + " --quiet").code(), "not known before");
        install(s -> s);
        Ran ran = relaxon(line + " --quiet");
        assertEquals(0, ran.code(), ran.err() + ran.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--activation scaled-tanh:1 | activation: \"scaled-tanh:1\": scaled-tanh needs",
                "--activation scaled-tanh:x,1 | need numbers after the colon",
                "--activation scaled-tanh:Infinity,1 | Infinity is not a finite number",
                "--activation rational:2 | rational has no parameters",
                "--activation tanh:2 | tanh has no parameters",
                "--activation steep:2 | \"steep:2\" is not one of linear, tanh",
                "--output-activation scaled-tanh:-1,1 | output-activation: \"scaled-tanh:-1,1\"",
                "--loss huber:0 | loss: \"huber:0\": huber needs one number above 0",
                "--loss squared:1 | squared has no parameters",
                "--algorithm threefold --parameters 1 | parameters: [1.0] does not apply to three",
                "--algorithm ep --parameters 1 | parameters: [1.0] does not apply to ep",
                "--data spiral | did you mean spirals?",
            })
    void parametersAreRefusedByName(String options, String why) throws IOException {
        install(s -> s);
        Ran ran = relaxon("settle " + options);
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains(why), ran.err());
        assertEquals(1, ran.err().strip().lines().count(), ran.err());
    }

    /** A text that does not name the part that it came from would repeat another run. */
    @Test
    void aPartThatForgetsItsParametersIsRefused() throws IOException {
        install(s -> s.replace("\"huber:\" + p.get(0)", "\"huber\""));
        Ran ran = relaxon("settle --loss huber:0.5");
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains("gives its text as \"huber\""), ran.err());
    }

    /** Dynamics of its own are not those of which a certificate knows something. */
    @Test
    void noCertificateCoversDynamicsOfItsOwn() throws IOException {
        install(s -> s);
        String line =
                "check --granularity layer --seeds 1 --host virtual --delay none --algorithm ";
        String own = relaxon(line + "damped-pc").out();
        assertTrue(own.contains("its cells move by dynamics of its own"), own);
        String plain = relaxon(line + "pc-nudge").out();
        assertTrue(plain.contains("certified, recommends"), plain);
    }

    private Ran withRing(String connectivity) throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("net.conf"),
                        """
                        populations = [
                          { name = x, size = 6, role = input }
                          { name = h, size = 5 }
                          { name = y, size = 2, role = output }
                        ]
                        projections = [
                          { from = x, to = h, connectivity = "%s" }
                          { from = h, to = y }
                        ]
                        """
                                .formatted(connectivity));
        return relaxon("check --seeds 1 --host virtual --delay none --quiet --network " + file);
    }

    @Test
    void aConnectivityRunsInANetworkFile() throws IOException {
        assertTrue(withRing("ring:4").err().contains("\"ring\" is not one of all-to-all"));
        install(s -> s);
        for (String text : new String[] {"ring", "ring:4", "all-to-all"}) {
            Ran ran = withRing(text);
            assertEquals(0, ran.code(), ran.err() + ran.out());
        }
        for (String text : new String[] {"ring:x", "ring:1.5", "ring:7", "rung:3", "ring:NaN"}) {
            Ran ran = withRing(text);
            assertEquals(2, ran.code(), ran.err() + ran.out());
            assertTrue(ran.err().contains(text), ran.err());
        }
        assertTrue(withRing("rung:3").err().contains("others, ring"));
    }

    @Test
    void theNameOfAConnectivityOfTheLibraryIsTaken() throws IOException {
        install(s -> s.replace("\"ring:\" + width", "\"random:\" + width"));
        String why = withRing("random:3,seed=1").err();
        assertTrue(why.contains("the name random of own.Ring is taken"), why);
    }

    /** The library's would run under its name otherwise. */
    @ParameterizedTest
    @ValueSource(strings = {"check --seeds 1 --granularity layer", "settle"})
    void theNameOfAnAlgorithmOfTheLibraryIsTaken(String verb) throws IOException {
        install(s -> s.replace("\"log-cosh-pc\"", "\"ep\""));
        Ran ran = relaxon(verb + " --algorithm ep");
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains("the name ep of own."), ran.err());
    }

    @Test
    void aConnectivityThatForgetsItsParametersIsRefused() throws IOException {
        install(s -> s.replace("\"ring:\" + width", "\"ring:\" + (width + 1)"));
        String why = withRing("ring:3").err();
        assertTrue(why.contains("gives its text as \"ring:4\""), why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Objects.checkIndex(index, SIZE) % 2 | thrown() | data own.Spirals failed",
                "return 2; | return 0; | need at least 1 of each",
                "return \"spirals\" | return \"strokes\" | the name strokes of own.Spirals is taken",
                "return \"spirals\" | return \"My set\" | is not of lower-case letters",
            })
    void aWrongDataSetIsNamed(String sound, String wrong, String why) throws IOException {
        String thrown = "static int thrown() { throw new IllegalStateException(\"planted\"); } ";
        install(
                s ->
                        s.replace(sound.strip(), wrong.strip())
                                .replace("java.util.thrown()", "thrown()")
                                .replace(
                                        "private static final int SIZE",
                                        thrown + "static final int SIZE"));
        Ran ran = relaxon("train --epochs 1 --quiet --data spirals");
        assertEquals(2, ran.code(), ran.err() + ran.out());
        assertTrue(ran.err().contains(why), ran.err());
        assertEquals(1, ran.err().strip().lines().count(), ran.err());
    }

    @Test
    void aConnectivityThatFailsIsNamed() throws IOException {
        install(
                s ->
                        s.replace(
                                "return new Onto(neuron, from",
                                "if (neuron > 1) { IntStream.of(1).forEach(k -> { throw new IllegalStateException(\"planted\"); }); } return new Onto(neuron, from"));
        Ran ran = withRing("ring:3");
        assertEquals(2, ran.code(), ran.err() + ran.out());
        assertTrue(ran.err().contains("connectivity own.Ring failed"), ran.err());
        assertTrue(ran.err().contains("at own.Ring."), ran.err());
    }

    @Test
    void phasesInTurnAreRefusedWhereSynapsesLearnInPlace() throws IOException {
        install(s -> s);
        Ran ran = relaxon("train --data two-moons --algorithm ep-in-turn --epochs 1");
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains("ep-in-turn has 2 phases with a share"), ran.err());
        Ran other = relaxon("settle --algorithm ep-in-turn --estimator one-sided");
        assertEquals(2, other.code(), other.out());
        assertTrue(other.err().contains("allowed: [centred]"), other.err());
    }

    @Test
    void aListOfPhasesThatDoesNotAddUpIsRefusedByName() throws IOException {
        install(
                s ->
                        s.replace(
                                "\"down\").differencesFrom(\"free\")",
                                "\"down\").differencesFrom(\"rest\")"));
        Ran ran = relaxon("settle --algorithm ep-in-turn");
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains("down: starts from \"rest\""), ran.err());
    }

    @Test
    void wrongDerivativesAreRefusedByName() throws IOException {
        install(s -> s.replace("math.tanh(t[i] - x[i])", "math.tanh(x[i] - t[i])"));
        Ran ran = relaxon("settle --loss log-cosh");
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("pull of log-cosh is not -dL/dx"), ran.err());
    }

    @Test
    void anEntryWithoutItsClassIsNamedWithTheFileThatListsIt() throws IOException {
        install(UnaryOperator.identity());
        Path services = directory.resolve("META-INF/services").resolve(Loss.class.getName());
        Files.writeString(services, "# losses\nown.LogCosh\nown.Absent # not there\n");
        Ran ran = relaxon("settle --loss squared --dry-run");
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains("own.Absent"), ran.err());
        assertTrue(ran.err().contains("listed in " + services.toUri().toURL()), ran.err());
    }

    @Test
    void aNameThatIsTakenIsRefused() throws IOException {
        install(s -> s.replace("\"log-cosh\"", "\"squared\""));
        Ran ran = relaxon("settle --loss squared");
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("the name squared of own.LogCosh is taken"), ran.err());
    }

    @Test
    void aWrongTermIsRefusedByTheNameOfItsMethod() throws IOException {
        install(s -> s.replace("return -x;", "return x;"));
        Ran ran = relaxon("settle --algorithm quartic-leak");
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("energy term quartic-leak"), ran.err());
        assertTrue(ran.err().contains("byDrive that is not dphi/da"), ran.err());
        assertEquals(1, ran.err().strip().lines().count(), ran.err());
    }

    @Test
    void aTermThatFailsIsNamedWithWhatItThrew() throws IOException {
        install(s -> s.replace("return -x;", "throw new IllegalStateException(\"my own\");"));
        Ran ran = relaxon("settle --algorithm quartic-leak");
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains("energy term quartic-leak: byDrive(x = "), ran.err());
        assertTrue(ran.err().contains("IllegalStateException: my own"), ran.err());
        assertTrue(ran.err().contains("at own.QuarticLeak.byDrive(QuarticLeak.java:"), ran.err());
        assertEquals(1, ran.err().strip().lines().count(), ran.err());
    }

    /** Feedback of a third of its size: a wrong rule under a right statement. */
    @Test
    void aWrongRuleIsRefusedByTheNameOfItsMethod() throws IOException {
        install(s -> s.replace("s.slope()[k] * 3.0 *", "s.slope()[k] *"));
        Ran ran = relaxon("check --algorithm threefold --granularity layer --seeds 2 --quiet");
        assertEquals(2, ran.code(), ran.err() + ran.out());
        assertTrue(ran.err().contains("rule threefold: announce sends back"), ran.err());
        assertEquals(1, ran.err().strip().lines().count(), ran.err());
    }

    /** Three times the energy that it states, in every method: no method contradicts another. */
    @ParameterizedTest
    @ValueSource(strings = {"1.0", "2.0", "2.9"})
    void aRuleUnderAFalseStatementIsRefused(String precision) throws IOException {
        install(s -> s.replace("List.of(3.0)", "List.of(" + precision + ")"));
        Ran ran = relaxon("settle --algorithm threefold --granularity layer --quiet");
        assertEquals(2, ran.code(), ran.err() + ran.out());
        assertTrue(ran.err().contains("threefold: energy() does not match correct"), ran.err());
    }

    /** The nudge of the example is that of the squared error. */
    @Test
    void aRuleForOneLossIsRefusedUnderAnother() throws IOException {
        install(s -> s);
        Ran refused = relaxon("settle --algorithm cubic-leak --loss log-cosh --quiet");
        assertEquals(2, refused.code(), refused.out());
        assertTrue(refused.err().contains("loss: cubic-leak needs squared"), refused.err());
        install(s -> s.replace("network.loss() != StandardLoss.SQUARED", "network == null"));
        Ran found = relaxon("settle --algorithm cubic-leak --loss log-cosh --quiet");
        assertEquals(2, found.code(), found.out());
        assertTrue(found.err().contains("the loss is log-cosh"), found.err());
        assertEquals(0, relaxon("settle --algorithm cubic-leak --quiet").code());
    }

    /** Cells that minimise another energy than the one whose value they state. */
    @ParameterizedTest
    @ValueSource(strings = {"--estimator centred", "--against finite-difference --beta 0.1"})
    void aRuleUnderAFalseValueDoesNotHold(String against) throws IOException {
        install(
                s ->
                        s.replace(
                                "0.25 * x * x * x * x - x * s.drive",
                                "0.252 * x * x * x * x - x * s.drive"));
        String line = "check --algorithm cubic-leak --layers 4,5,3 --granularity layer --seeds 2 ";
        Ran ran = relaxon(line + against + " --quiet");
        assertEquals(1, ran.code(), ran.err() + ran.out());
    }

    /** Without a value it settles, and the comparison that needs one is refused by name. */
    @Test
    void aRuleWithoutAValueSettlesAndIsNotCompared() throws IOException {
        install(
                s ->
                        s.replace(
                                        "return StatedEnergy.own((s, energy)",
                                        "return either((s, energy)")
                                .replace(
                                        "    public Traits traits() { return Traits.NONE; }",
                                        "    static StatedEnergy either(StatedEnergy.Value v) { return StatedEnergy.OWN; }"
                                                + " public Traits traits() { return Traits.NONE; }"));
        assertEquals(0, relaxon("settle --algorithm cubic-leak --quiet").code());
        Ran ran = relaxon("check --algorithm cubic-leak --against finite-difference --quiet");
        assertEquals(2, ran.code(), ran.err() + ran.out());
        assertTrue(ran.err().contains("needs the energy of cubic-leak"), ran.err());
    }

    /** A value that can be read only at rest has no derivatives by differences. */
    @Test
    void aValueThatReadsFeedbackSettlesAndIsNotCompared() throws IOException {
        install(s -> s.replace("+= 0.5 * x * x", "+= 0.0 * s.feedback()[k] + 0.5 * x * x"));
        Ran settled = relaxon("settle --algorithm cubic-leak --quiet");
        assertEquals(0, settled.code(), settled.err() + settled.out());
        Ran ran = relaxon("check --algorithm cubic-leak --granularity layer --seeds 2 --quiet");
        assertEquals(2, ran.code(), ran.err() + ran.out());
        assertTrue(ran.err().contains("not slope, feedback, target or beta"), ran.err());
    }

    @Test
    void whatItDoesNotHaveIsRefused() throws IOException {
        install(s -> s);
        Ran steps = relaxon("settle --algorithm threefold --dynamics gradient");
        assertEquals(2, steps.code());
        assertTrue(steps.err().contains("step: 0.3 does not apply to threefold"), steps.err());
        Ran form = relaxon("settle --algorithm quartic-leak --form difference");
        assertEquals(2, form.code());
        assertTrue(form.err().contains("form: difference does not apply"), form.err());
    }
}
