package org.relaxon.experiments.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerLockTest {
    @TempDir private Path home;

    private Path subject() {
        return home.resolve("a.ckpt");
    }

    private Path file() {
        return home.resolve("a.ckpt.lock");
    }

    @Test
    void theSecondOwnerIsToldOfTheFirst() throws IOException {
        OwnerLock first = OwnerLock.take(subject(), "process 7");
        Exception e =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> OwnerLock.take(subject(), "process 8"));
        assertEquals(
                subject() + " is being written by process 7; wait for it, stop it or name another",
                e.getMessage());
        first.close();
        assertFalse(Files.exists(file()));
        OwnerLock.take(subject(), "process 8").close();
    }

    @Test
    void thisProcessIsNamedByNumberHostAndStart() throws IOException {
        OwnerLock lock = OwnerLock.take(subject());
        String text = Files.readString(file());
        lock.close();
        long pid = ProcessHandle.current().pid();
        assertTrue(text.startsWith("process %d on ".formatted(pid)), text);
        assertTrue(text.contains("running since "), text);
    }

    @Test
    void aLinkAndItsTargetHaveOneOwner() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("link"), subject());
        OwnerLock first = OwnerLock.take(link, "process 7");
        assertThrows(IllegalArgumentException.class, () -> OwnerLock.take(subject(), "process 8"));
        first.close();
    }

    /** A file that nobody holds is no lock, whatever a killed process left in it. */
    @Test
    void whatWasLeftBehindIsNoLock() throws IOException {
        Files.writeString(file(), "process 1 on another host\n");
        OwnerLock.take(subject(), "process 8").close();
        assertFalse(Files.exists(file()));
    }

    /** Its directory vanished, and somebody else has begun there. */
    @Test
    void theLockOfAnotherIsNotRemoved() throws IOException {
        OwnerLock first = OwnerLock.take(subject(), "process 7");
        Files.delete(file());
        Files.writeString(file(), "process 8\n");
        first.close();
        assertEquals("process 8\n", Files.readString(file()));
    }

    /**
     * Where its directory has become a file, there is nothing to remove and nothing to complain of.
     */
    @Test
    void aLockWhoseDirectoryIsGoneIsGivenBack() throws IOException {
        Path below = Files.createDirectory(home.resolve("below"));
        OwnerLock lock = OwnerLock.take(below.resolve("a"), "process 7");
        Files.move(below, home.resolve("away"));
        Files.writeString(below, "in the way");
        lock.close();
        Files.delete(below);
        Files.createDirectory(below);
        OwnerLock.take(below.resolve("a"), "process 8").close();
    }
}
