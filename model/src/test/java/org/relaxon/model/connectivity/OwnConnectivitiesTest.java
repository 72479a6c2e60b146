package org.relaxon.model.connectivity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connectivities that a class loader adds. */
class OwnConnectivitiesTest {
    private static final String SERVICE = "META-INF/services/" + Connectivity.class.getName();

    @TempDir private Path directory;
    private ClassLoader before;

    /** Reaches the neuron's own place; its name is that of its class. */
    public static class Same implements Connectivity {
        @Override
        public String spec() {
            return getClass().getSimpleName();
        }

        @Override
        public void requireFit(int presynaptic, int postsynaptic) {
            // fits all
        }

        @Override
        public Onto onto(int neuron, int presynaptic) {
            return new Onto(neuron, new int[] {neuron}, new int[1]);
        }

        @Override
        public int fanIn(int presynaptic) {
            return 1;
        }
    }

    /** Has the name of one of the library's. */
    public static final class Taken extends Same {
        @Override
        public String spec() {
            return "identity";
        }
    }

    /** Names one class in its service file. */
    private static final class Jar extends ClassLoader {
        private final Path services;

        Jar(Path services, Class<?> own) {
            super(OwnConnectivitiesTest.class.getClassLoader());
            this.services = services;
            try {
                Files.writeString(services, own.getName());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            if (!name.equals(SERVICE)) {
                return super.getResources(name);
            }
            return Collections.enumeration(List.of(services.toUri().toURL()));
        }
    }

    private Jar jar(Class<?> own) {
        return new Jar(directory.resolve(own.getSimpleName()), own);
    }

    @BeforeEach
    void keep() {
        before = Thread.currentThread().getContextClassLoader();
    }

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    /** One without a service has none, as the twin. */
    @Test
    void everyClassLoaderHasItsOwn() {
        Thread.currentThread().setContextClassLoader(jar(Same.class));
        assertEquals("Same", Connectivity.parse("Same").spec());
        Thread.currentThread().setContextClassLoader(before);
        String none =
                assertThrows(IllegalArgumentException.class, () -> Connectivity.parse("Same"))
                        .getMessage();
        assertTrue(none.contains("\"Same\" is not one of all-to-all"), none);
    }

    @Test
    void aTakenNameIsRefusedForEveryText() {
        Thread.currentThread().setContextClassLoader(jar(Taken.class));
        for (String text : List.of("all-to-all", "identity", "all-to-all")) {
            String taken =
                    assertThrows(IllegalArgumentException.class, () -> Connectivity.parse(text))
                            .getMessage();
            assertTrue(taken.contains("the name identity of " + Taken.class.getName()), taken);
        }
    }
}
