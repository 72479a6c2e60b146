package org.relaxon.tools.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/relaxon} where the JVM does not start: its own exit code 1 is that of a claim. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
    private static final Path LAUNCHER =
            Path.of("").toAbsolutePath().getParent().resolve("bin/relaxon");

    @TempDir private Path root;
    private Path called;

    /** A tree that counts as built. */
    @BeforeEach
    void build() throws IOException {
        Files.createDirectories(root.resolve("bin"));
        called = root.resolve("bin/relaxon");
        Files.copy(LAUNCHER, called);
        Files.createDirectories(root.resolve("tools/target/lib"));
        Files.createFile(root.resolve("tools/target/relaxon-tools-0.jar"));
    }

    private String run(int code, String variable, String options) throws Exception {
        return run(code, variable, options, "check");
    }

    private String run(int code, String variable, String options, String... words)
            throws Exception {
        List<String> line = new ArrayList<>(List.of("sh", called.toString()));
        line.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(name -> name.matches(".*JAVA_(TOOL_)?OPT.*"));
        builder.environment().put(variable, options);
        builder.directory(root.toFile());
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(code, process.waitFor(), said);
        try (Stream<Path> files = Files.list(root)) {
            assertTrue(files.noneMatch(f -> f.toString().contains("hs_err")), "a crash file");
        }
        return said;
    }

    @Test
    void anOptionThatTheJvmDoesNotKnowIsBadInputAndNamesItsVariable() throws Exception {
        for (String variable : new String[] {"RELAXON_JAVA_OPTS", "JAVA_OPTS"}) {
            for (String options : new String[] {"-XX:+NoSuchOption", "-Xmx1x", "--no-such-word"}) {
                String said = run(2, variable, options);

                assertEquals(1, said.lines().count(), said);
                assertTrue(said.startsWith("relaxon: the JVM refuses its options: "), said);
                assertTrue(said.contains(variable + "=" + options), said);
            }
        }
    }

    @Test
    void aHeapThatTheMachineCannotReserveIsOutOfMemory() throws Exception {
        String said = run(4, "RELAXON_JAVA_OPTS", "-Xms60000g -Xmx60000g");

        assertEquals(1, said.lines().count(), said);
        assertTrue(said.contains("does not get its memory"), said);
    }

    @Test
    void aClassPathWithoutAFileIsBadInput() throws Exception {
        String said = run(2, "RELAXON_CLASSPATH", root + ":/no/such.jar");

        assertEquals(
                "relaxon: RELAXON_CLASSPATH: there is no file /no/such.jar", said.strip(), said);
    }

    /** The words that a java which prints them is given, one a line. */
    private String handedOver(String classPath, String... words) throws Exception {
        Path java = Files.createDirectories(root.resolve("jdk/bin")).resolve("java");
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        String printing = "printf '%s\\n' \"class path $RELAXON_CLASSPATH\" \"$@\"\n";
        Files.writeString(java, "#!/bin/sh\n" + printing);
        assertTrue(java.toFile().setExecutable(true));
        List<String> line = new ArrayList<>(List.of("sh", root.resolve("bin/relaxon").toString()));
        line.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        builder.environment().put("RELAXON_CLASSPATH", classPath);
        Process process = builder.directory(root.toFile()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    @Test
    void aModuleIsAddedToTheClassPathAndTakenFromTheWords() throws Exception {
        for (String jar : new String[] {"one.jar", "my two.jar", "three.jar"}) {
            Files.createFile(root.resolve(jar));
        }
        String said =
                handedOver(
                        "three.jar",
                        "check",
                        "--module",
                        "one.jar",
                        "--layers",
                        "2,3",
                        "--module=my two.jar",
                        "a b");
        assertTrue(said.contains("class path three.jar:one.jar:my two.jar\n"), said);
        assertTrue(said.contains("\n-Drelaxon.parts=RELAXON_CLASSPATH and --module\n"), said);
        assertTrue(said.endsWith("\ncheck\n--layers\n2,3\na b\n"), said);
    }

    @Test
    void aModuleWithoutAFileIsBadInput() throws Exception {
        String[] missing = {"check", "--module", "no such.jar"};
        String said = run(2, "JAVA_OPTS", "", missing);
        assertEquals("relaxon: --module: there is no file no such.jar", said.strip(), said);
        String nothing = run(2, "JAVA_OPTS", "", "check", "--module");
        assertEquals("relaxon: --module: need a jar after it", nothing.strip(), nothing);
    }

    @Test
    void aClassPathThatNamesNoPartsIsSaidToBeSo() throws Exception {
        Path classes = Files.createDirectories(root.resolve("mine"));
        String said = run(1, "RELAXON_CLASSPATH", classes.toString());
        assertTrue(said.contains("relaxon: RELAXON_CLASSPATH: no file META-INF/services"), said);
        assertTrue(said.contains("in " + classes + ", so no part of your own"), said);

        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(services.resolve("org.relaxon.model.loss.Loss"), "own.Mine");
        assertFalse(run(1, "RELAXON_CLASSPATH", classes.toString()).contains("no part"));
    }

    @Test
    void anOptionThatNamesNoPartsIsSaidToBeSo() throws Exception {
        Path classes = Files.createDirectories(root.resolve("mine"));
        Files.createFile(classes.resolve("Other.class"));
        String said = run(1, "JAVA_OPTS", "", "check", "--module", classes.toString());
        assertTrue(said.contains("relaxon: --module: no file META-INF/services"), said);
        assertFalse(said.contains("RELAXON_CLASSPATH"), said);
        String both =
                run(1, "RELAXON_CLASSPATH", classes.toString(), "check", "--module=" + classes);
        assertTrue(both.contains("relaxon: RELAXON_CLASSPATH and --module: no file"), both);
    }

    /**
     * With a class, or with the file that names one, it is no longer empty: see above and below.
     */
    @Test
    void aModuleThatHoldsNoClassIsRefused() throws Exception {
        Path empty = Files.createDirectories(root.resolve("empty"));
        Files.createFile(empty.resolve("readme.txt"));
        String said = run(2, "JAVA_OPTS", "", "check", "--module", empty.toString());
        String expected = "relaxon: --module: the directory " + empty + " holds no class: name a";
        assertTrue(said.startsWith(expected), said);

        Path services = Files.createDirectories(empty.resolve("META-INF/services"));
        Files.writeString(services.resolve("org.relaxon.model.loss.Loss"), "own.Mine");
        String[] named = {"check", "--module", empty.toString()};
        assertFalse(run(1, "JAVA_OPTS", "", named).contains("--module"));
        Path colon = Files.createFile(root.resolve("a:b.jar"));
        String two = run(2, "JAVA_OPTS", "", "check", "--module", colon.toString());
        assertTrue(two.contains("--module: " + colon + " has a colon, which separates"), two);
    }

    @Test
    void aJarIsLookedInto() throws Exception {
        Path jar = root.resolve("mine.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("own/Mine.class"));
            out.closeEntry();
        }
        assertTrue(run(1, "RELAXON_CLASSPATH", jar.toString()).contains("no part of your own"));
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/services/org.relaxon.model.loss.Loss"));
            out.closeEntry();
        }
        assertFalse(run(1, "RELAXON_CLASSPATH", jar.toString()).contains("no part of your own"));
    }

    /** With a java that prints what it is given. */
    /** What a java is given that prints it, one word a line. */
    private String printed() throws Exception {
        Path java = Files.createDirectories(root.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertTrue(java.toFile().setExecutable(true));
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        return run(0, "JAVA_HOME", root.resolve("jdk").toString());
    }

    /** The tree is above the directory itself, not above the link: that one is elsewhere. */
    @Test
    void aLinkToItsDirectoryLeadsToTheSameTree() throws Exception {
        Path other = Files.createDirectories(root.resolve("other"));
        Files.createSymbolicLink(other.resolve("bin"), root.resolve("bin"));
        called = other.resolve("bin/relaxon");
        String said = printed();
        assertTrue(said.contains("-Drelaxon.root=" + root.toRealPath() + "\n"), said);
    }

    @Test
    void theProgramIsToldHowItWasCalled() throws Exception {
        String said = printed();
        assertTrue(said.contains("-Drelaxon.launcher=" + root.resolve("bin/relaxon") + "\n"), said);
        assertFalse(said.contains("-Drelaxon.parts="), said);
    }

    /** Options that it knows lead on to the program, which this tree has not. */
    @Test
    void optionsThatAreFineAreHandedOver() throws Exception {
        String said = run(1, "JAVA_OPTS", "-Xmx64m");

        assertTrue(said.contains("relaxon-tools-0.jar"), said);
    }

    /** Runs the launcher of a tree that was never built, with a Maven that a script stands for. */
    private String firstUse(int code, String maven) throws Exception {
        Files.delete(root.resolve("tools/target/relaxon-tools-0.jar"));
        Path bin = Files.createDirectories(root.resolve("path"));
        Files.writeString(bin.resolve("mvn"), "#!/bin/sh\n" + maven);
        assertTrue(bin.resolve("mvn").toFile().setExecutable(true));
        return run(code, "PATH", bin + ":" + System.getenv("PATH"));
    }

    @Test
    void aFirstBuildSaysWhatItDoesAndNamesEveryModule() throws Exception {
        String said =
                firstUse(
                        1,
                        "echo '[INFO] Building Relaxon Model 0.1.0-SNAPSHOT           [3/6]'\n"
                                + "echo '[WARNING] Building takes long'\n"
                                + "echo '[INFO] Building Relaxon Tools 0.1.0-SNAPSHOT [6/6]'\n"
                                + ": > tools/target/relaxon-tools-0.jar\n");

        String[] lines = said.split("\n");
        assertTrue(lines[0].startsWith("relaxon: building, once: about two minutes"), said);
        assertEquals("relaxon:     3/6  Relaxon Model 0.1.0-SNAPSHOT", lines[1], said);
        assertEquals("relaxon:     6/6  Relaxon Tools 0.1.0-SNAPSHOT", lines[2], said);
        assertTrue(
                Files.readString(root.resolve("target/relaxon-build.log"))
                        .contains("[WARNING] Building takes long"),
                said);
        assertTrue(lines[3].startsWith("relaxon: preparing a fast start"), said);
        String again = run(1, "JAVA_OPTS", "-Xmx64m");
        assertEquals(-1, again.indexOf("relaxon: "), again);
    }

    @Test
    void aBuildThatFailsShowsItsLog() throws Exception {
        String said = firstUse(4, "echo '[ERROR] no such package'\nexit 1\n");

        assertTrue(said.contains("[ERROR] no such package"), said);
        assertTrue(said.contains("relaxon: the build failed; the whole log is "), said);
        assertTrue(Files.notExists(root.resolve("tools/target/relaxon-tools-0.jar")));
    }

    /** The root of a release archive, with a java that prints what it is given. */
    private Path archive() throws IOException {
        Files.createDirectories(root.resolve("app/lib"));
        Files.writeString(root.resolve("app/relaxon-tools-1.jar"), "");
        Path java = Files.createDirectories(root.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf 'own %s\\n' \"$@\"\n");
        Files.writeString(root.resolve("java/release"), "JAVA_VERSION=\"17.0.1\"\n");
        assertTrue(java.toFile().setExecutable(true));
        return java;
    }

    /** Not that of JAVA_HOME; and nothing is built, although there are no sources. */
    @Test
    void anArchiveRunsWithTheJavaThatItHolds() throws Exception {
        archive();
        String said = run(0, "JAVA_OPTS", "", "check", "--seeds", "1");
        assertTrue(said.contains("own " + root.resolve("app/relaxon-tools-1.jar") + "\n"), said);
        assertTrue(said.endsWith("own check\nown --seeds\nown 1\n"), said);
        assertFalse(said.contains("building"), said);
    }

    @Test
    void anIncompleteArchiveIsNamed() throws Exception {
        Files.delete(archive());
        assertTrue(run(4, "JAVA_OPTS", "").contains("this archive is incomplete: there is no "));
        archive();
        Files.delete(root.resolve("app/relaxon-tools-1.jar"));
        assertTrue(run(4, "JAVA_OPTS", "").contains("this archive is incomplete: no jar in "));
    }
}
