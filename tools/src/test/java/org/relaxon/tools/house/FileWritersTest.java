package org.relaxon.tools.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Files are written in one place, which writes them whole, and the standard output in one place,
 * which knows when it could not be written.
 */
class FileWritersTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.relaxon.experiments", "org.relaxon.tools");

    private static final Set<String> WRITING =
            Set.of(
                    "write",
                    "writeString",
                    "newOutputStream",
                    "newBufferedWriter",
                    "newByteChannel",
                    "copy",
                    "move");

    /** Its journal is appended to, with a checksum for every line. */
    private static final String JOURNAL = "org.relaxon.experiments.sweep.Journal";

    /** For callers of the library; the program writes to streams with it. */
    private static final String NPZ = "org.relaxon.experiments.format.NpzWriter";

    private static final DescribedPredicate<JavaAccess<?>> WRITES =
            DescribedPredicate.describe(
                    "write a file",
                    access -> {
                        String owner = access.getTargetOwner().getFullName();
                        return owner.equals("java.nio.file.Files")
                                        && WRITING.contains(access.getTarget().getName())
                                || Set.of(
                                                "java.io.FileWriter",
                                                "java.io.RandomAccessFile",
                                                "java.io.FileOutputStream")
                                        .contains(owner);
                    });

    private static ArchRule writingOutsideOf(String home) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(home)
                .and()
                .doNotHaveFullyQualifiedName(JOURNAL)
                .and()
                .doNotHaveFullyQualifiedName(NPZ)
                .and()
                .doNotHaveFullyQualifiedName("org.relaxon.tools.cli.StandardOutput")
                .should()
                .accessTargetWhere(WRITES);
    }

    @Test
    void filesAreWrittenWhole() {
        writingOutsideOf("org.relaxon.experiments.storage").check(CLASSES);
    }

    @Test
    void aRuleThatForbadeEveryWriterWouldFail() {
        assertThrows(
                AssertionError.class, () -> writingOutsideOf("org.relaxon.nowhere").check(CLASSES));
    }

    @Test
    void nobodyPrintsPastTheCommand() {
        noClasses().should().accessField(System.class, "out").check(CLASSES);
    }
}
