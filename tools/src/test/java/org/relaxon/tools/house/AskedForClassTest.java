package org.relaxon.tools.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;
import org.relaxon.model.algorithm.Algorithm;
import org.relaxon.model.algorithm.AlgorithmSource;
import org.relaxon.model.energy.EnergyTerm;
import org.relaxon.model.rule.Dynamics;
import org.relaxon.model.rule.Hopfield;
import org.relaxon.model.rule.Rule;
import org.relaxon.model.rule.StatedEnergy;
import org.relaxon.model.settle.Conclusive;

/** Who judges a rule reads what it states, and never asks for its class. */
class AskedForClassTest {
    private static final Class<?>[] STATING = {
        Rule.class,
        Dynamics.class,
        StatedEnergy.class,
        StatedEnergy.Value.class,
        EnergyTerm.class,
        Algorithm.class,
        AlgorithmSource.class
    };

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.relaxon");

    @Test
    void noCodeElsewhereAsksForTheClassOfARuleEnergyOrAlgorithm() {
        notAsked(STATING).check(CLASSES);
    }

    /** The same condition finds those of verdicts, and one on a rule in a class of its own. */
    @Test
    void theConditionSees() {
        assertThrows(AssertionError.class, () -> notAsked(Conclusive.class).check(CLASSES));
        JavaClasses asker = new ClassFileImporter().importClasses(Asker.class);
        assertThrows(AssertionError.class, () -> notAsked(STATING).check(asker));
        assertTrue(Asker.asks(new Hopfield("ep")));
    }

    /** What is not allowed. */
    private static final class Asker {
        static boolean asks(Rule rule) {
            return rule instanceof Hopfield;
        }
    }

    private static ArchRule notAsked(Class<?>... types) {
        return classes().should(new NotAsk(types));
    }

    /** Of a type's own package everything is allowed. */
    private static final class NotAsk extends ArchCondition<JavaClass> {
        private final Class<?>[] types;

        NotAsk(Class<?>... types) {
            super("not ask for the class of what is stated elsewhere");
            this.types = types;
        }

        @Override
        public void check(JavaClass in, ConditionEvents events) {
            for (InstanceofCheck check : in.getInstanceofChecks()) {
                for (Class<?> type : types) {
                    boolean own = in.getPackageName().equals(type.getPackageName());
                    if (check.getRawType().isAssignableTo(type) && !own) {
                        String line = check.getSourceCodeLocation() + " asks for " + type;
                        events.add(SimpleConditionEvent.violated(in, line));
                    }
                }
            }
        }
    }
}
