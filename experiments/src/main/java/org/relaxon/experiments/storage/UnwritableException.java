package org.relaxon.experiments.storage;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Output that could not be written. The message names the file and the reason. */
public final class UnwritableException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Names the file and the reason.
     *
     * @param file that was to be written
     * @param cause why it could not be written
     */
    public UnwritableException(Path file, IOException cause) {
        super(file + ": " + reason(file, cause), cause);
    }

    private static String reason(Path file, IOException cause) {
        if (cause instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        String kind = cause.getClass().getSimpleName().replace("Exception", "");
        return switch (kind) {
            case "NoSuchFile" ->
                    Files.isDirectory(file) || Files.isDirectory(file.toAbsolutePath().getParent())
                            ? "no file can be created there"
                            : "its directory is not there";
            case "AccessDenied" -> "permission denied";
            case "FileAlreadyExists" -> "it exists";
            default -> cause.getMessage() == null ? kind : cause.getMessage();
        };
    }
}
