package org.relaxon.tools.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relaxon.model.Internal;
import org.relaxon.model.cell.Cell;

/** Every package is part of the interface of the library or marked as machinery. */
class RoomsTest {
    private static final String ROOT = "org.relaxon.";

    /** Public types outside packages that are marked: as many as a user can know. */
    private static final int TYPES_MAX = 163;

    private static final Set<String> INTERFACE =
            Stream.of(
                            "model",
                            "model.activation",
                            "model.algorithm",
                            "model.connectivity",
                            "model.energy",
                            "model.loss",
                            "model.math",
                            "model.network",
                            "model.part",
                            "model.phase",
                            "model.plasticity",
                            "model.rule",
                            "model.settle",
                            "model.state",
                            "model.weights",
                            "runtime",
                            "runtime.delay",
                            "runtime.discipline",
                            "runtime.fault",
                            "runtime.host",
                            "runtime.observe",
                            "runtime.part",
                            "experiments",
                            "experiments.certificate",
                            "experiments.compare",
                            "experiments.data",
                            "experiments.problem",
                            "experiments.provenance",
                            "experiments.theory",
                            "experiments.training",
                            "testkit",
                            "tools.cli")
                    .map(name -> ROOT + name)
                    .collect(Collectors.toUnmodifiableSet());

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.relaxon");

    @Test
    void everyPackageIsPartOfTheInterfaceOrMarked() {
        Set<String> unmarked = new TreeSet<>();
        for (JavaClass one : CLASSES) {
            if (!isMarked(one)) {
                unmarked.add(one.getPackageName());
            }
        }
        assertEquals(new TreeSet<>(INTERFACE), unmarked, "mark other packages as @Internal");
        assertTrue(isMarked(CLASSES.get(Cell.class)), "or no mark is seen");
    }

    @Test
    void aUserMeetsFewTypes() {
        long all = CLASSES.stream().filter(RoomsTest::isPublicType).count();
        long met =
                CLASSES.stream()
                        .filter(c -> isPublicType(c) && !isMarked(c) && !isOfTests(c))
                        .count();
        assertTrue(met <= TYPES_MAX, met + " public types outside marked packages");
        assertTrue(all > TYPES_MAX, all + " with them: the marks count for nothing");
    }

    @Test
    void noSignatureOfTheInterfaceNamesMachinery() {
        signaturesOf(CLASSES);
    }

    @Test
    void aSignatureThatNamesMachineryIsSeen() throws ClassNotFoundException {
        Class<?> mark = Class.forName(Cell.class.getPackageName() + ".package-info");
        for (Class<?> leak :
                new Class<?>[] {Leaks.Generic.class, Leaks.Field.class, Leaks.Super.class}) {
            JavaClasses one = new ClassFileImporter().importClasses(leak, Cell.class, mark);
            assertThrows(AssertionError.class, () -> signaturesOf(one), leak.getSimpleName());
        }
        signaturesOf(new ClassFileImporter().importClasses(Leaks.Hidden.class, Cell.class, mark));
    }

    @Test
    void whatALibraryUserNeedsKnowsNoExperimentAndNoFile() {
        ArchRule rule =
                knowsNoExperiment("certificate", "claims", "compare", "reference", "theory");
        rule.check(CLASSES);
        knowsNoExperiment("training").check(CLASSES);
        assertThrows(AssertionError.class, () -> knowsNoExperiment("problem").check(CLASSES));
        assertThrows(AssertionError.class, () -> knowsNoExperiment("paper").check(CLASSES));
    }

    private static ArchRule knowsNoExperiment(String... rooms) {
        return noClasses()
                .that()
                .resideInAnyPackage(experiments(rooms))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        experiments(
                                "check", "sweep", "paper", "reproduction", "storage", "format"));
    }

    private static String[] experiments(String... rooms) {
        return Stream.of(rooms).map(name -> ROOT + "experiments." + name).toArray(String[]::new);
    }

    private static boolean isMarked(JavaClass one) {
        return one.getPackage().isAnnotatedWith(Internal.class);
    }

    /** What a user needs for tests alone. */
    private static boolean isOfTests(JavaClass one) {
        return one.getPackageName().startsWith(ROOT + "testkit");
    }

    private static boolean isPublicType(JavaClass one) {
        return one.isTopLevelClass()
                && one.getModifiers().contains(JavaModifier.PUBLIC)
                && !one.getSimpleName().equals("package-info");
    }

    private static void signaturesOf(JavaClasses classes) {
        DescribedPredicate<JavaClass> unmarked =
                DescribedPredicate.describe("outside marked packages", c -> !isMarked(c));
        classes().should(new NameNoMachinery()).check(classes.that(unmarked));
    }

    /** Members, parameters, exceptions and supertypes that a user can see, with type arguments. */
    private static final class NameNoMachinery extends ArchCondition<JavaClass> {
        NameNoMachinery() {
            super("name no type of a marked package in their signatures");
        }

        @Override
        public void check(JavaClass one, ConditionEvents events) {
            if (!isSeen(one)) {
                return;
            }
            one.getSuperclass().ifPresent(s -> check(one, "extends", s, events));
            one.getInterfaces().forEach(i -> check(one, "implements", i, events));
            one.getTypeParameters().forEach(t -> check(one, "is of", t, events));
            for (JavaMember member : one.getMembers()) {
                if (isSeen(member)) {
                    types(member).forEach(t -> check(one, member.getFullName(), t, events));
                }
            }
        }

        private static boolean isSeen(JavaClass one) {
            boolean open = isSeen(one.getModifiers());
            return open && one.getEnclosingClass().map(NameNoMachinery::isSeen).orElse(true);
        }

        private static boolean isSeen(JavaMember member) {
            return isSeen(member.getModifiers())
                    && !member.getModifiers().contains(JavaModifier.SYNTHETIC);
        }

        private static boolean isSeen(Set<JavaModifier> modifiers) {
            return modifiers.contains(JavaModifier.PUBLIC)
                    || modifiers.contains(JavaModifier.PROTECTED);
        }

        private static List<JavaType> types(JavaMember member) {
            if (member instanceof JavaField field) {
                return List.of(field.getType());
            }
            JavaCodeUnit unit = (JavaCodeUnit) member;
            List<JavaType> out = new ArrayList<>(unit.getParameterTypes());
            out.add(unit.getReturnType());
            out.addAll(unit.getExceptionTypes());
            out.addAll(unit.getTypeParameters());
            return out;
        }

        private static void check(JavaClass one, String where, JavaType type, ConditionEvents e) {
            for (JavaClass raw : type.getAllInvolvedRawTypes()) {
                JavaClass element = raw.getBaseComponentType();
                if (isMarked(element)) {
                    String line = where + " of " + one.getName() + " names " + element.getName();
                    e.add(SimpleConditionEvent.violated(one, line));
                }
            }
        }
    }
}
