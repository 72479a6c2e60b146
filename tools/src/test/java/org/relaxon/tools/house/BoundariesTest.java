package org.relaxon.tools.house;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.BaseStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relaxon.experiments.training.Trainer;
import org.relaxon.model.cell.Cell;
import org.relaxon.model.cell.Cells;
import org.relaxon.runtime.Session;

/** Which package may know which: read from the class files of all modules. */
class BoundariesTest {
    private static final String CLI = "org.relaxon.tools.cli";

    /** The packages that may know several cells together. */
    private static final String[] CELL_HOMES = {
        "org.relaxon.model.cell", "org.relaxon.model.audit", "org.relaxon.runtime.shard"
    };

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.relaxon");

    @Test
    void modulesDependOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("model")
                .definedBy("org.relaxon.model..")
                .layer("runtime")
                .definedBy("org.relaxon.runtime..")
                .layer("experiments")
                .definedBy("org.relaxon.experiments..")
                .layer("tools")
                .definedBy("org.relaxon.tools..")
                .whereLayer("tools")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("experiments")
                .mayOnlyBeAccessedByLayers("tools")
                .layer("testkit")
                .definedBy("org.relaxon.testkit..")
                .whereLayer("testkit")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("runtime")
                .mayOnlyBeAccessedByLayers("testkit", "experiments", "tools")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(CLASSES);
    }

    /** A slice for each package, those at the root of a module among them. */
    private static final class Packages implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass one) {
            return SliceIdentifier.of(one.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }

    @Test
    void verbsKnowNeitherEachOtherNorTheRoot() {
        verbsApart("option", "run", "process", "text").check(CLASSES);
        rootUnknownTo(CLI + ".*").check(CLASSES);
    }

    @Test
    void whatVerbsShareAndTheRootAreSeen() {
        assertThrows(AssertionError.class, () -> verbsApart("option").check(CLASSES));
        assertThrows(AssertionError.class, () -> rootUnknownTo(CLI).check(CLASSES));
    }

    private static ArchRule verbsApart(String... shared) {
        String[] all = Stream.of(shared).map(s -> CLI + "." + s).toArray(String[]::new);
        return slices().matching(CLI + ".(*)")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(alwaysTrue(), resideInAnyPackage(all));
    }

    private static ArchRule rootUnknownTo(String those) {
        return noClasses()
                .that()
                .resideInAPackage(those)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CLI);
    }

    /** Whatever the text or the JSON of a result could ask instead of reading the result. */
    enum Asked {
        COMMAND_LINE(resideInAPackage("picocli..")),
        OPTIONS(resideInAPackage(CLI + ".option..")),
        COMMANDS(describe("a command", c -> c.getSimpleName().endsWith("Command"))),
        SESSION(type(Session.class)),
        TRAINER(type(Trainer.class));

        private final DescribedPredicate<? super JavaClass> which;

        Asked(DescribedPredicate<? super JavaClass> which) {
            this.which = which;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatRendersAResultAsksNobody(Asked asked) {
        apart(".*(Text|Json|Report|Table|Pictures)", asked).check(CLASSES);
    }

    /** The twin: that other classes of these verbs do ask is seen. */
    @ParameterizedTest
    @EnumSource
    void whoeverAsksIsSeen(Asked asked) {
        assertThrows(AssertionError.class, () -> apart(".*", asked).check(CLASSES));
    }

    /** A rule about no class at all fails, so that each of these is the name of some. */
    @ParameterizedTest
    @ValueSource(strings = {".*Text", ".*Json", ".*Table", ".*Pictures"})
    void thereAreRenderersOfEachName(String name) {
        apart(name, Asked.SESSION).check(CLASSES);
    }

    private static ArchRule apart(String names, Asked asked) {
        String[] verbs =
                Stream.of("settle", "train", "paper", "sweep")
                        .map(verb -> CLI + "." + verb)
                        .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAnyPackage(verbs)
                .and()
                .haveNameMatching(names + "(\\$.*)?")
                .should()
                .dependOnClassesThat(asked.which);
    }

    @Test
    void onlyTheActorPackageKnowsAkka() {
        akkaOutsideOf("org.relaxon.runtime.actor..").check(CLASSES);
    }

    @Test
    void aRuleThatForbadeAkkaEverywhereWouldFail() {
        assertThrows(
                AssertionError.class,
                () -> akkaOutsideOf("org.relaxon.runtime.nowhere..").check(CLASSES),
                "the rule must be able to see that the actor package uses akka");
    }

    private static ArchRule akkaOutsideOf(String home) {
        return noClasses()
                .that()
                .resideInAPackage("org.relaxon..")
                .and()
                .resideOutsideOfPackages(home, "org.relaxon.runtime.cluster..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("akka..");
    }

    @Test
    void theModelKnowsNoHostThreadClockFileOrChance() {
        String[] core = {
            "org.relaxon.model..",
            "java.lang..",
            "java.util",
            "java.util.function",
            "java.util.stream"
        };
        String vectors =
                "org\\.relaxon\\.model\\.math\\.Vector(Float|Narrow|Tanh)?Loops"; // where they can
        // be
        classes()
                .that()
                .resideInAPackage("org.relaxon.model..")
                .and()
                .haveNameNotMatching(vectors)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(core)
                .check(CLASSES);
        classes()
                .that()
                .haveNameMatching(vectors)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.relaxon.model.math", "java..", "jdk.incubator.vector")
                .check(CLASSES);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("org.relaxon.model.math.VectorModule")
                .and()
                .haveNameNotMatching(vectors)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(vectors)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("org.relaxon.model..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Math.class, "random")
                .check(CLASSES);
    }

    /** Only a shard has cells by the dozen; hosts have slots, each around one cell. */
    @Test
    void onlyShardsAndAuditsHoldCells() {
        noCollectionsOfCellsOutsideOf(Cells.class.getName()).check(CLASSES);
        cellsUnknownOutsideOf(CELL_HOMES).check(CLASSES);
    }

    @Test
    void whatHoldsCellsIsSeen() {
        assertThrows(
                AssertionError.class,
                () -> noCollectionsOfCellsOutsideOf("nothing").check(CLASSES));
        for (String home : CELL_HOMES) {
            String[] others =
                    Stream.of(CELL_HOMES).filter(h -> !h.equals(home)).toArray(String[]::new);
            assertThrows(
                    AssertionError.class,
                    () -> cellsUnknownOutsideOf(others).check(CLASSES),
                    home + " need not be an exception");
        }
    }

    private static ArchRule noCollectionsOfCellsOutsideOf(String home) {
        return classes()
                .that()
                .doNotHaveFullyQualifiedName(home)
                .should(
                        new ArchCondition<>("have no collection of cells in a signature or field") {
                            @Override
                            public void check(JavaClass one, ConditionEvents events) {
                                one.getMembers().stream()
                                        .filter(BoundariesTest::namesCollectionOfCells)
                                        .map(JavaMember::getFullName)
                                        .map(name -> SimpleConditionEvent.violated(one, name))
                                        .forEach(events::add);
                            }
                        });
    }

    private static boolean namesCollectionOfCells(JavaMember member) {
        Stream<JavaType> types =
                member instanceof JavaCodeUnit unit
                        ? Stream.concat(
                                unit.getParameterTypes().stream(), Stream.of(unit.getReturnType()))
                        : Stream.of(((JavaField) member).getType());
        return types.anyMatch(BoundariesTest::isCollectionOfCells);
    }

    private static boolean isCollectionOfCells(JavaType type) {
        JavaClass raw = type.toErasure();
        boolean collects =
                raw.isArray()
                        || Stream.of(Iterable.class, Iterator.class, Map.class, BaseStream.class)
                                .anyMatch(raw::isAssignableTo);
        return collects
                && type.getAllInvolvedRawTypes().stream()
                        .anyMatch(t -> t.isEquivalentTo(Cell.class));
    }

    private static ArchRule cellsUnknownOutsideOf(String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Cells.class);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .that()
                .resideInAPackage("org.relaxon..")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .check(CLASSES);
    }

    @Test
    void nothingIsCalledUtil() {
        noClasses()
                .that()
                .resideInAPackage("org.relaxon..")
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .check(CLASSES);
    }
}
