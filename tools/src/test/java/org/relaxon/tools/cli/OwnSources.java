package org.relaxon.tools.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.relaxon.experiments.data.DataSet;
import org.relaxon.model.activation.Activation;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.connectivity.Connectivity;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.loss.Loss;
import org.relaxon.runtime.delay.DelayFactory;
import org.relaxon.runtime.discipline.ClockFactory;

/** The examples of own parts, compiled and on the class path of this thread until closed. */
public final class OwnSources implements AutoCloseable {
    private static final Path SOURCES = Path.of("src/test/resources/own");
    private static final int LINES_MAX = 60;

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private URLClassLoader own;

    /** Compiles the sources as changed and puts what they make on the class path of this thread. */
    public void install(Path directory, UnaryOperator<String> change) throws IOException {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("-d", directory.toString()));
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.sorted().toList()) {
                String source = Files.readString(file);
                assertTrue(source.lines().count() <= LINES_MAX, "an own part stays small");
                Path changed = directory.resolve(file.getFileName());
                command.add(Files.writeString(changed, change.apply(source)).toString());
            }
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int failed =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, said, said, command.toArray(String[]::new));
        assertEquals(0, failed, said.toString(StandardCharsets.UTF_8));
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(Loss.class.getName()), "own.LogCosh\nown.Huber\n");
        Files.writeString(
                services.resolve(Activation.class.getName()), "own.Rational\nown.ScaledTanh\n");
        Files.writeString(
                services.resolve(EnergyTerm.class.getName()),
                "own.LogCoshCoding\nown.QuarticLeak\n");
        Files.writeString(
                services.resolve(AlgorithmSource.class.getName()),
                "own.Threefold\nown.InTurn\nown.CubicLeak\nown.Damped\n");
        Files.writeString(services.resolve(DelayFactory.class.getName()), "own.Packets\n");
        Files.writeString(services.resolve(ClockFactory.class.getName()), "own.Bursts\n");
        Files.writeString(services.resolve(DataSet.class.getName()), "own.Spirals\n");
        Files.writeString(services.resolve(Connectivity.class.getName()), "own.Ring\n");
        load(directory);
    }

    /** Loads the compiled classes anew, so that what they have counted is forgotten. */
    public void load(Path directory) throws IOException {
        close();
        own = new URLClassLoader(new URL[] {directory.toUri().toURL()}, before);
        Thread.currentThread().setContextClassLoader(own);
    }

    @Override
    public void close() throws IOException {
        Thread.currentThread().setContextClassLoader(before);
        if (own != null) {
            own.close();
        }
    }
}
